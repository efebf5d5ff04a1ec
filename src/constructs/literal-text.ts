import { Lazy } from "cdktf";

import { InvalidInputError } from "../errors";
import { isToken } from "./aws-names";

/**
 * Checks that Terraform hands a text on as it is. Terraform keeps every string as UTF-8 in Unicode normal form C, so a
 * text that is not would arrive changed. Container definitions travel as JSON, where a control character or one of
 * `<>&` may be written as an escape that ends in a letter; a combining mark after it would melt into that letter.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 * @throws InvalidInputError naming what the text is for, never the text
 */
export function checkText(what: string, text: string): void {
  if (typeof text !== "string") {
    throw new InvalidInputError(`${what} is not text; write it in quotes`);
  }
  if (isToken(text)) return;
  if (/\p{Surrogate}/u.test(text)) {
    throw new InvalidInputError(`${what} holds half of a surrogate pair, which no UTF-8 text can; remove it`);
  }
  if (text !== text.normalize("NFC")) {
    throw new InvalidInputError(
      `${what} is not in Unicode normal form C, and Terraform would change it; write it as text.normalize("NFC")`,
    );
  }
  if (/[\p{Cc}<>&\u2028\u2029]\p{M}/u.test(text)) {
    throw new InvalidInputError(
      `${what} holds a combining mark after a control character or one of "<>&", and Terraform would change it; remove it`,
    );
  }
}

/** JSON of plain data and string tokens, for Terraform to hand on: `${` and `%{` in literals stay text. */
export function terraformJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isRecord(member) ? escapeKeys(member) : escape(member)));
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
