import type { EcsServiceConfig, EcsServiceDeploymentConfiguration } from "@cdktf/provider-aws/lib/ecs-service";
import { Op, TerraformSelf, type Postcondition } from "cdktf";

import { alarmsOf, circuitBreakerOf, type ParsedDeployment } from "../../model/deployment";
import {
  canaryOf,
  linearOf,
  shiftsTraffic,
  type LifecycleHook,
  type ParsedStrategy,
} from "../../model/deployment-strategy";
import type { Role } from "../iam/role";
import { terraformJson, withReferences } from "../terraform-json";

type DeploymentArguments = Pick<
  EcsServiceConfig,
  | "alarms"
  | "availabilityZoneRebalancing"
  | "deploymentCircuitBreaker"
  | "deploymentConfiguration"
  | "deploymentMaximumPercent"
  | "deploymentMinimumHealthyPercent"
  | "timeouts"
  | "waitForSteadyState"
>;

/**
 * How a service gets from one revision to the next, as arguments of its resource.
 * @param infrastructureRole under which ECS calls functions; made when it is asked for
 */
export function deploymentArguments(deployment: ParsedDeployment, infrastructureRole: () => Role): DeploymentArguments {
  const { deploymentStrategy: strategy, timeouts } = deployment;
  const circuitBreaker = circuitBreakerOf(deployment);
  const alarms = alarmsOf(deployment);
  return {
    ...(circuitBreaker && { deploymentCircuitBreaker: circuitBreaker }),
    ...(alarms && { alarms }),
    ...(strategy && { deploymentConfiguration: strategyArguments(strategy, infrastructureRole) }),
    deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent,
    deploymentMaximumPercent: deployment.maximumPercent,
    availabilityZoneRebalancing: deployment.availabilityZoneRebalancing,
    waitForSteadyState: deployment.waitForSteadyState,
    timeouts,
  };
}

function strategyArguments(
  strategy: ParsedStrategy,
  infrastructureRole: () => Role,
): EcsServiceDeploymentConfiguration {
  const { type, bakeTimeInMinutes, lifecycleHooks = {} } = strategy;
  const hooks = Object.values(lifecycleHooks);
  return {
    strategy: type,
    ...(bakeTimeInMinutes !== undefined && { bakeTimeInMinutes: String(bakeTimeInMinutes) }),
    ...(type === "LINEAR" && { linearConfiguration: minutesAsText(linearOf(strategy), "stepBakeTimeInMinutes") }),
    ...(type === "CANARY" && { canaryConfiguration: minutesAsText(canaryOf(strategy), "canaryBakeTimeInMinutes") }),
    ...(hooks.length > 0 && { lifecycleHook: hooks.map((hook) => hookArguments(hook, infrastructureRole)) }),
  };
}

/** The provider takes minutes as text, to tell 0 from nothing. */
function minutesAsText<T, K extends keyof T>(settings: T, minutes: K): Omit<T, K> & Record<K, string> {
  return { ...settings, [minutes]: String(settings[minutes]) };
}

function hookArguments({ functionArn, stages, details, roleArn }: LifecycleHook, infrastructureRole: () => Role) {
  const invoke = { actions: ["lambda:InvokeFunction"], resources: [functionArn] };
  if (roleArn === undefined) infrastructureRole().allow(invoke);
  return {
    hookTargetArn: functionArn,
    lifecycleStages: [...stages],
    roleArn: roleArn ?? infrastructureRole().arn,
    ...(details && { hookDetails: terraformJson(withReferences(details)) }),
  };
}

const WHERE_TO_LOOK =
  "The deployments and events of the service say which; after a rollback, its stopped tasks and its log group say why.";

/**
 * What must hold when a deploy ends: that the service is on the planned revision. Where traffic moves, and nobody waits for
 * that, the deploy ends while the service is still on the old one.
 */
export function endConditions(deployment: ParsedDeployment, planned: string): Postcondition[] {
  if (shiftsTraffic(deployment.deploymentStrategy) && !deployment.waitForSteadyState) return [];
  return [
    {
      condition: Op.eq(TerraformSelf.getString("task_definition"), planned),
      errorMessage: `\${self.name} ended on \${self.task_definition}, not on the planned ${planned}. ${causes(deployment)}`,
    },
  ];
}

function causes(deployment: ParsedDeployment): string {
  const reasons = [
    ...((circuitBreakerOf(deployment)?.rollback ?? true) ? ["its tasks did not start or did not stay up"] : []),
    ...(alarmsOf(deployment)?.rollback === true ? ["an alarm went off"] : []),
  ];
  return reasons.length > 0
    ? `Either ECS rolled the deployment back, because ${reasons.join(" or ")}, or another deploy came in between. ${WHERE_TO_LOOK}`
    : `Either somebody rolled the deployment back, or another deploy came in between. ${WHERE_TO_LOOK}`;
}
