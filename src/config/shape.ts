import { InvalidInputError, isObject } from "../errors";

/**
 * Checks that a value is an object. The compiler does so too, but a spread or a cast gets past it. Never shows the
 * value: a secret may be part of it.
 * @throws InvalidInputError naming the property
 */
export function checkObject(property: string, value: unknown): void {
  if (!isObject(value)) reject(property, value, "an object", "{ … }");
}

/**
 * Checks that a value is a list.
 * @throws InvalidInputError naming the property
 */
export function checkList(property: string, value: unknown): void {
  if (!Array.isArray(value)) reject(property, value, "a list", "[ … ]");
}

function reject(property: string, value: unknown, expected: string, form: string): never {
  const fault = value === undefined ? "missing" : `not ${expected}`;
  throw new InvalidInputError(`${property} is ${fault}; write it as ${form}`);
}
