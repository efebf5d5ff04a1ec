import { quote } from "../errors";
import type { PinnedFargateServiceProps } from "../model/service";
import type { PlacedService } from "./groups";

type LoadBalancers = NonNullable<PinnedFargateServiceProps["loadBalancers"]>;

/**
 * A line for each rule whose priority another service has at the same listener, which Elastic Load Balancing refuses.
 * A load balancer that is looked up may be another one in each environment; an ARN is always the same.
 */
export function sharedListenerProblems(placed: readonly PlacedService[]): string[] {
  const owners = new Map<string, string>();
  return placed.flatMap(({ name, environment, resolved: { service } }) => {
    const context = `service ${quote(name)} in ${quote(environment)}`;
    return rulesOf(service.loadBalancers ?? {}).flatMap(({ entry, listener, priority }) => {
      const key = JSON.stringify([typeof listener === "string" ? listener : [environment, ...listener], priority]);
      const owner = owners.get(key) ?? context;
      owners.set(key, owner);
      if (owner === context) return [];
      const fault = `priority ${String(priority)} is also that of ${owner} at the same listener; choose another`;
      return [`${context}: loadBalancers: ${entry}: rule: ${fault}`];
    });
  });
}

/** The rules of listeners that exist already. */
function rulesOf(loadBalancers: LoadBalancers) {
  return Object.entries(loadBalancers).flatMap(([entry, { listener, rule }]) => {
    if (!listener || !rule || listener.loadBalancerOf !== undefined) return [];
    const { arn, loadBalancer, port } = listener;
    return [{ entry, listener: arn ?? [loadBalancer, port], priority: rule.priority }];
  });
}
