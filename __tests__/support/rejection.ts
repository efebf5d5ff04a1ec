import { InvalidInputError } from "../../src/errors";

/**
 * The whole message with which `action` rejects its input. Jest's `toThrow("text")` takes a part of the message for
 * the whole, and any error for ours. Fails if the message is more than a line.
 * @throws Error if `action` accepts its input, and whatever else `action` throws
 */
export function rejection(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    expect(error.message).toMatch(ONE_LINE);
    return error.message;
  }
  throw new Error("the input was accepted");
}

/** The lines with which `action` rejects its input. */
export function rejections(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message.split("\n");
    throw error;
  }
  throw new Error("the input was accepted");
}

/** One line that says something: no line break of any kind, no control character, none that is not seen. */
export const ONE_LINE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]+$/u;

/** What the compiler would refuse, and a spread or a cast gets past it. */
export function uncompiled(value: unknown): never {
  return value as never;
}
