import { Fn, Lazy } from "cdktf";

import { isToken } from "../../model/leaves";

/**
 * JSON of plain data and string tokens, for Terraform to hand on: `${` and `%{` in literals stay text, and what
 * `withReferences` marked is encoded when Terraform knows it.
 */
export function terraformJson(value: unknown): string {
  const json = JSON.stringify(value, (_key, member: unknown) =>
    isRecord(member) ? escapeKeys(member) : escape(member),
  );
  // What stands between the marks is escaped as JSON, and so as HCL, which reads `jsonencode("…")`.
  return json.replace(MARKED, (_marked, text: string) => Fn.jsonencode(text));
}

/** A text that only a user's value with a reference gets: "\u0000${TfToken[…]}\u0000". */
const MARKED = /"\\u0000((?:[^"\\]|\\.)*?TfToken\[(?:[^"\\]|\\.)*?)\\u0000"/g;

/**
 * A user's values, with each text marked that has a reference in it. The referenced value may hold quotes or line
 * breaks, which would end the JSON around it: `"value":"${aws_x.y}"` becomes `"value":${jsonencode(aws_x.y)}`.
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
  if (typeof value !== "string" || isToken(value)) return value;
  return value.replace(/[$%]\{/g, (opening) => (opening === "${" ? OPENING : "%%{"));
}
