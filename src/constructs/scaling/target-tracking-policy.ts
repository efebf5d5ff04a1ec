import { AppautoscalingPolicy, type AppautoscalingPolicyConfig } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { Construct } from "constructs";

import type { ParsedMetric, ParsedMetricMath } from "../../model/metric";
import type { ParsedTargetTracking } from "../../model/target-tracking";
import { metricsOf, RESULT } from "../cloudwatch/alarm-metric";
import type { ScaledService } from "./scaled-service";

type Configuration = NonNullable<AppautoscalingPolicyConfig["targetTrackingScalingPolicyConfiguration"]>;
type Specification = NonNullable<Configuration["customizedMetricSpecification"]>;

/** A policy of target tracking. */
export interface TargetTrackingPolicyProps {
  readonly name: string;
  readonly policy: ParsedTargetTracking;
  readonly target: ScaledService;
}

/**
 * Keeps a metric near a target. AWS makes the alarms for it itself.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html
 */
export class TargetTrackingPolicy extends Construct {
  readonly resource: AppautoscalingPolicy;

  constructor(scope: Construct, id: string, { name, policy, target }: TargetTrackingPolicyProps) {
    super(scope, id);
    const { scaleInCooldown, scaleOutCooldown, disableScaleIn } = policy;
    this.resource = new AppautoscalingPolicy(this, "Default", {
      name,
      ...target.reference,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        ...tracked(policy, target),
        scaleInCooldown,
        scaleOutCooldown,
        disableScaleIn,
      },
    });
    target.renew(this.resource);
  }
}

function tracked(
  policy: ParsedTargetTracking,
  target: ScaledService,
): Pick<Configuration, "targetValue"> & Partial<Configuration> {
  const { cpu, memory, requestsPerTarget, metric, target: value } = policy;
  if (cpu !== undefined) return predefined("ECSServiceAverageCPUUtilization", cpu);
  if (memory !== undefined) return predefined("ECSServiceAverageMemoryUtilization", memory);
  if (requestsPerTarget) {
    const { loadBalancer, target: requests } = requestsPerTarget;
    return predefined("ALBRequestCountPerTarget", requests, target.resourceLabel(loadBalancer));
  }
  if (metric && value !== undefined) {
    const specification = "expression" in metric ? computed(metric, target) : published(metric);
    return { targetValue: value, customizedMetricSpecification: specification };
  }
  throw new Error("the policy tracks nothing"); // the model requires exactly one of these
}

function predefined(predefinedMetricType: string, targetValue: number, resourceLabel?: string) {
  return { targetValue, predefinedMetricSpecification: { predefinedMetricType, resourceLabel } };
}

function published({ namespace, name, dimensions, statistic, unit }: ParsedMetric): Specification {
  return { namespace, metricName: name, ...listed(dimensions), statistic, unit };
}

function computed(math: ParsedMetricMath, { service }: ScaledService): Specification {
  return {
    metrics: [
      { id: RESULT, expression: math.expression, label: RESULT, returnData: true },
      ...metricsOf(math, service).map(([id, { namespace, name, dimensions, statistic, unit }]) => ({
        id,
        metricStat: { metric: { namespace, metricName: name, ...listed(dimensions) }, stat: statistic, unit },
        returnData: false,
      })),
    ],
  };
}

function listed(dimensions: ParsedMetric["dimensions"]): { dimensions?: { name: string; value: string }[] } {
  const list = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
  return list.length > 0 ? { dimensions: list } : {};
}
