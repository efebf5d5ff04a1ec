import { alternatives, quote } from "../errors";
import type { ParsedContainer } from "./container";
import {
  fullTargetGroup,
  targetGroupFaults,
  type Front,
  type FullTargetGroup,
  type NetworkProtocol,
} from "./full-target-group";
import type { ParsedLoadBalancers, ParsedLoadBalancing } from "./load-balancing";
import { targetGroup } from "./target-group";

/** The port of a container that gets requests. */
export interface LoadBalancedPort {
  readonly container: string;
  readonly containerPort: number;
  readonly protocol: "tcp" | "udp";
}

/** An entry of `loadBalancers` with everything that follows from the others and from the containers. */
export interface ResolvedLoadBalancing {
  readonly name: string;
  readonly given: ParsedLoadBalancing;
  readonly target: LoadBalancedPort;
  /** What stands before the target group. `undefined` if that exists already, as the target group itself. */
  readonly front: Front | undefined;
  readonly targetGroup: FullTargetGroup | undefined;
}

/** What is wrong, as a sentence, and with which property of `loadBalancers`. */
export type Report = (path: readonly string[], sentence: string) => void;

/** The parts of a service that this is about. */
interface Balanced {
  readonly loadBalancers: ParsedLoadBalancers;
  readonly containers: readonly ParsedContainer[];
}

/** Every entry whose port is clear. What is wrong is reported. */
export function resolveLoadBalancers(service: Balanced, report: Report = () => undefined): ResolvedLoadBalancing[] {
  return Object.entries(service.loadBalancers).flatMap(([name, given]): ResolvedLoadBalancing[] => {
    const tell: Report = (path, sentence) => {
      report([name, ...path], sentence);
    };
    const balancer = balancerOf(given, service.loadBalancers);
    const found = portOf(given, balancer, service.containers);
    if (typeof found === "string") {
      tell([], found);
      return [];
    }
    const front = frontOf(balancer, found);
    if (front === undefined) return [{ name, given, target: found, front, targetGroup: undefined }];
    const settings = given.targetGroup ?? targetGroup.parse({});
    for (const [path, sentence] of targetGroupFaults(settings, front)) tell(["targetGroup", ...path], sentence);
    return [{ name, given, target: found, front, targetGroup: fullTargetGroup(settings, front) }];
  });
}

/** What stands before the tasks, as far as the entry says it. */
type Balancer =
  | { readonly kind: "application"; readonly https: boolean | undefined }
  | { readonly kind: "network"; readonly protocol: NetworkProtocol | undefined }
  | { readonly kind: "unknown" };

function balancerOf(given: ParsedLoadBalancing, all: ParsedLoadBalancers): Balancer {
  const { listener, applicationLoadBalancer, networkLoadBalancer } = given;
  if (applicationLoadBalancer) {
    return { kind: "application", https: applicationLoadBalancer.certificateArn !== undefined };
  }
  if (networkLoadBalancer) return { kind: "network", protocol: networkLoadBalancer.protocol };
  if (listener === undefined) return { kind: "unknown" };
  const owner = ownerOf(given, all);
  if (owner?.networkLoadBalancer) return { kind: "network", protocol: listener.protocol };
  const own = owner?.applicationLoadBalancer;
  return { kind: "application", https: own?.certificateArn !== undefined };
}

/** The entry whose load balancer an entry shares. */
export function ownerOf({ listener }: ParsedLoadBalancing, all: ParsedLoadBalancers): ParsedLoadBalancing | undefined {
  const name = listener?.loadBalancerOf;
  return name !== undefined && Object.hasOwn(all, name) ? all[name] : undefined;
}

function frontOf(balancer: Balancer, { protocol }: LoadBalancedPort): Front | undefined {
  if (balancer.kind === "unknown") return undefined;
  if (balancer.kind === "application") return balancer;
  return { kind: "network", protocol: balancer.protocol ?? (protocol === "udp" ? "UDP" : "TCP") };
}

/** The port that an entry means, or what is wrong with it. */
function portOf(given: ParsedLoadBalancing, balancer: Balancer, containers: readonly ParsedContainer[]) {
  const { container, containerPort } = given;
  const names = containers.map(({ name }) => quote(name));
  if (container !== undefined && !containers.some(({ name }) => name === container)) {
    return `there is no container ${quote(container)}; choose ${alternatives(names)}`;
  }
  const all = containers.flatMap(({ name, portMappings }) =>
    portMappings.map((mapping): LoadBalancedPort => ({ ...mapping, container: name })),
  );
  if (all.length === 0) return "no container has a port mapping; add one: portMappings: [{ containerPort: 8080 }]";
  const possible = all.filter((port) => speaks(port, balancer, all));
  const meant = possible.filter(
    (port) =>
      (container === undefined || port.container === container) &&
      (containerPort === undefined || port.containerPort === containerPort),
  );
  const [port] = meant;
  if (port === undefined) {
    const wanted = [container && quote(container), containerPort && String(containerPort)].filter(Boolean).join(" ");
    const fault = `no port mapping${wanted === "" ? "" : ` of ${wanted}`} is for ${transportsOf(balancer).join(" and ")}`;
    return possible.length === 0 ? `${fault}; add one` : `${fault}; choose ${choices(possible)}`;
  }
  if (meant.length > 1) return `several ports fit; choose with container and containerPort: ${choices(meant)}`;
  return { container: port.container, containerPort: port.containerPort, protocol: port.protocol };
}

function transportsOf(balancer: Balancer): string[] {
  if (balancer.kind === "application") return ["tcp"];
  const { protocol } = balancer.kind === "network" ? balancer : { protocol: undefined };
  if (protocol === undefined) return ["tcp", "udp"];
  return protocol === "UDP" ? ["udp"] : protocol === "TCP_UDP" ? ["tcp", "udp"] : ["tcp"];
}

function speaks(port: LoadBalancedPort, balancer: Balancer, all: readonly LoadBalancedPort[]): boolean {
  if (balancer.kind === "network" && balancer.protocol === "TCP_UDP") {
    return port.protocol === "tcp" && all.some((other) => other.protocol === "udp" && isSamePort(other, port));
  }
  return transportsOf(balancer).includes(port.protocol);
}

function isSamePort(one: LoadBalancedPort, other: LoadBalancedPort): boolean {
  return one.container === other.container && one.containerPort === other.containerPort;
}

function choices(ports: readonly LoadBalancedPort[]): string {
  return alternatives(
    ports.map(({ container, containerPort, protocol }) => `${quote(container)} ${String(containerPort)} (${protocol})`),
  );
}
