import { instant, schedule, timezone } from "../../src/model/schedule";
import { object } from "../../src/model/leaves";
import { quote } from "../../src/errors";
import { NUMBER_REFERENCE, REFERENCE, describeProperties, lines } from "../support/problems";

const schema = object({ schedule });
const linesOf = (value: unknown): string[] => lines(schema, { schedule: value });

const FORMS = 'use "cron(0 8 ? * MON-FRI *)", "rate(1 hour)" or "at(2030-01-31T08:00:00)"';

describe("a schedule", () => {
  test.each([
    "cron(0 8 ? * MON-FRI *)",
    "cron(0/5 * ? * * *)",
    "cron(30 6 1,15 JAN,JUN-AUG ? 2030-2040)",
    "cron(0 0 L * ? *)",
    "cron(0 0 15W,LW * ? *)",
    "cron(0 0 ? * 6#3 *)",
    "cron(0 0 ? * FRI#1,MONL *)",
    "cron(0-30/10 */2 ? */3 2-6 *)",
    "rate(1 minute)",
    "rate(12 hours)",
    "rate(10 days)",
    "at(2030-01-31T08:00:00)",
  ])("may be %s", (value) => expect(linesOf(value)).toEqual([]));

  test.each([
    ["0 8 * * *", FORMS],
    ["", FORMS],
    ["every(1 hour)", FORMS],
    ["cron(0 8 ? * MON-FRI *) ", FORMS],
    ["rate(1 hours)", 'use a rate like "rate(1 hour)" or "rate(5 minutes)"'],
    ["rate(5 minute)", 'use a rate like "rate(1 hour)" or "rate(5 minutes)"'],
    ["rate(0 days)", 'use a rate like "rate(1 hour)" or "rate(5 minutes)"'],
    ["rate(1 week)", 'use a rate like "rate(1 hour)" or "rate(5 minutes)"'],
    ["at(2030-02-30T08:00:00)", 'use a time like "at(2030-01-31T08:00:00)", without a time zone'],
    ["at(2030-01-31T08:00:00Z)", 'use a time like "at(2030-01-31T08:00:00)", without a time zone'],
    ["at(2030-01-31)", 'use a time like "at(2030-01-31T08:00:00)", without a time zone'],
    [
      "cron(0 8 * * *)",
      "cron has 6 fields with single spaces between them: minutes, hours, day of month, month, day of week, year",
    ],
    ["cron(60 8 ? * * *)", 'minutes "60" is not one that AWS knows'],
    ["cron(0 24 ? * * *)", 'hours "24" is not one that AWS knows'],
    ["cron(0 8 32 * ? *)", 'day of month "32" is not one that AWS knows'],
    ["cron(0 8 0W * ? *)", 'day of month "0W" is not one that AWS knows'],
    ["cron(0 8 ? 13 * *)", 'month "13" is not one that AWS knows'],
    ["cron(0 8 ? * 0 *)", 'day of week "0" is not one that AWS knows'],
    ["cron(0 8 ? * mon *)", 'day of week "mon" is not one that AWS knows'],
    ["cron(0 8 ? * MON#6 *)", 'day of week "MON#6" is not one that AWS knows'],
    ["cron(0 8 ? * ABC#1 *)", 'day of week "ABC#1" is not one that AWS knows'],
    ["cron(0 8 ? * * 1969)", 'year "1969" is not one that AWS knows'],
    ["cron(0/0 8 ? * * *)", 'minutes "0/0" is not one that AWS knows'],
    ["cron(1-2-3 8 ? * * *)", 'minutes "1-2-3" is not one that AWS knows'],
    ["cron(0 8 * * * *)", 'exactly one of day of month and day of week must be "?"'],
    ["cron(0 8 ? * ? *)", 'exactly one of day of month and day of week must be "?"'],
  ])("may not be %j", (value, wayOut) =>
    expect(linesOf(value)).toEqual([`it: schedule ${quote(value)} is not valid; ${wayOut}`]),
  );

  test("is text that is known here", () => {
    expect(linesOf(undefined)).toEqual([`it: schedule is missing; ${FORMS}`]);
    expect(linesOf(5)).toEqual([`it: schedule 5 is not valid; ${FORMS}`]);
    expect(linesOf(REFERENCE)).toEqual([`it: schedule is a reference, whose value only Terraform knows; ${FORMS}`]);
  });
});

describeProperties(object({ timezone, instant }), { timezone: "UTC", instant: "2030-01-31T08:00:00Z" }, [
  [
    "timezone",
    ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Etc/GMT+9"],
    ["", "Berlin", "europe/berlin", "Europe/", "+01:00", "Europe/Berlin\n", REFERENCE],
    'use the name of a time zone, like "Europe/Berlin" or "UTC"',
  ],
  [
    "instant",
    ["2030-01-31T08:00:00Z", "2030-01-31T08:00:00+01:00", "2028-02-29T00:00:00-11:30"],
    ["2030-01-31", "2030-01-31T08:00:00", "2030-02-30T00:00:00Z", "2030-01-31T25:00:00Z", NUMBER_REFERENCE, REFERENCE],
    'use a time like "2030-01-31T08:00:00Z" or "2030-01-31T08:00:00+01:00"',
  ],
]);
