import { quote } from "../errors";
import { isToken, leaf, literal, pattern } from "./leaves";

/** The values of a field of a cron expression. */
interface Field {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Names that stand for the numbers from `minimum` on. */
  readonly names?: readonly string[];
  /** What else one entry of the field may be. */
  readonly more?: RegExp;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/events/ScheduledEvents.html#CronExpressions */
const FIELDS: readonly Field[] = [
  { name: "minutes", minimum: 0, maximum: 59 },
  { name: "hours", minimum: 0, maximum: 23 },
  { name: "day of month", minimum: 1, maximum: 31, more: /^(\?|L|LW|([1-9]|[12][0-9]|3[01])W)$/ },
  { name: "month", minimum: 1, maximum: 12, names: MONTHS },
  { name: "day of week", minimum: 1, maximum: 7, names: DAYS, more: /^(\?|L|([1-7]|[A-Z]{3})(L|#[1-5]))$/ },
  { name: "year", minimum: 1970, maximum: 2199 },
];

const FORMS = 'use "cron(0 8 ? * MON-FRI *)", "rate(1 hour)" or "at(2030-01-31T08:00:00)"';

/**
 * When something happens: `cron(minutes hours day-of-month month day-of-week year)`, `rate(value unit)`, or once,
 * `at(yyyy-mm-ddThh:mm:ss)`.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export const schedule = leaf<string>((value) => {
  if (isToken(value)) return `is a reference, whose value only Terraform knows; ${FORMS}`;
  if (typeof value !== "string")
    return `${value === undefined ? "is missing" : `${quote(value)} is not valid`}; ${FORMS}`;
  const [, kind, inner = ""] = /^(cron|rate|at)\((.*)\)$/.exec(value) ?? [];
  const fault = kind === undefined ? FORMS : faultOf(kind, inner);
  return fault === undefined ? undefined : `${quote(value)} is not valid; ${fault}`;
});

function faultOf(kind: string, inner: string): string | undefined {
  if (kind === "cron") return cronFault(inner);
  if (kind === "rate") {
    return /^(1 (minute|hour|day)|([2-9]|[1-9][0-9]{1,5}) (minutes|hours|days))$/.test(inner)
      ? undefined
      : 'use a rate like "rate(1 hour)" or "rate(5 minutes)"';
  }
  return isTime(`${inner}Z`) ? undefined : 'use a time like "at(2030-01-31T08:00:00)", without a time zone';
}

function cronFault(inner: string): string | undefined {
  const parts = inner.split(" ");
  if (parts.length !== FIELDS.length) {
    return "cron has 6 fields with single spaces between them: minutes, hours, day of month, month, day of week, year";
  }
  const wrong = FIELDS.findIndex(
    (field, index) => !(parts[index] ?? "").split(",").every((entry) => fits(entry, field)),
  );
  const field = FIELDS[wrong];
  if (field) return `${field.name} ${quote(parts[wrong])} is not one that AWS knows`;
  return (parts[2] === "?") === (parts[4] === "?")
    ? 'exactly one of day of month and day of week must be "?"'
    : undefined;
}

/** Whether an entry is `*`, a value, a range of values, or one of these with a step. */
function fits(entry: string, field: Field): boolean {
  if (field.more?.test(entry)) return /^[A-Z]{3}[L#]/.test(entry) ? DAYS.includes(entry.slice(0, 3)) : true;
  const [range = "", step, ...more] = entry.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9][0-9]{0,2}$/.test(step))) return false;
  if (range === "*") return true;
  const ends = range.split("-");
  return ends.length <= 2 && ends.every((end) => isValue(end, field));
}

function isValue(text: string, { minimum, maximum, names = [] }: Field): boolean {
  return names.includes(text) || (/^[0-9]{1,4}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum);
}

/** Whether a time exists: 30 February does not. */
function isTime(text: string): boolean {
  const [, local] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  if (local === undefined || Number.isNaN(Date.parse(text))) return false;
  return new Date(`${local}Z`).toISOString().startsWith(local);
}

/** A point in time, with its distance from UTC. */
export const instant = literal({
  accepts: isTime,
  hint: 'use a time like "2030-01-31T08:00:00Z" or "2030-01-31T08:00:00+01:00"',
});

/** A time zone of the IANA database. */
export const timezone = literal({
  accepts: (name) => pattern(/^[A-Z][\w+-]*(\/[\w+-]+)*$/, "").accepts(name) && isTimezone(name),
  hint: 'use the name of a time zone, like "Europe/Berlin" or "UTC"',
});

function isTimezone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
