import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

import { scalingAlarmName } from "../../model/names";
import type { ParsedStep, ParsedStepScaling } from "../../model/step-scaling";
import { alarmMetric } from "../cloudwatch/alarm-metric";
import type { ScaledService } from "./scaled-service";

/** A policy of step scaling, in one direction. */
export interface StepScalingPolicyProps {
  readonly name: string;
  readonly policy: ParsedStepScaling;
  readonly direction: "above" | "below";
  /** The first begins at the threshold of the alarm. */
  readonly steps: readonly ParsedStep[];
  readonly target: ScaledService;
}

/**
 * Adds or removes tasks when its alarm goes off: the further the metric is beyond the threshold, the later the step that
 * applies. While the alarm has no data, nothing happens.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepScalingPolicyConfiguration.html
 */
export class StepScalingPolicy extends Construct {
  readonly resource: AppautoscalingPolicy;
  readonly alarm: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: StepScalingPolicyProps) {
    super(scope, id);
    const { name, policy, direction, steps, target } = props;
    const { adjustmentType, minAdjustmentMagnitude, cooldown, metric, period, evaluationPeriods } = policy;
    const threshold = steps[0]?.from ?? 0;
    this.resource = new AppautoscalingPolicy(this, "Default", {
      name,
      ...target.reference,
      policyType: "StepScaling",
      stepScalingPolicyConfiguration: {
        adjustmentType,
        minAdjustmentMagnitude,
        cooldown,
        metricAggregationType: aggregation(policy),
        stepAdjustment: adjustments(steps, direction),
      },
    });
    target.renew(this.resource);
    this.alarm = new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: scalingAlarmName(target.name, name),
      alarmDescription: `Scales the service ${target.name}.`,
      ...alarmMetric(metric, period, target.service),
      comparisonOperator: direction === "above" ? "GreaterThanOrEqualToThreshold" : "LessThanOrEqualToThreshold",
      threshold,
      evaluationPeriods,
      alarmActions: [this.resource.arn],
    });
  }
}

/** How the values of several periods become the one that a step is chosen by. */
function aggregation({ metric }: ParsedStepScaling): string {
  const statistic = typeof metric === "object" && "statistic" in metric ? metric.statistic : "Average";
  return statistic === "Minimum" || statistic === "Maximum" ? statistic : "Average";
}

/** Each step reaches to the next one; AWS counts the bounds from the threshold of the alarm. */
function adjustments(steps: readonly ParsedStep[], direction: "above" | "below") {
  const threshold = steps[0]?.from ?? 0;
  const bounds = steps.map(({ from }) => Number((from - threshold).toFixed(4)).toString());
  return steps.map(({ adjustment }, index) => {
    const [near, far] = [bounds[index], bounds[index + 1]];
    const [lower, upper] = direction === "above" ? [near, far] : [far, near];
    return { metricIntervalLowerBound: lower, metricIntervalUpperBound: upper, scalingAdjustment: adjustment };
  });
}
