import { InvalidInputError } from "../../src/errors";

/** What `action` returns, or the error with which it rejects its input. A bug is neither, and is thrown. */
export function outcomeOf<T>(action: () => T): T | InvalidInputError {
  try {
    return action();
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
    throw error;
  }
}

/**
 * The error with which `action` rejects its input.
 * @throws Error if `action` accepts its input, and whatever else `action` throws
 */
export function refusal(action: () => unknown): InvalidInputError {
  const outcome = outcomeOf(action);
  if (outcome instanceof InvalidInputError) return outcome;
  throw new Error("the input was accepted");
}

/**
 * The whole message with which `action` rejects its input. Jest's `toThrow("text")` takes a part of the message for
 * the whole, and any error for ours. Fails if the message is more than a line.
 */
export function rejection(action: () => unknown): string {
  const { message } = refusal(action);
  expect(message).toMatch(ONE_LINE);
  return message;
}

/** The lines with which `action` rejects its input. */
export function rejections(action: () => unknown): string[] {
  return linesOf(refusal(action));
}

/** The lines of a rejection. */
export function linesOf({ message }: InvalidInputError): string[] {
  return message.split("\n");
}

/** One line that says something: no line break of any kind, no control character, none that is not seen. */
export const ONE_LINE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]+$/u;

/** What the compiler would refuse, and a spread or a cast gets past it. */
export function uncompiled(value: unknown): never {
  return value as never;
}
