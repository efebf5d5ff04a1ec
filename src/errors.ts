import { inspect, types } from "node:util";

/**
 * Input that cannot be deployed. Each line of the message names the thing, the value and the way out; the message is
 * printed as it is, without a stack trace.
 */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";

  /** @param message one or more lines, in which every character is made `visible` */
  constructor(message: string, options?: ErrorOptions) {
    super(message.split("\n").map(visible).join("\n"), options);
  }
}

/**
 * A value as a message shows it: quoted, on one line, at most 80 characters. Of a list or an object, no values are
 * shown: they may be secret.
 */
export function quote(value: unknown): string {
  const characters = Array.from(visible(shown(value).slice(0, 1000)));
  if (characters.length <= 80) return characters.join("");
  return typeof value === "string" ? `${characters.slice(0, 76).join("")}…"` : `${characters.slice(0, 79).join("")}…`;
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 1000));
  if (typeof value !== "object" || value === null) return inspect(value);
  if (Array.isArray(value)) return value.length > 0 ? "[ … ]" : "[]";
  const names = types.isProxy(value) ? [] : Object.keys(value).slice(0, 100);
  return names.length > 0 ? `{ ${names.map((name) => `${masked(name)}: …`).join(", ")} }` : "{}";
}

/** A name without what stands after "=", which may be a secret in the wrong place. */
export function masked(name: string): string {
  return name.replace(/=.*/s, "=…");
}

/**
 * Text on one line that looks like what it is: what a terminal would obey (control characters, line breaks) and what
 * would not be seen or would reorder the rest (marks for right-to-left text, zero-width characters) is escaped.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}

const UNSEEN = /[\p{Control}\p{Format}\p{Surrogate}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** `256, 512 or 1024` */
export function alternatives(values: readonly (string | number)[]): string {
  if (values.length < 2) return values.join("");
  return `${values.slice(0, -1).join(", ")} or ${String(values.at(-1))}`;
}
