import { alternatives, quote } from "../errors";
import { isToken } from "./leaves";
import type { ParsedTargetGroup } from "./target-group";

/** What a listener of a Network Load Balancer speaks. */
export type NetworkProtocol = "TCP" | "UDP" | "TCP_UDP" | "TLS";

/** What stands before a target group. */
export type Front =
  | { readonly kind: "application"; /** `undefined` if only AWS knows. */ readonly https: boolean | undefined }
  | { readonly kind: "network"; readonly protocol: NetworkProtocol };

/** A target group with all defaults, which depend on what stands before it. */
export interface FullTargetGroup {
  readonly protocol: NonNullable<ParsedTargetGroup["protocol"]>;
  readonly protocolVersion?: ParsedTargetGroup["protocolVersion"];
  readonly healthCheck: {
    readonly protocol: "HTTP" | "HTTPS" | "TCP";
    readonly port: number | "traffic-port";
    readonly path?: string;
    readonly matcher?: string;
    readonly interval: number;
    readonly timeout: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
  readonly deregistrationDelay: number;
  readonly slowStart?: number;
  /** Switched off if it is not given; `undefined` if the protocol has none. */
  readonly stickiness?: ParsedTargetGroup["stickiness"] & { readonly enabled: boolean };
  readonly loadBalancingAlgorithm?: ParsedTargetGroup["loadBalancingAlgorithm"];
}

/**
 * Fills in what is not given. Everything that a load balancer of this kind has is in the result: Terraform would leave
 * alone what is taken out of the configuration of a target group later.
 */
export function fullTargetGroup(given: ParsedTargetGroup, front: Front): FullTargetGroup {
  const { deregistrationDelay, healthCheck, stickiness } = given;
  const { port = "traffic-port", interval, healthyThreshold, unhealthyThreshold } = healthCheck;
  const common = { port, interval, healthyThreshold, unhealthyThreshold };
  if (front.kind === "network") {
    const protocol = given.protocol ?? (front.protocol === "TLS" ? "TCP" : front.protocol);
    const checked = healthCheck.protocol ?? "TCP";
    return {
      protocol,
      healthCheck: {
        ...common,
        protocol: checked,
        timeout: healthCheck.timeout ?? Math.min(checked === "HTTP" ? 6 : 10, interval - 1),
        ...(checked !== "TCP" && { path: healthCheck.path ?? "/", matcher: healthCheck.matcher ?? "200-399" }),
      },
      deregistrationDelay,
      ...(protocol !== "TLS" && {
        stickiness: { type: "source_ip", ...stickiness, enabled: stickiness !== undefined },
      }),
    };
  }
  const isGrpc = given.protocolVersion === "GRPC";
  return {
    protocol: given.protocol ?? "HTTP",
    protocolVersion: given.protocolVersion ?? "HTTP1",
    healthCheck: {
      ...common,
      protocol: healthCheck.protocol ?? "HTTP",
      timeout: healthCheck.timeout ?? Math.min(5, interval - 1),
      path: healthCheck.path ?? (isGrpc ? "/AWS.ALB/healthcheck" : "/"),
      matcher: healthCheck.matcher ?? (isGrpc ? "12" : "200"),
    },
    deregistrationDelay,
    slowStart: given.slowStart,
    stickiness: { type: "lb_cookie", cookieDuration: 86_400, ...stickiness, enabled: stickiness !== undefined },
    loadBalancingAlgorithm: given.loadBalancingAlgorithm ?? "round_robin",
  };
}

/** What a load balancer of this kind does not have, a sentence each, with the property it is about. */
export function* targetGroupFaults(given: ParsedTargetGroup, front: Front): Generator<[path: string[], text: string]> {
  const { protocol, protocolVersion = "HTTP1", healthCheck, stickiness, slowStart, loadBalancingAlgorithm } = given;
  const isNetwork = front.kind === "network";
  const name = isNetwork ? "a Network Load Balancer" : "an Application Load Balancer";
  const protocols = protocolsOf(front);
  if (protocol !== undefined && !protocols.includes(protocol)) {
    const listener = isNetwork ? ` with a listener for ${front.protocol}` : "";
    yield [[], `protocol ${quote(protocol)} is not for ${name}${listener}; choose ${alternatives(protocols)}`];
  }
  const types = isNetwork ? ["source_ip"] : ["lb_cookie", "app_cookie"];
  if (isNetwork && stickiness !== undefined && (protocol === "TLS" || front.protocol === "TLS")) {
    yield [[], "stickiness is not for a Network Load Balancer with TLS; remove it"];
  } else if (stickiness !== undefined && !types.includes(stickiness.type)) {
    yield [["stickiness"], `type ${quote(stickiness.type)} is not for ${name}; choose ${alternatives(types)}`];
  }
  if (!isNetwork && healthCheck.protocol === "TCP") {
    yield [["healthCheck"], 'protocol "TCP" is not for an Application Load Balancer; choose "HTTP" or "HTTPS"'];
  }
  const [lowest, highest] = isNetwork ? [200, 599] : protocolVersion === "GRPC" ? [0, 99] : [200, 499];
  const codes = isToken(healthCheck.matcher) ? [] : (healthCheck.matcher?.split(/[,-]/) ?? []);
  if (codes.some((code) => Number(code) < lowest || Number(code) > highest)) {
    const range = `${String(lowest)} to ${String(highest)}`;
    yield [["healthCheck"], `matcher ${quote(healthCheck.matcher)} is not valid for ${name}; use codes from ${range}`];
  }
  if (isNetwork) {
    const foreign = { protocolVersion: given.protocolVersion, slowStart, loadBalancingAlgorithm };
    const set = Object.entries(foreign).filter(([, value]) => value !== undefined);
    for (const [property] of set) yield [[], `${property} is for an Application Load Balancer; remove it`];
  } else if (protocolVersion !== "HTTP1" && front.https === false) {
    yield [[], `protocolVersion ${quote(protocolVersion)} needs a listener with HTTPS; give a certificateArn`];
  }
}

function protocolsOf(front: Front): string[] {
  if (front.kind === "application") return ["HTTP", "HTTPS"];
  return front.protocol === "TLS" ? ["TCP", "TLS"] : [front.protocol];
}
