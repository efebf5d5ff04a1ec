import { Fn, Lazy } from "cdktf";

import { isToken } from "../model/leaves";

/**
 * JSON of plain data and string tokens, for Terraform to pass on: `${` and `%{` in literals stay text, and Terraform
 * encodes what `withReferences` has marked.
 */
export function terraformJson(value: unknown): string {
  const json = JSON.stringify(value, (_key, member: unknown) =>
    isRecord(member) ? escapeKeys(member) : escape(member),
  );
  return json.replace(MARKED, (_marked, text: string) =>
    // A value that is only a reference may be a number in Terraform, but must reach ECS as text.
    Fn.jsonencode(REFERENCE.test(text) ? Fn.tostring(text) : asHcl(text)),
  );
}

/** A text that is a reference and nothing else. */
const REFERENCE = /^\$\{TfToken\[[\w:.-]+\]\}$/;

/**
 * Turns text that is escaped as JSON into the inside of an HCL string. HCL does not support `\b` and `\f`, and no `$`
 * or `%` of the text may begin an interpolation or a directive; the rest is the same.
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

/** What a user's text with a reference becomes: "\u0000${TfToken[…]}\u0000". A user's own text has no NUL. */
const MARKED = /"\\u0000((?:[^"\\]|\\.)*?TfToken\[(?:[^"\\]|\\.)*?)\\u0000"/g;

/**
 * A user's values, with every text marked that contains a reference. The value behind it may contain quotes or line
 * breaks, which would break the JSON around it: so `"value":"${aws_x.y}"` becomes
 * `"value":${jsonencode(tostring(aws_x.y))}`.
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
 * A token of its own, to hide `${` from CDKTF. In `{"A":"$${B","image":"<reference>"}` CDKTF takes everything from `${`
 * to the next `}` for one interpolation and writes the reference as `data.x.y`. With this token it writes
 * `${data.x.y}`.
 */
const OPENING = Lazy.stringValue({ produce: () => "$${" });

function escape<T>(value: T): T | string {
  if (typeof value !== "string" || (value.startsWith("\u0000") && isToken(value))) return value;
  return value.replace(/\$\{(?!TfToken\[[\w:.-]+\]\})|%\{/g, (opening) => (opening === "${" ? OPENING : "%%{"));
}
