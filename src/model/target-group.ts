import type { z } from "zod";

import { alternatives, quote } from "../errors";
import { isToken, object, oneOf, pattern, reference, wholeNumber, wholeNumberOr } from "./leaves";
import { problem } from "./problems";

/** Status codes of HTTP or gRPC: one, several, or ranges. */
const matcher = reference(
  pattern(/^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$/, 'use status codes: "200", "200,302" or "200-299"'),
);

/** How the load balancer checks whether a task is healthy. ECS replaces a task that is not. */
const healthCheck = object({
  /** Protocol of the checks. A Network Load Balancer can also check `"TCP"`. @default - `"HTTP"`; `"TCP"` with a Network Load Balancer */
  protocol: oneOf("HTTP", "HTTPS", "TCP").optional(),
  /** Port that is checked: 1 to 65535, or `"traffic-port"`, which is the container's. @default "traffic-port" */
  port: wholeNumberOr("traffic-port", 1, 65_535).optional(),
  /**
   * Path that is requested, 1 to 1024 characters beginning with `/`. Of gRPC, the method: `/package.service/method`. Not
   * with `"TCP"`.
   * @default - `"/"`; `"/AWS.ALB/healthcheck"` of gRPC
   */
  path: reference(
    pattern(/^\/(?:(?![$%]\{)[\x21-\x7e]){0,1023}$/, 'use a path of at most 1024 characters that begins with "/"'),
  ).optional(),
  /**
   * Status codes that mean healthy: `"200"`, `"200,302"`, `"200-299"`. Between 200 and 499; 200 to 599 with a Network Load
   * Balancer; 0 to 99 of gRPC. Not with `"TCP"`.
   * @default - `"200"`; `"200-399"` with a Network Load Balancer; `"12"` of gRPC
   */
  matcher: matcher.optional(),
  /** Seconds between checks: 5 to 300. @default 30 */
  interval: wholeNumber(5, 300).default(30),
  /**
   * Seconds after which a check has failed: 2 to 120, less than `interval`.
   * @default - 5; with a Network Load Balancer 6 for HTTP, and 10 for HTTPS and TCP
   */
  timeout: wholeNumber(2, 120).optional(),
  /** Checks in a row that must succeed until a task is healthy: 2 to 10. @default 5 */
  healthyThreshold: wholeNumber(2, 10).default(5),
  /** Checks in a row that must fail until a task is unhealthy: 2 to 10. @default 2 */
  unhealthyThreshold: wholeNumber(2, 10).default(2),
});

/**
 * Whether requests of one client go to one task.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
const stickiness = object({
  /**
   * What identifies a client: a cookie of the load balancer, a cookie of the application, or, with a Network Load
   * Balancer, its address.
   */
  type: oneOf("lb_cookie", "app_cookie", "source_ip"),
  /** Seconds that a cookie lasts: 1 to 604800, which is a week. @default - 86400, a day */
  cookieDuration: wholeNumber(1, 604_800).optional(),
  /** Name of the cookie that the application sets, for `"app_cookie"`; not beginning with `AWSALB`. @default - none */
  cookieName: reference(
    pattern(/^(?!AWSALB)[A-Za-z0-9!#&'*+.^_`|~-]{1,256}$/, 'use the name of a cookie, not beginning with "AWSALB"'),
  ).optional(),
});

/**
 * How a load balancer sends requests to the tasks. Tasks are registered by their IP address, with the port of the
 * container; to change that port is no change of the target group. Another `protocol` or `protocolVersion` replaces the
 * target group: see docs/guides/load-balancing.md.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
export const targetGroup = object({
  /**
   * Protocol between load balancer and tasks. `"HTTP"` or `"HTTPS"` with an Application Load Balancer. With a Network Load
   * Balancer it is that of the listener, except that the tasks behind a listener with `"TLS"` may get `"TCP"` or `"TLS"`.
   * @default - `"HTTP"`; with a Network Load Balancer that of the listener, or `"TCP"` instead of `"TLS"`
   */
  protocol: oneOf("HTTP", "HTTPS", "TCP", "UDP", "TCP_UDP", "TLS").optional(),
  /**
   * Version of HTTP between an Application Load Balancer and tasks. `"HTTP2"` and `"GRPC"` need a listener with HTTPS.
   * @default - `"HTTP1"`
   */
  protocolVersion: oneOf("HTTP1", "HTTP2", "GRPC").optional(),
  /** How the load balancer checks whether a task is healthy. @default - as its properties say */
  healthCheck: healthCheck.prefault({}),
  /**
   * Seconds that a task gets to finish its requests when it is taken out, before it is stopped: 0 to 3600. A deployment
   * takes at least that long.
   * @default 300
   */
  deregistrationDelay: wholeNumber(0, 3600).default(300),
  /**
   * Seconds in which a new task gets more and more requests: 30 to 900. Only with an Application Load Balancer, and with the
   * algorithm `"round_robin"`.
   * @default - a new task gets its full share at once
   */
  slowStart: wholeNumber(30, 900).optional(),
  /** Whether requests of one client go to one task. @default - they go to any */
  stickiness: stickiness.optional(),
  /**
   * Which task gets the next request. Only with an Application Load Balancer.
   * @default - `"round_robin"`
   */
  loadBalancingAlgorithm: oneOf("round_robin", "least_outstanding_requests", "weighted_random").optional(),
}).superRefine((group, context) => {
  checkHealthCheck(group, context);
  checkStickiness(group, context);
  const { slowStart, loadBalancingAlgorithm = "round_robin" } = group;
  if (slowStart !== undefined && loadBalancingAlgorithm !== "round_robin") {
    problem(context, [], `slowStart needs loadBalancingAlgorithm "round_robin", not ${quote(loadBalancingAlgorithm)}`);
  }
});
export interface TargetGroupProps extends z.input<typeof targetGroup> {}
export type ParsedTargetGroup = z.output<typeof targetGroup>;

function checkHealthCheck({ healthCheck, protocolVersion }: ParsedTargetGroup, context: z.core.$RefinementCtx): void {
  const { protocol, path, matcher, interval, timeout } = healthCheck;
  if (timeout !== undefined && timeout >= interval) {
    const fault = `timeout ${String(timeout)} must be less than interval ${String(interval)}`;
    problem(context, ["healthCheck"], `${fault}; lower timeout or raise interval`);
  }
  if (protocol === "TCP" && (path !== undefined || matcher !== undefined)) {
    problem(context, ["healthCheck"], 'path and matcher need protocol "HTTP" or "HTTPS"; remove them');
  }
  if (protocolVersion === "GRPC" && path !== undefined && !isToken(path) && !/^\/[^/]+\/[^/]+$/.test(path)) {
    problem(context, ["healthCheck"], `path ${quote(path)} is not a gRPC method; write /package.service/method`);
  }
}

function checkStickiness({ stickiness }: ParsedTargetGroup, context: z.core.$RefinementCtx): void {
  if (stickiness === undefined) return;
  const { type, cookieDuration, cookieName } = stickiness;
  if ((type === "app_cookie") !== (cookieName !== undefined)) {
    const fault = cookieName === undefined ? '"app_cookie" needs cookieName' : 'cookieName is for type "app_cookie"';
    problem(context, ["stickiness"], `${fault}; ${cookieName === undefined ? "name the cookie" : "remove it"}`);
  }
  if (type === "source_ip" && cookieDuration !== undefined) {
    problem(context, ["stickiness"], 'cookieDuration is not for type "source_ip"; remove it');
  }
}

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
