import { inspect } from "node:util";

/**
 * Input that cannot be deployed. The message is one line that names the thing, the value and the way out;
 * it is printed as it is, without a stack trace.
 */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";
}

/**
 * Runs `action` and puts `context` in front of the message of an `InvalidInputError` that it throws,
 * so that a check deep inside need not know which service or environment it works for.
 */
export function inContext<T>(context: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof InvalidInputError) throw new InvalidInputError(`${context}: ${error.message}`);
    throw error;
  }
}

/** `a value` as it reads in a message: quoted, on one line, not longer than 80 characters. */
export function quote(value: unknown): string {
  const text = typeof value === "string" || typeof value === "object" ? JSON.stringify(value) : inspect(value);
  const characters = Array.from(text.replace(BREAKS_OR_CONTROLS, unicodeEscape));
  return characters.length > 80 ? `${characters.slice(0, 76).join("")}…"` : characters.join("");
}

/** JSON leaves some of them as they are: those that a terminal obeys, and the line breaks of Unicode. */
const BREAKS_OR_CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** `256, 512 or 1024` */
export function alternatives(values: readonly (string | number)[]): string {
  if (values.length < 2) return values.join("");
  return `${values.slice(0, -1).join(", ")} or ${String(values.at(-1))}`;
}

/**
 * Rejects a property that the type does not have, and what is no object. The compiler does so too, but a spread or a
 * cast gets past it, and the AWS provider drops an unknown key of a container definition without a word.
 *
 * @param known an object with one key for each property of `T`: `{ name: true, … } satisfies PropertiesOf<T>`
 * @throws InvalidInputError `unknown property "comand"; known are command, cpu, …`
 */
export function rejectUnknownProperties(value: unknown, known: Readonly<Record<string, true>>): void {
  if (!isObject(value)) {
    throw new InvalidInputError(
      `${quote(value)} is not an object; its properties are ${Object.keys(known).join(", ")}`,
    );
  }
  for (const property of Object.keys(value)) {
    if (!Object.hasOwn(known, property)) {
      throw new InvalidInputError(`unknown property ${quote(property)}; known are ${Object.keys(known).join(", ")}`);
    }
  }
}

/**
 * Checks that a value is an object. Never shows the value: a secret may be part of it.
 * @throws InvalidInputError naming the property
 */
export function checkObject(property: string, value: unknown): void {
  if (!isObject(value)) rejectShape(property, value, "an object", "{ … }");
}

/**
 * Checks that a value is a list. Never shows the value.
 * @throws InvalidInputError naming the property
 */
export function checkList(property: string, value: unknown): void {
  if (!Array.isArray(value)) rejectShape(property, value, "a list", "[ … ]");
}

function rejectShape(property: string, value: unknown, expected: string, form: string): never {
  const fault = value === undefined ? "missing" : `not ${expected}`;
  throw new InvalidInputError(`${property} is ${fault}; write it as ${form}`);
}

/** Whether a value has properties by name: neither `null` nor a list has. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One entry for each property of `T`, checked by the compiler: a property added to `T` must be added here. */
export type PropertiesOf<T> = Readonly<Record<keyof Required<T>, true>>;
