import { jobSchedule } from "../../src/model/job-schedule";
import { NUMBER_REFERENCE, REFERENCE, describeProperties, lines } from "../support/problems";

const VALID = { expression: "cron(0 3 * * ? *)" };
const QUEUE = "arn:aws:sqs:eu-west-1:111122223333:failed";

const wholeNumber = (minimum: number, maximum: number): string => `use a whole number from ${minimum} to ${maximum}`;

describe("when a job is started", () => {
  test("has defaults", () => expect(jobSchedule.parse(VALID)).toStrictEqual({ ...VALID, enabled: true }));

  test("must be said", () =>
    expect(lines(jobSchedule, {})).toEqual([
      'it: expression is missing; use "cron(0 8 ? * MON-FRI *)", "rate(1 hour)" or "at(2030-01-31T08:00:00)"',
    ]));

  describeProperties(jobSchedule, VALID, [
    ["maximumWindowInMinutes", [1, 1440], [0, 1441, 1.5, NUMBER_REFERENCE], wholeNumber(1, 1440)],
    ["maximumRetryAttempts", [0, 185], [-1, 186], wholeNumber(0, 185)],
    ["maximumEventAgeInSeconds", [60, 86_400], [59, 86_401], wholeNumber(60, 86_400)],
    [
      "deadLetterQueueArn",
      [QUEUE, REFERENCE],
      [`${QUEUE}.fifo`, "failed", QUEUE.replace("sqs", "sns"), ""],
      "use the ARN of a standard queue: arn:aws:sqs:REGION:ACCOUNT:NAME",
    ],
    ["enabled", [true, false], ["no", 0], "use true or false"],
    [
      "startDate",
      ["2030-01-31T08:00:00Z", "2030-01-31T08:00:00+01:00"],
      ["2030-02-30T08:00:00Z", "2030-01-31", REFERENCE],
      'use a time like "2030-01-31T08:00:00Z" or "2030-01-31T08:00:00+01:00"',
    ],
  ]);

  test("begins before it ends, in whatever time zone the two are written", () => {
    const dates = { startDate: "2030-01-31T08:00:00Z", endDate: "2030-01-31T08:30:00+01:00" };
    expect(lines(jobSchedule, { ...VALID, ...dates })).toEqual([
      "it: startDate 2030-01-31T08:00:00Z is not before endDate 2030-01-31T08:30:00+01:00; swap or correct them",
    ]);
    expect(lines(jobSchedule, { ...VALID, ...dates, endDate: "2030-01-31T09:30:00+01:00" })).toEqual([]);
  });

  test("has no dates if it is once: the scheduler ignores them", () => {
    const once = { expression: "at(2030-01-31T08:00:00)", startDate: "2030-01-31T08:00:00Z" };
    expect(lines(jobSchedule, once)).toEqual([
      "it: startDate and endDate are for what recurs; remove them, or use cron(…) or rate(…)",
    ]);
  });
});
