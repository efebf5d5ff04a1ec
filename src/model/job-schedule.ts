import { type z } from "zod";

import { flag, object, pattern, reference, wholeNumber } from "./leaves";
import { problem } from "./problems";
import { instant, schedule, timezone } from "./schedule";

/**
 * When Amazon EventBridge Scheduler starts a job.
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export const jobSchedule = object({
  /**
   * `"cron(0 3 * * ? *)"`: minutes, hours, day of month, month, day of week, year; `"rate(1 hour)"`; or once,
   * `"at(2030-01-31T08:00:00)"`. It is precise to the minute.
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  expression: schedule,
  /** Time zone of `"cron(…)"` and `"at(…)"`, which follows its daylight saving time: `"Europe/Berlin"`. @default "UTC" */
  timezone: timezone.optional(),
  /**
   * Minutes within which the job starts, at a time that the scheduler chooses: 1 to 1440. It spreads many jobs that are
   * due at once.
   * @default - it starts within the minute
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html
   */
  maximumWindowInMinutes: wholeNumber(1, 1440).optional(),
  /**
   * How often the scheduler tries again if ECS does not start the task, for example because there is no capacity: 0 to 185
   * times. A task that starts and fails is not tried again.
   * @default 185
   */
  maximumRetryAttempts: wholeNumber(0, 185).optional(),
  /** Seconds after which the scheduler gives up a start: 60 to 86400. @default 86400 */
  maximumEventAgeInSeconds: wholeNumber(60, 86_400).optional(),
  /**
   * ARN of the SQS queue that gets the starts that the scheduler gave up: `arn:aws:sqs:REGION:ACCOUNT:NAME`, a standard
   * queue in the region of the job.
   * @default - nobody hears of them
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
   */
  deadLetterQueueArn: reference(
    pattern(
      /^arn:[\w-]+:sqs:[\w-]+:[0-9]{12}:[\w-]{1,80}$/,
      "use the ARN of a standard queue: arn:aws:sqs:REGION:ACCOUNT:NAME",
    ),
  ).optional(),
  /** Whether the schedule starts the job. If false, it can still be run by hand. @default true */
  enabled: flag.default(true),
  /** The first time at which it may start: `"2030-01-31T08:00:00Z"`. @default - from the deploy on */
  startDate: instant.optional(),
  /** The last time at which it may start: `"2030-12-31T08:00:00Z"`. @default - for ever */
  endDate: instant.optional(),
}).superRefine(({ expression, startDate, endDate }, context) => {
  if (startDate !== undefined && endDate !== undefined && Date.parse(startDate) >= Date.parse(endDate)) {
    problem(context, [], `startDate ${startDate} is not before endDate ${endDate}; swap or correct them`);
  }
  if (expression.startsWith("at(") && (startDate !== undefined || endDate !== undefined)) {
    problem(context, [], "startDate and endDate are for what recurs; remove them, or use cron(…) or rate(…)");
  }
});
export interface JobSchedule extends z.input<typeof jobSchedule> {}
export type ParsedJobSchedule = z.output<typeof jobSchedule>;
