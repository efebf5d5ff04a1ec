import { Fn, Lazy } from "cdktf";

import { isToken } from "../model/leaves";

/**
 * JSON of plain data and string tokens, for Terraform to hand on: `${` and `%{` in literals stay text, and what
 * `withReferences` marked is encoded when Terraform knows it.
 */
export function terraformJson(value: unknown): string {
  const json = JSON.stringify(value, (_key, member: unknown) =>
    isRecord(member) ? escapeKeys(member) : escape(member),
  );
  return json.replace(MARKED, (_marked, text: string) =>
    // A reference alone may be to a number, which would reach ECS as one.
    Fn.jsonencode(REFERENCE.test(text) ? Fn.tostring(text) : asHcl(text)),
  );
}

/** A text that is a reference and nothing else. */
const REFERENCE = /^\$\{TfToken\[[\w:.-]+\]\}$/;

/**
 * Text that is escaped as JSON, as Terraform reads it between quotes: the same, but Terraform has neither `\b` nor `\f`, and
 * no `$` or `%` of the text may begin anything.
 */
function asHcl(json: string): string {
  return json.replace(/\\.|\$(?!\{TfToken\[[\w:.-]+\]\})|%(?=\{)/g, (found) => HCL_ESCAPES[found] ?? found);
}

const HCL_ESCAPES: Readonly<Record<string, string>> = {
  "\\b": "\\u0008",
  "\\f": "\\u000c",
  $: "\\u0024",
  "%": "\\u0025",
};

/** A text that only a user's value with a reference gets, since none has a NUL: "\u0000${TfToken[…]}\u0000". */
const MARKED = /"\\u0000((?:[^"\\]|\\.)*?TfToken\[(?:[^"\\]|\\.)*?)\\u0000"/g;

/**
 * A user's values, with each text marked that has a reference in it. The referenced value may hold quotes or line
 * breaks, which would end the JSON around it: `"value":"${aws_x.y}"` becomes `"value":${jsonencode(tostring(aws_x.y))}`.
 */
export function withReferences<T>(value: T): T {
  if (typeof value === "string") return (isToken(value) ? `\u0000${value}\u0000` : value) as T;
  if (Array.isArray(value)) return value.map(withReferences) as T;
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withReferences(member)])) as T;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escapeKeys(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [escape(key), value]));
}

/**
 * A token of its own: CDKTF takes a `${` that it sees for an interpolation and writes every reference before the next
 * `}` without its braces, as if it stood inside.
 */
const OPENING = Lazy.stringValue({ produce: () => "$${" });

function escape<T>(value: T): T | string {
  if (typeof value !== "string" || (value.startsWith("\u0000") && isToken(value))) return value;
  return value.replace(/\$\{(?!TfToken\[[\w:.-]+\]\})|%\{/g, (opening) => (opening === "${" ? OPENING : "%%{"));
}
