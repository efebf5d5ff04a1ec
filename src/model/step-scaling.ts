import { type z } from "zod";

import { decimal, list, object, oneOf, wholeNumber } from "./leaves";
import { watchedMetric } from "./metric";
import { problem } from "./problems";

/** Sent even if it is the default: the provider would send 0 in its place. */
export const cooldown = wholeNumber(0, 86_400).default(300);

/** A range of the metric, and what happens there. */
const step = object({
  /**
   * Value of the metric that the step begins at, less than a million away from that of the first step. The step reaches to
   * the next one; the last one has no end.
   */
  from: decimal(-1e15, 1e15),
  /** How `adjustmentType` reads it: tasks or percent to add, or to remove if it is negative, or the number of tasks. */
  adjustment: wholeNumber(-5000, 5000),
});
export type ParsedStep = z.output<typeof step>;

const steps = list(step, { minimum: 1, maximum: 20 });

/**
 * Adds or removes tasks when an alarm on a metric goes off. At least one of `above` and `below` is given; each makes an
 * alarm and a policy.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html
 */
export const stepScaling = object({
  /**
   * What the alarm watches: `"cpu"` or `"memory"`, the average utilization of the service in percent; a metric of your own;
   * or what is computed from several.
   */
  metric: watchedMetric,
  /**
   * Steps upwards: the first applies from its `from` on, up to the `from` of the next, which is higher.
   * @default - nothing happens when the metric is high
   */
  above: steps.optional(),
  /**
   * Steps downwards: the first applies from its `from` down to the `from` of the next, which is lower.
   * @default - nothing happens when the metric is low
   */
  below: steps.optional(),
  /**
   * What an `adjustment` is: tasks to add or remove (`"ChangeInCapacity"`), percent of the current number
   * (`"PercentChangeInCapacity"`), or the new number of tasks (`"ExactCapacity"`).
   * @default "ChangeInCapacity"
   */
  adjustmentType: oneOf("ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity").default("ChangeInCapacity"),
  /** With `"PercentChangeInCapacity"`, the least number of tasks to add or remove: 1 to 5000. @default - 1, set by AWS */
  minAdjustmentMagnitude: wholeNumber(1, 5000).optional(),
  /** Seconds that an adjustment is given to take effect: 0 to 86400. @default 300 */
  cooldown,
  /** Seconds that the alarm aggregates to one value: a multiple of 60, up to 3600. @default 60 */
  period: oneOf(60, 120, 180, 240, 300, 600, 900, 1800, 3600).default(60),
  /**
   * Number of periods in a row after which the alarm goes off: 1 to 24. One, since steps are for what must be fast;
   * target tracking waits for 3 minutes.
   * @default 1
   */
  evaluationPeriods: wholeNumber(1, 24).default(1),
}).superRefine(checkSteps);
export interface StepScaling extends z.input<typeof stepScaling> {}
export type ParsedStepScaling = z.output<typeof stepScaling>;

function checkSteps(
  { above, below, adjustmentType, minAdjustmentMagnitude }: ParsedStepScaling,
  context: z.core.$RefinementCtx,
): void {
  if (above === undefined && below === undefined) problem(context, [], "no steps; give above, below or both");
  checkOrder(context, "above", above ?? [], 1);
  checkOrder(context, "below", below ?? [], -1);
  const [high, low] = [above?.[0]?.from, below?.[0]?.from];
  if (high !== undefined && low !== undefined && low >= high) {
    const both = `below begins at ${String(low)} and above at ${String(high)}, so that both would apply in between`;
    problem(context, [], `${both}; lower the first or raise the second`);
  }
  for (const [direction, steps] of Object.entries({ above: above ?? [], below: below ?? [] })) {
    const negative = steps.findIndex(({ adjustment }) => adjustmentType === "ExactCapacity" && adjustment < 0);
    if (negative >= 0)
      problem(context, [direction, negative], "adjustment is a number of tasks with ExactCapacity; use 0 or more");
  }
  if (minAdjustmentMagnitude !== undefined && adjustmentType !== "PercentChangeInCapacity") {
    problem(context, [], "minAdjustmentMagnitude is for PercentChangeInCapacity; remove it");
  }
}

/**
 * Steps must get further from the first, so that their ranges have no gaps and do not overlap. Versions of the provider
 * write the distance differently from a million on, which one of them would show as a change in every plan.
 */
function checkOrder(
  context: z.core.$RefinementCtx,
  direction: string,
  steps: readonly ParsedStep[],
  sign: 1 | -1,
): void {
  const wrong = steps.findIndex(({ from }, index) => index > 0 && (from - (steps[index - 1]?.from ?? 0)) * sign <= 0);
  const far = steps.findIndex(({ from }) => Math.abs(from - (steps[0]?.from ?? 0)) >= 1_000_000);
  if (wrong < 0 && far >= 0) {
    const fault = `from ${String(steps[far]?.from)} is a million or more away from the first step`;
    problem(
      context,
      [direction, far],
      `${fault}; divide the metric: { expression: "bytes / 1048576", metrics: { … } }`,
    );
  }
  if (wrong < 0) return;
  const [before, here] = [steps[wrong - 1], steps[wrong]].map((step) => String(step?.from));
  const order = sign === 1 ? "above" : "below";
  problem(
    context,
    [direction, wrong],
    `from ${String(here)} must be ${order} the ${String(before)} of the step before it`,
  );
}

/** A policy of step scaling goes in one direction only. */
export function stepPolicyName(name: string, direction: "above" | "below"): string {
  return `${name}-${direction}`;
}
