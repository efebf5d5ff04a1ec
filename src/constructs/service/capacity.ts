import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";

import { sharesOf, type ServiceCapacity } from "../../model/capacity";

type CapacityArguments = Pick<
  EcsServiceConfig,
  "launchType" | "capacityProviderStrategy" | "forceNewDeployment" | "platformVersion"
>;

/**
 * What the tasks of a service run on, as arguments of its resource. ECS accepts another strategy only with a new
 * deployment, and AWS provider 5 replaces the service without `force_new_deployment`, which does nothing by itself.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_service#capacity_provider_strategy
 */
export function capacityArguments(capacity: ServiceCapacity): CapacityArguments {
  const { capacityProviderStrategy } = capacity;
  const version = platformOf(capacity);
  if (capacityProviderStrategy === undefined) return { launchType: "FARGATE", ...version };
  if (capacityProviderStrategy === "default") return version;
  return { capacityProviderStrategy: sharesOf(capacityProviderStrategy), forceNewDeployment: true, ...version };
}

/** The platform that tasks run on, if the service has one of its own. */
export function platformOf({ platformVersion }: ServiceCapacity): { platformVersion?: string } {
  return platformVersion === undefined ? {} : { platformVersion };
}

/** ECS copies the cluster's default strategy into the service, which would be a change to a config without one. */
export function ignoredCapacity({ capacityProviderStrategy }: ServiceCapacity): string[] {
  return capacityProviderStrategy === "default" ? ["capacity_provider_strategy"] : [];
}
