import { type z } from "zod";

import { object, wholeNumber } from "./leaves";
import { problem } from "./problems";
import { instant, schedule, timezone } from "./schedule";

/** A number of tasks. */
export const capacity = wholeNumber(0, 5000);

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
