import { Fn, TerraformIterator, Token } from "cdktf";

import { isToken } from "../../model/leaves";
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
 * health checks. EC2 refuses a rule that exists already, so what two entries have in common is written once.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export function letIn(group: SecurityGroup, targets: readonly LoadBalancedTarget[]): void {
  const written = new Set<string>();
  const write = (source: string, id: string, { port, protocol }: Opened) => {
    const ruleId = `load-balancer-${id}-${port}-${protocol}`;
    if (written.has(ruleId)) return;
    written.add(ruleId);
    const number = Number(port);
    group.addIngress(ruleId, {
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
  letLookedUpIn(group, targets);
}

/** A rule for each `SECURITY-GROUP:PORT:PROTOCOL`, which Terraform knows when it makes the plan. */
function letLookedUpIn(group: SecurityGroup, targets: readonly LoadBalancedTarget[]): void {
  const lists = targets.flatMap((target) => {
    const { senders } = target;
    if (senders.kind !== "looked up") return [];
    return openedFor(target).map(({ port, protocol }): unknown =>
      Fn.formatlist(`%s:%s:${protocol}`, [senders.ids, port]),
    );
  });
  if (lists.length === 0) return;
  const rules = TerraformIterator.fromList(Token.asList(Fn.concat(lists as never)));
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
