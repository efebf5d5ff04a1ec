import { type z } from "zod";

import { decimal, flag, literal, object, pattern } from "./leaves";
import { anyMetric } from "./metric";
import { problem } from "./problems";
import { cooldown } from "./step-scaling";

const percent = decimal(1, 100).optional();

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
