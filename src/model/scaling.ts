import { type z } from "zod";

import { quote } from "../errors";
import { object, pattern, propertyName, record } from "./leaves";
import { problem } from "./problems";
import { capacity, scheduledAction } from "./scheduled-action";
import { stepPolicyName, stepScaling } from "./step-scaling";
import { targetTracking } from "./target-tracking";

/** Names of policies and scheduled actions, which become part of Terraform addresses. */
const name = propertyName(pattern(/^[A-Za-z0-9_-]{1,64}$/, 'use 1 to 64 letters, digits, "_" or "-"'));

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
