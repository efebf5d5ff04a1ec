import { Token } from "cdktf";
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";

import { alternatives, masked, quote } from "../errors";
import type { Rule } from "../image";

/**
 * Whether only Terraform knows a value, so that it cannot be checked here. An entry of a list can be such a value too.
 */
export function isToken(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && Token.isUnresolved([value]));
}

/** How CDKTF writes a list that only Terraform knows: as one entry of a list. */
function isListToken(value: unknown): boolean {
  return isToken(value) && !Token.isUnresolved(value);
}

/** A value with a check. `fault` says what is wrong, in words that follow the name of the property. */
export function leaf<T>(fault: (value: unknown) => string | undefined): z.ZodType<T, T> {
  return z.custom<T>((value) => fault(value) === undefined, { error: ({ input }) => fault(input), abort: true });
}

function accepted<T>(accepts: (value: unknown) => boolean, hint: string): z.ZodType<T, T> {
  return leaf((value) => {
    if (accepts(value)) return undefined;
    if (isToken(value)) return `is a reference, whose value only Terraform knows; ${hint}`;
    if (typeof value === "object" && value !== null)
      return `is ${Array.isArray(value) ? "a list" : "an object"}; ${hint}`;
    return value === undefined ? `is missing; ${hint}` : `${quote(value)} is not valid; ${hint}`;
  });
}

/** What a regular expression accepts. */
export function pattern(expression: RegExp, hint: string): Rule {
  return { accepts: (text) => expression.test(text), hint };
}

/** Text that follows a rule, known at synth. */
export function literal({ accepts, hint }: Rule): z.ZodType<string, string> {
  return accepted((value) => typeof value === "string" && !isToken(value) && accepts(value), hint);
}

/**
 * Text that follows a rule and becomes the name of a property of an object that CDKTF gets: it would lose `__proto__`,
 * and treats what has `_children` as a construct.
 */
export function propertyName(rule: Rule): z.ZodType<string, string> {
  return literal(rule).refine((name) => name !== "__proto__" && name !== "_children", {
    error: ({ input }) => `${quote(input)} has a special meaning in JavaScript or CDKTF; rename it`,
  });
}

/** Text that follows a rule, or a reference to something that only Terraform knows. */
export function reference({ accepts, hint }: Rule): z.ZodType<string, string> {
  return accepted((value) => typeof value === "string" && (isToken(value) || accepts(value)), hint);
}

/** A whole number in a range, both ends included. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): z.ZodType<number, number> {
  return accepted(
    (value) => isWholeNumber(value, minimum, maximum),
    `use a whole number from ${String(minimum)} to ${String(maximum)}`,
  );
}

/** A number in a range, with up to 4 decimal places. */
export function decimal(minimum: number, maximum: number): z.ZodType<number, number> {
  return accepted(
    (value) => typeof value === "number" && value >= minimum && value <= maximum && Number(value.toFixed(4)) === value,
    `use a number from ${String(minimum)} to ${String(maximum)}, with at most 4 decimal places`,
  );
}

/** A whole number in a range, or a word in its place. */
export function wholeNumberOr<T extends string>(word: T, minimum: number, maximum: number) {
  return accepted<number | T>(
    (value) => value === word || isWholeNumber(value, minimum, maximum),
    `use a whole number from ${String(minimum)} to ${String(maximum)}, or ${quote(word)}`,
  );
}

function isWholeNumber(value: unknown, minimum: number, maximum: number): boolean {
  return Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
}

/** One of a few words or numbers. */
export function oneOf<T extends string | number>(...values: readonly T[]): z.ZodType<T, T> {
  return accepted((value) => (values as readonly unknown[]).includes(value), `choose ${alternatives(values)}`);
}

/** A boolean. Text is rejected, because "false" would count as true. */
export const flag: z.ZodType<boolean, boolean> = accepted((value) => typeof value === "boolean", "use true or false");

/** A function that the user writes. */
export function code<T>(): z.ZodType<T, T> {
  return leaf((value) =>
    typeof value === "function" ? undefined : "is not a function; write it as (service) => { … }",
  );
}

/** What a list must look like. */
interface ListRule {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly unique?: boolean;
  /** Whether it may be a reference to a list that only Terraform knows. @default false */
  readonly reference?: boolean;
}

/** A list of entries that follow a schema. */
export function list<T extends z.ZodType>(entry: T, rule: ListRule = {}) {
  const { minimum = 0, maximum = Infinity, unique = false, reference = false } = rule;
  return z
    .array(entry, { error: shapeFault("a list", "[ … ]") })
    .superRefine((entries, context) => {
      const repeated = unique ? entries.find((value, index) => entries.indexOf(value) !== index) : undefined;
      if (entries.some(isListToken) && (!reference || entries.length > 1)) {
        context.addIssue("has a reference to a list; write its entries one by one");
      } else if (entries.length < minimum || entries.length > maximum) {
        const range = maximum === Infinity ? `at least ${String(minimum)}` : `${String(minimum)} to ${String(maximum)}`;
        context.addIssue(`has ${String(entries.length)} entries; give ${range}`);
      } else if (repeated !== undefined) context.addIssue(`has ${quote(repeated)} twice; remove one`);
    })
    .readonly();
}

/**
 * An object with these properties and no others: the provider silently drops unknown keys of a container.
 * @param elsewhere why some do not belong here, by name; it comes after "which"
 */
export function object<T extends z.ZodRawShape>(
  shape: T,
  elsewhere: Readonly<Record<string, string>> = {},
): z.ZodObject<T, z.core.$strict> {
  const fault = shapeFault("an object", "{ … }");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? unknownProperties(issue.keys, shape, elsewhere) : fault(issue),
  });
}

/** Those properties of a value that the shape has. */
export function pick<T extends z.ZodRawShape>(shape: T, value: z.input<z.ZodObject<T>>): z.input<z.ZodObject<T>> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(shape, name))) as z.input<
    z.ZodObject<T>
  >;
}

/** Values by names that the user chooses. `name` words the problem of a bad name itself. */
export function record<T extends z.ZodType>(name: z.ZodType<string, string>, value: T) {
  type Written = Record<string, z.input<T>>;
  const fault = shapeFault("an object", "{ … }");
  return leaf<Written>((input) => {
    if (typeof input !== "object" || input === null || Array.isArray(input)) return fault({ input });
    if (Token.isUnresolved(input)) return "is a reference to a map; write it as { … }";
    if (Object.keys(input).some(isToken)) return "has a reference for a name; write each name as text";
    // Zod would silently leave it out.
    return Object.hasOwn(input, "__proto__")
      ? 'has the name "__proto__", which has a special meaning in JavaScript; rename it'
      : undefined;
  }).pipe(z.record(name, value) as z.ZodType as z.ZodType<Record<string, z.output<T>>, Written>);
}

/** Never shows the value: it may contain a secret. */
function shapeFault(expected: string, form: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => `is ${input === undefined ? "missing" : `not ${expected}`}; write it as ${form}`;
}

function unknownProperties(
  keys: readonly string[],
  shape: z.ZodRawShape,
  elsewhere: Readonly<Record<string, string>>,
): string {
  const known = Object.keys(shape);
  return keys
    .map((key) => {
      const why = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
      if (why !== undefined) return `unknown property ${quote(key)}, which ${why}`;
      const nearest = closest(key, known);
      const isTypo = distance(key, nearest) <= Math.max(2, key.length / 3);
      return `unknown property ${quote(masked(key))}; ${isTypo ? `did you mean ${quote(nearest)}?` : `choose ${alternatives(known)}`}`;
    })
    .join("\n");
}
