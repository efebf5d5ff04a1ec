import type { z } from "zod";

import { roleArn } from "./arn";
import { literal, list, object, oneOf, pattern, propertyName, record, reference, wholeNumber } from "./leaves";
import { merge, type Override } from "./override";
import { problem } from "./problems";
import { text } from "./text";

/** Longer than this, nothing waits: 24 hours. */
const minutes = wholeNumber(0, 1440);

/** A percentage of the traffic. AWS allows tenths; whole ones are enough. */
const percent = (minimum: number): z.ZodType<number, number> => wholeNumber(minimum, 100);

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html */
const stage = oneOf(
  "RECONCILE_SERVICE",
  "PRE_SCALE_UP",
  "POST_SCALE_UP",
  "TEST_TRAFFIC_SHIFT",
  "POST_TEST_TRAFFIC_SHIFT",
  "PRODUCTION_TRAFFIC_SHIFT",
  "POST_PRODUCTION_TRAFFIC_SHIFT",
);

/**
 * A Lambda function that ECS calls at stages of a deployment, and that can make it go on, wait or fail.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
 */
export const lifecycleHook = object({
  /** ARN of the function, in the region of the service: `arn:aws:lambda:REGION:ACCOUNT:function:NAME`. */
  functionArn: reference(
    pattern(
      /^arn:[\w-]+:lambda:[\w-]+:[0-9]{12}:function:[\w-]+(:[\w$-]+)?$/,
      "use the ARN of a Lambda function: arn:aws:lambda:REGION:ACCOUNT:function:NAME",
    ),
  ),
  /** When it is called, at least one. At the stages with a traffic shift it is called again and again. */
  stages: list(stage, { minimum: 1, unique: true }),
  /**
   * ARN of a role that ECS may assume and that may invoke the function.
   * @default - a role of the service's own, which may do just that
   */
  roleArn: roleArn.optional(),
  /** Values that the function gets besides. @default - none */
  details: record(propertyName(pattern(/./, "name a value")), text).optional(),
});
export interface LifecycleHook extends z.input<typeof lifecycleHook> {}

/**
 * How ECS moves a service from one revision to the next. Needs AWS provider 6.25.0 or newer.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export const deploymentStrategy = object({
  /**
   * - `"ROLLING"` replaces tasks a few at a time. To go back to it, write it.
   * - `"BLUE_GREEN"` starts all new tasks, then moves all traffic to them at once.
   * - `"LINEAR"` moves the traffic in equal steps. It needs `loadBalancers`, or `services` in `serviceConnect`.
   * - `"CANARY"` moves a small part of the traffic first, then the rest. It needs the same.
   */
  type: oneOf("ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"),
  /**
   * Minutes that the old tasks stay after all traffic has moved, to go back to at once: 0 to 1440.
   * @default - none for `"ROLLING"`; all others need it
   */
  bakeTimeInMinutes: minutes.optional(),
  /** Percentage of the traffic that each step of `"LINEAR"` moves: 3 to 100. @default 10 */
  stepPercent: percent(3).optional(),
  /** Minutes after each step of `"LINEAR"` but the last: 0 to 1440. @default 6 */
  stepBakeTimeInMinutes: minutes.optional(),
  /** Percentage of the traffic that `"CANARY"` moves first: 1 to 100. @default 5 */
  canaryPercent: percent(1).optional(),
  /** Minutes before `"CANARY"` moves the rest: 0 to 1440. @default 10 */
  canaryBakeTimeInMinutes: minutes.optional(),
  /** Functions that take part in a deployment, by names of your choice. @default - none */
  lifecycleHooks: record(
    literal(pattern(/^[\w-]{1,64}$/, 'use 1 to 64 letters, digits, "_" or "-"')),
    lifecycleHook,
  ).optional(),
});
export interface DeploymentStrategy extends z.input<typeof deploymentStrategy> {}
export type ParsedStrategy = z.output<typeof deploymentStrategy>;

/** A strategy with an environment's changes. One of another type replaces it, since most properties are of one type alone. */
export function mergeStrategy<T extends DeploymentStrategy | undefined>(base: T, changes: Override<T> | undefined): T {
  const isOther = changes?.type !== undefined && changes.type !== base?.type;
  return isOther ? (changes as T) : merge(base, changes);
}

/** The properties that only one strategy has. */
const ONLY = {
  stepPercent: "LINEAR",
  stepBakeTimeInMinutes: "LINEAR",
  canaryPercent: "CANARY",
  canaryBakeTimeInMinutes: "CANARY",
} as const;

/** Whether the traffic moves between two sets of tasks. */
export function shiftsTraffic(strategy: ParsedStrategy | undefined): strategy is ParsedStrategy {
  return strategy !== undefined && strategy.type !== "ROLLING";
}

/** Steps of `"LINEAR"`, with AWS's defaults. */
export const linearOf = ({ stepPercent = 10, stepBakeTimeInMinutes = 6 }: ParsedStrategy) => ({
  stepPercent,
  stepBakeTimeInMinutes,
});

/** Steps of `"CANARY"`, with AWS's defaults. */
export const canaryOf = ({ canaryPercent = 5, canaryBakeTimeInMinutes = 10 }: ParsedStrategy) => ({
  canaryPercent,
  canaryBakeTimeInMinutes,
});

/** Minutes that a deployment waits, besides what its tasks and hooks take. */
export function bakeMinutes(strategy: ParsedStrategy): number {
  const { type, bakeTimeInMinutes = 0 } = strategy;
  if (type === "LINEAR") {
    const { stepPercent, stepBakeTimeInMinutes } = linearOf(strategy);
    return (Math.ceil(100 / stepPercent) - 1) * stepBakeTimeInMinutes + bakeTimeInMinutes;
  }
  return type === "CANARY" ? canaryOf(strategy).canaryBakeTimeInMinutes + bakeTimeInMinutes : bakeTimeInMinutes;
}

/** Checks that a strategy has what it needs, and nothing of another one. */
export function checkDeploymentStrategy(strategy: ParsedStrategy, context: z.core.$RefinementCtx): void {
  const path = ["deploymentStrategy"];
  for (const [property, type] of Object.entries(ONLY) as [keyof typeof ONLY, string][]) {
    if (strategy[property] === undefined || strategy.type === type) continue;
    problem(context, path, `${property} is for ${type}, but type is ${strategy.type}; remove it, or change type`);
  }
  if (strategy.type !== "ROLLING") {
    if (strategy.bakeTimeInMinutes !== undefined) return;
    problem(context, path, "bakeTimeInMinutes is missing; say how long the old tasks stay, from 0 to 1440 minutes");
    return;
  }
  for (const property of ["bakeTimeInMinutes", "lifecycleHooks"] as const) {
    if (strategy[property] === undefined) continue;
    problem(context, path, `${property} is for the other strategies, but type is ROLLING; remove it, or change type`);
  }
}
