import { type z } from "zod";

import { quote } from "../errors";
import { decimal, flag, list, literal, object, oneOf, pattern, propertyName, record, wholeNumber } from "./leaves";
import { anyMetric, watchedMetric } from "./metric";
import { problem } from "./problems";
import { instant, schedule, timezone } from "./schedule";

/** Names of policies and scheduled actions, which become part of Terraform addresses. */
const name = propertyName(pattern(/^[A-Za-z0-9_-]{1,64}$/, 'use 1 to 64 letters, digits, "_" or "-"'));

const capacity = wholeNumber(0, 5000);
/** Sent even if it is the default: the provider would send 0 in its place. */
const cooldown = wholeNumber(0, 86_400).default(300);
const percent = decimal(1, 100).optional();
const metricValue = decimal(-1e15, 1e15);

/** The number of requests that each task should get. */
const requestsPerTarget = object({
  /** Which of the service's `loadBalancers`, by its name. Only an Application Load Balancer counts requests. @default - the only one */
  loadBalancer: literal(pattern(/^.{1,255}$/, "name one of the loadBalancers")).optional(),
  /** Requests per task and minute: 0.0001 or more. */
  target: decimal(0.0001, 1e15),
});

/**
 * Keeps a metric near a target: adds tasks when it is above, removes them when it is well below. Exactly one of `cpu`,
 * `memory`, `requestsPerTarget` and `metric` is given.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
 */
export const targetTracking = object({
  /** Average CPU utilization of the service to keep, in percent of its `cpu`: 1 to 100. @default - none */
  cpu: percent,
  /** Average memory utilization of the service to keep, in percent of its `memory`: 1 to 100. @default - none */
  memory: percent,
  /** Number of requests to keep for each task. @default - none */
  requestsPerTarget: requestsPerTarget.optional(),
  /**
   * A metric of your own, or what is computed from several. It must fall when tasks are added, and rise when they are
   * removed, as the messages in a queue per running task do. Needs a `target`.
   * @default - none
   */
  metric: anyMetric.optional(),
  /** Value of `metric` to keep: 0.0001 or more. @default - none */
  target: decimal(0.0001, 1e15).optional(),
  /** Seconds after tasks were added in which only a larger addition happens: 0 to 86400. @default 300 */
  scaleOutCooldown: cooldown,
  /** Seconds after tasks were removed in which no others are: 0 to 86400. @default 300 */
  scaleInCooldown: cooldown,
  /** Whether the policy only ever adds tasks. @default false */
  disableScaleIn: flag.default(false),
}).superRefine(({ cpu, memory, requestsPerTarget, metric, target }, context) => {
  const given = [cpu, memory, requestsPerTarget, metric].filter((each) => each !== undefined).length;
  if (given !== 1) {
    problem(context, [], `${String(given)} metrics; give exactly one of cpu, memory, requestsPerTarget and metric`);
  } else if (metric !== undefined && target === undefined) problem(context, [], "target is missing; metric needs one");
  else if (metric === undefined && target !== undefined) problem(context, [], "target is for a metric; remove it");
});
export interface TargetTracking extends z.input<typeof targetTracking> {}
export type ParsedTargetTracking = z.output<typeof targetTracking>;

/** A range of the metric, and what happens there. */
const step = object({
  /**
   * Value of the metric that the step begins at, less than a million away from that of the first step. The step reaches to
   * the next one; the last one has no end.
   */
  from: metricValue,
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
}).superRefine((policy, context) => {
  checkSteps(policy, context);
});
export interface StepScaling extends z.input<typeof stepScaling> {}
export type ParsedStepScaling = z.output<typeof stepScaling>;

/**
 * Changes the minimum and the maximum at a time, or at many. The service then has at least, and at most, as many tasks;
 * a policy may still change their number in between.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
export const scheduledAction = object({
  /**
   * When: `cron(minutes hours day-of-month month day-of-week year)`, `rate(value unit)` with minutes, hours or days, or
   * once, `at(yyyy-mm-ddThh:mm:ss)`.
   */
  schedule,
  /** Time zone of `cron` and `at`, by its name in the IANA database: `Europe/Berlin`. @default "UTC" */
  timezone: timezone.default("UTC"),
  /** Least number of tasks from then on: 0 to 5000. @default - as before */
  minCapacity: capacity.optional(),
  /** Largest number of tasks from then on: 0 to 5000. @default - as before */
  maxCapacity: capacity.optional(),
  /** When a repeated schedule begins: `2030-01-31T08:00:00Z`. @default - at once */
  startTime: instant.optional(),
  /** When a repeated schedule ends: `2030-12-31T08:00:00Z`. @default - never */
  endTime: instant.optional(),
}).superRefine(({ minCapacity, maxCapacity, startTime, endTime }, context) => {
  if (minCapacity === undefined && maxCapacity === undefined) {
    problem(context, [], "changes nothing; give minCapacity, maxCapacity or both");
  }
  if (startTime !== undefined && endTime !== undefined && Date.parse(endTime) <= Date.parse(startTime)) {
    problem(context, [], `endTime ${endTime} is not after startTime ${startTime}; make it later`);
  }
});
export interface ScheduledAction extends z.input<typeof scheduledAction> {}
export type ParsedScheduledAction = z.output<typeof scheduledAction>;

/**
 * How AWS Application Auto Scaling sets the number of tasks. The service is created with `minCapacity` tasks, and no
 * deploy changes their number.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
 */
export const scaling = object({
  /**
   * Least number of tasks: 0 to 5000. A service with no tasks has no CPU, memory and request metrics, by which a policy
   * could start the first one: 0 needs a policy on a metric of your own, or a scheduled action.
   */
  minCapacity: capacity,
  /** Largest number of tasks: 0 to 5000. */
  maxCapacity: capacity,
  /** Policies that keep a metric near a target, by name. If several apply, the largest number of tasks wins. @default {} */
  targetTracking: record(name, targetTracking).default({}),
  /** Policies that add or remove tasks when an alarm goes off, by name. @default {} */
  stepScaling: record(name, stepScaling).default({}),
  /** Changes of `minCapacity` and `maxCapacity` at certain times, by name. @default {} */
  scheduledActions: record(name, scheduledAction).default({}),
}).superRefine((scaling, context) => {
  checkCapacity(scaling, context);
  checkPolicies(scaling, context);
});
export interface Scaling extends z.input<typeof scaling> {}
export type ParsedScaling = z.output<typeof scaling>;

type Context = z.core.$RefinementCtx;

function checkSteps(
  { above, below, adjustmentType, minAdjustmentMagnitude }: ParsedStepScaling,
  context: Context,
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
function checkOrder(context: Context, direction: string, steps: readonly ParsedStep[], sign: 1 | -1): void {
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

function checkCapacity(scaling: ParsedScaling, context: Context): void {
  const { minCapacity, maxCapacity, scheduledActions } = scaling;
  if (minCapacity > maxCapacity) {
    problem(
      context,
      [],
      `minCapacity ${String(minCapacity)} is more than maxCapacity ${String(maxCapacity)}; lower it`,
    );
  }
  for (const [name, { minCapacity: minimum = minCapacity, maxCapacity: maximum = maxCapacity }] of Object.entries(
    scheduledActions,
  )) {
    if (minimum <= maximum) continue;
    const both = `minCapacity ${String(minimum)} would be more than maxCapacity ${String(maximum)}`;
    problem(context, ["scheduledActions", name], `${both}; give both in the action`);
  }
}

function checkPolicies(
  { minCapacity, targetTracking, stepScaling, scheduledActions }: ParsedScaling,
  context: Context,
): void {
  const tracking = Object.entries(targetTracking);
  const steps = Object.entries(stepScaling);
  const scheduled = Object.keys(scheduledActions).length > 0;
  if (tracking.length + steps.length === 0 && !scheduled) {
    problem(
      context,
      [],
      'nothing would ever change the number of tasks; add targetTracking, stepScaling or scheduledActions, or use desiredCount: "keep" if policies of your own do',
    );
    return;
  }
  for (const metric of ["cpu", "memory"] as const) {
    const [first, second] = tracking.filter(([, policy]) => policy[metric] !== undefined).map(([name]) => name);
    if (second === undefined) continue;
    const both = `${quote(first)} and ${quote(second)} both track ${metric}`;
    problem(context, ["targetTracking"], `${both}; AWS allows one policy for a metric, so remove one`);
  }
  const policies = steps.flatMap(([name, { above, below }]) => [
    ...(above ? [stepPolicyName(name, "above")] : []),
    ...(below ? [stepPolicyName(name, "below")] : []),
  ]);
  const taken = policies.find((name) => Object.hasOwn(targetTracking, name));
  if (taken !== undefined) problem(context, [], `two policies are named ${quote(taken)}; rename one`);
  const startsFirst =
    tracking.some(([, { metric }]) => metric) || steps.some(([, { metric }]) => typeof metric === "object");
  if (minCapacity === 0 && !startsFirst && !scheduled) {
    problem(
      context,
      [],
      "minCapacity 0: with no task there is no metric by which a policy could start the first one; use 1 or more, a policy on a metric of your own, or a scheduled action",
    );
  }
}

/** A policy of step scaling goes in one direction only. */
export function stepPolicyName(name: string, direction: "above" | "below"): string {
  return `${name}-${direction}`;
}
