import { inspect } from "node:util";

/**
 * Input that cannot be deployed. Each line of the message names the thing, the value and the way out; the message is
 * printed as it is, without a stack trace.
 */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";
}

/** A value as a message shows it: quoted, on one line, at most 80 characters. */
export function quote(value: unknown): string {
  const text = typeof value === "string" || typeof value === "object" ? json(value) : inspect(value);
  const characters = Array.from(text.replace(BREAKS_OR_CONTROLS, unicodeEscape));
  return characters.length > 80 ? `${characters.slice(0, 76).join("")}…"` : characters.join("");
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return inspect(value, { depth: 0, compact: true, breakLength: Infinity }); // a construct, say, which refers to itself
  }
}

/** Control characters that a terminal would obey, and Unicode line breaks; JSON leaves some of them unescaped. */
const BREAKS_OR_CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** `256, 512 or 1024` */
export function alternatives(values: readonly (string | number)[]): string {
  if (values.length < 2) return values.join("");
  return `${values.slice(0, -1).join(", ")} or ${String(values.at(-1))}`;
}
