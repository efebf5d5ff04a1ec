import { DefaultTokenResolver, Fn, StringConcat, TerraformIterator, Token, Tokenization } from "cdktf";

import { isToken } from "../../model/leaves";
import { portsOf, type ParsedIngressRule } from "../../model/network";
import type { SecurityGroup } from "../network/security-group";
import type { LoadBalancedTarget } from "./targets";

/** A port that a load balancer sends to, and its transport protocol. */
interface Opened {
  /** It may be known to Terraform alone. */
  readonly port: string;
  readonly protocol: "tcp" | "udp";
}

/**
 * Lets the load balancers reach the tasks: from each of their security groups, on the port of the container and of the
 * health checks. EC2 refuses a rule that exists already, so what two entries have in common is written once, and what the
 * service's own `ingress` says already is not written here.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export function letIn(
  group: SecurityGroup,
  targets: readonly LoadBalancedTarget[],
  ingress: readonly ParsedIngressRule[],
): void {
  const keyOf = (source: string, { port, protocol }: Opened) => `${identityOf(group, source)}:${port}:${protocol}`;
  const written = new Set(
    ingress.map((rule) => keyOf(rule.securityGroup ?? "", { port: portsOf(rule), protocol: rule.protocol })),
  );
  const write = (source: string, id: string, opened: Opened) => {
    const key = keyOf(source, opened);
    if (written.has(key)) return;
    written.add(key);
    const { port, protocol } = opened;
    const number = Number(port);
    group.addIngress(`load-balancer-${id}-${port}-${protocol}`, {
      ipProtocol: protocol,
      fromPort: number,
      toPort: number,
      referencedSecurityGroupId: source,
    });
  };
  for (const target of targets) {
    const { name, senders } = target;
    if (senders.kind === "looked up") continue;
    for (const opened of openedFor(target)) {
      if (senders.kind === "own") write(senders.id, senders.owner, opened);
      else senders.ids.forEach((id, index) => write(id, isToken(id) ? `${name}-${String(index)}` : id, opened));
    }
  }
  letLookedUpIn(group, targets, written);
}

/** A group by its id, or by what a reference is to: each time it is asked for, the reference is another token. */
function identityOf(scope: SecurityGroup, source: string): string {
  if (!isToken(source)) return source;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(source, { scope, resolver, preparing: false }));
}

/** A rule for each `SECURITY-GROUP:PORT:PROTOCOL`, which Terraform knows when it makes the plan. */
function letLookedUpIn(
  group: SecurityGroup,
  targets: readonly LoadBalancedTarget[],
  written: ReadonlySet<string>,
): void {
  const lookedUp = targets.flatMap((target) => {
    const { senders } = target;
    return senders.kind === "looked up" ? openedFor(target).map((opened) => ({ ...opened, ids: senders.ids })) : [];
  });
  if (lookedUp.length === 0) return;
  const lists = lookedUp.map(({ ids, port, protocol }): unknown => Fn.formatlist(`%s:%s:${protocol}`, [ids, port]));
  // Of a group that is a reference, Terraform may not know the id when it makes the plan.
  const mayBeRepeated = [...written].filter((key) =>
    lookedUp.some(
      ({ port, protocol }) => key.startsWith("sg-") && (isToken(port) || key.endsWith(`:${port}:${protocol}`)),
    ),
  );
  const all: unknown = Fn.concat(lists as never);
  const missing: unknown = mayBeRepeated.length === 0 ? all : Fn.setsubtract(all as never, mayBeRepeated as never);
  const rules = TerraformIterator.fromList(Token.asList(missing));
  const part = (index: number): unknown => Fn.element(Fn.split(":", rules.value as string), index);
  group.addIngress("load-balancers", {
    forEach: rules,
    ipProtocol: Token.asString(part(2)),
    fromPort: Token.asNumber(part(1)),
    toPort: Token.asNumber(part(1)),
    referencedSecurityGroupId: Token.asString(part(0)),
  });
}

/** The port of the container, and that of the health checks, which are TCP even if the requests are UDP. */
function openedFor({ port, targetGroup, healthCheckPort }: LoadBalancedTarget): Opened[] {
  const containerPort = String(port.containerPort);
  const checked = isToken(healthCheckPort)
    ? Fn.replace(healthCheckPort, "traffic-port", containerPort)
    : healthCheckPort.replace("traffic-port", containerPort);
  const isBoth = targetGroup?.resource.protocolInput === "TCP_UDP";
  const opened: Opened[] = [
    { port: containerPort, protocol: port.protocol },
    ...(isBoth ? [{ port: containerPort, protocol: "udp" } as const] : []),
    { port: checked, protocol: "tcp" },
  ];
  return opened.filter(({ port, protocol }, index) => {
    const first = opened.findIndex((other) => other.port === port && other.protocol === protocol);
    return first === index;
  });
}
