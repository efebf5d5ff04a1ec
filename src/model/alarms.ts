import { z } from "zod";

import { alternatives, quote } from "../errors";
import { decimal, flag, list, object, oneOf, pattern, reference, wholeNumber } from "./leaves";
import { problem } from "./problems";

const topicArn = reference(
  pattern(
    /^arn:[\w-]+:sns:[\w-]+:[0-9]{12}:[\w-]{1,256}$/,
    "use the ARN of a standard topic: arn:aws:sns:REGION:ACCOUNT:NAME",
  ),
);

/** Minutes in a row. A single bad minute is no alarm, as AWS recommends for all of these metrics. */
const minutes = wholeNumber(1, 1440).default(5);

/** A threshold in a range by itself, or with more. */
function thresholdOr<T extends z.ZodType>(minimum: number, maximum: number, more: T) {
  return z.union([decimal(minimum, maximum), more], {
    error: ({ input }) =>
      `${quote(input)} is not valid; use a number from ${String(minimum)} to ${String(maximum)}, or { threshold: … }`,
  });
}

/** `true`, or more about it. */
function flagOr<T extends z.ZodType>(more: T) {
  return z.union([flag, more], {
    error: ({ input }) => `${quote(input)} is not valid; use true or false, or { minutes: … }`,
  });
}

export const utilization = object({
  /** Percent of what the task has: 1 to 100. */
  threshold: decimal(1, 100),
  /** Minutes in a row that are above it: 1 to 1440. @default 5 */
  minutes,
});

export const missingTasks = object({
  /** Minutes in a row in which tasks are missing: 1 to 1440. More than a deployment or a start takes. @default 5 */
  minutes,
});

export const errors = object({
  /** Responses with a status of 500 to 599 in a minute, or with `unit: "Percent"`, percent of all responses: 0 or more. */
  threshold: decimal(0, 1e9),
  /** What the threshold counts: responses, or their share. @default "Count" */
  unit: oneOf("Count", "Percent").default("Count"),
  /** Minutes in a row that are above it: 1 to 1440. @default 5 */
  minutes,
});

export const latency = object({
  /** Seconds until the target answers: 0.0001 to 4000, the longest that a load balancer waits. */
  threshold: decimal(0.0001, 4000),
  /** The percentile that must stay below it: 1 to 99.99; 50 is the median. @default 90 */
  percentile: decimal(1, 99.99).default(90),
  /** Minutes in a row that are above it: 1 to 1440. @default 5 */
  minutes,
});

/**
 * Alarms of a service, each named `<service>-<what>`. They notify the topics when they go off, and when they are over.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export const alarms = object({
  /**
   * ARNs of 1 to 5 SNS topics in the region of the service, which get the notifications. Standard ones: alarms and events
   * cannot be sent to a FIFO topic. `deploymentFailed` needs a policy of the topic that allows it.
   */
  topics: list(topicArn, { minimum: 1, maximum: 5, unique: true }),
  /**
   * Average CPU utilization of the service in percent above which it is an alarm: a number, or
   * `{ threshold, minutes }`. Without running tasks there is no data, and the alarm is neither on nor off.
   * @default - no alarm
   */
  cpu: thresholdOr(1, 100, utilization).optional(),
  /** Average memory utilization of the service in percent above which it is an alarm, as with `cpu`. @default - no alarm */
  memory: thresholdOr(1, 100, utilization).optional(),
  /**
   * Whether it is an alarm that fewer tasks run than should: `true`, or `{ minutes }`. Needs a cluster with Container
   * Insights; without, there is no data, and the alarm never goes off.
   * @default false
   */
  runningTasks: flagOr(missingTasks).optional(),
  /**
   * Responses of the tasks with a status of 500 to 599, in a minute, above which it is an alarm: a number, or
   * `{ threshold, unit, minutes }`. One alarm for each target group of an Application Load Balancer. A minute without a
   * response counts as a good one.
   * @default - no alarm
   */
  target5xx: thresholdOr(0, 1e9, errors).optional(),
  /**
   * Seconds until the tasks respond, for the slowest tenth of the requests, above which it is an alarm: a number, or
   * `{ threshold, percentile, minutes }`. One alarm for each target group of an Application Load Balancer. A minute
   * without a request counts as a good one.
   * @default - no alarm
   */
  latency: thresholdOr(0.0001, 4000, latency).optional(),
  /**
   * Whether a deployment that fails is reported, by an EventBridge rule. The policy of each topic must allow
   * `events.amazonaws.com` to publish.
   * @default false
   */
  deploymentFailed: flag.optional(),
}).superRefine(({ topics: _, ...alarms }, context) => {
  if (Object.values<unknown>(alarms).some((alarm) => alarm !== undefined && alarm !== false)) return;
  problem(context, [], `no alarm; add ${alternatives(WHAT)}`);
});
export interface Alarms extends z.input<typeof alarms> {}
export type ParsedAlarms = z.output<typeof alarms>;

const WHAT = ["cpu", "memory", "runningTasks", "target5xx", "latency", "deploymentFailed"];
