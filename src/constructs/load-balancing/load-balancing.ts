import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError, alternatives, quote } from "../../errors";
import { shiftsTraffic } from "../../model/deployment-strategy";
import { resolveLoadBalancers, type ResolvedLoadBalancing } from "../../model/load-balanced-ports";
import type { ParsedService } from "../../model/service";
import type { ServiceNetwork } from "../network/service-network";
import { loadBalancedTarget, type LoadBalancedTarget, type ServiceTarget } from "./targets";
import { letIn } from "./task-ingress";
import type { TrafficShift } from "./traffic-shift";

/** A service, and the network that it is in. */
export interface LoadBalancingProps {
  readonly service: ParsedService;
  readonly network: ServiceNetwork;
}

/** What ECS registers tasks with. */
export interface Registration {
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
  /** How ECS moves the traffic to another target group. @default - it does not */
  readonly advancedConfiguration?: TrafficShift & { readonly roleArn: string };
}

/**
 * The load balancers of a service. Its own security group, if it has one, lets them in.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
 */
export class LoadBalancing extends Construct {
  private readonly byName = new Map<string, LoadBalancedTarget>();
  private readonly context: string;

  constructor(scope: Construct, id: string, { service, network }: LoadBalancingProps) {
    super(scope, id);
    this.context = `service ${quote(service.name)}`;
    const all = resolveLoadBalancers(service);
    const isShifting = shiftsTraffic(service.deploymentStrategy);
    const isSharing = ({ given }: ResolvedLoadBalancing): boolean => given.listener?.loadBalancerOf !== undefined;
    // What is shared must be there first.
    for (const resolved of [...all.filter((entry) => !isSharing(entry)), ...all.filter(isSharing)]) {
      const { name, given } = resolved;
      const owner = this.byName.get(given.listener?.loadBalancerOf ?? "");
      const place = new Construct(new Construct(this, name), formOf(given));
      const target = { service: service.name, network, resolved, owner, isShifting };
      this.byName.set(name, loadBalancedTarget(place, target));
    }
    if (network.securityGroup) letIn(network.securityGroup, [...this.byName.values()], service.ingress);
  }

  /** By the name of the entry. */
  get targets(): ReadonlyMap<string, ServiceTarget> {
    return this.byName;
  }

  /**
   * By the name of the entry.
   * @param roleArn of the role under which ECS moves traffic; asked for only if it does
   */
  registrations(roleArn: () => string): Readonly<Record<string, Registration>> {
    const entries = [...this.byName].map(([name, { arn: targetGroupArn, port, shift }]): [string, Registration] => [
      name,
      {
        targetGroupArn,
        containerName: port.container,
        containerPort: port.containerPort,
        ...(shift && { advancedConfiguration: { ...shift, roleArn: roleArn() } }),
      },
    ]);
    return Object.fromEntries(entries);
  }

  /** What must exist before a task starts: ECS refuses a target group that no load balancer uses. */
  get needed(): ITerraformDependable[] {
    return [...this.byName.values()].flatMap(({ needed }) => needed);
  }

  /** @throws InvalidInputError if no entry has this name */
  target(name: string): ServiceTarget {
    const found = this.byName.get(name);
    if (found) return found;
    const names = [...this.byName.keys()].map(quote);
    const hint = names.length === 0 ? "it has none" : `choose ${alternatives(names)}`;
    throw new InvalidInputError(`${this.context}: there is no load balancer ${quote(name)}; ${hint}`);
  }
}

/**
 * Part of the address of all that an entry makes. If an entry becomes another form, nothing keeps its address, and so the
 * new target group is made before the old one is deleted: no two load balancers can use the same one.
 */
function formOf({ listener, targetGroupArn, applicationLoadBalancer }: ParsedService["loadBalancers"][string]): string {
  if (listener) return listener.loadBalancerOf === undefined ? "listener" : "shared";
  if (targetGroupArn !== undefined) return "existing";
  return applicationLoadBalancer ? "application" : "network";
}
