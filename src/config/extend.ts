import { types } from "node:util";

import { InvalidInputError, quote } from "../errors";

/**
 * Runs the function that a service or a job is extended with.
 *
 * @param owner `service "shop"`
 * @throws InvalidInputError that names the owner and the environment: for a promise that it returns, since the stack
 * is written before that is kept; and for whatever it throws, which becomes the `cause`. Below what it throws of its own
 * stand the lines of the stack trace that lead into it.
 */
export function runExtend<T>(
  extend: (pinned: T, environment: string) => unknown,
  pinned: T,
  owner: string,
  environment: string,
): void {
  const context = `${owner} in ${quote(environment)}`;
  let returned: unknown;
  try {
    returned = extend(pinned, environment);
  } catch (error) {
    throw failure(context, error);
  }
  if (!types.isPromise(returned)) return;
  throw new InvalidInputError(
    `${context}: extend returns a promise, and what it adds later would be lost; write it without async`,
  );
}

function failure(context: string, error: unknown): InvalidInputError {
  const lines =
    error instanceof InvalidInputError
      ? error.message.split("\n").map((line) => `${context}: extend: ${line}`)
      : [`${context}: extend failed: ${messageOf(error)}`, ...traceOf(error)];
  return new InvalidInputError(lines.join("\n"), { cause: error });
}

function messageOf(error: unknown): string {
  if (!types.isNativeError(error)) return `it threw ${quote(error)}`;
  return error.message.trim().replace(/\s*\n\s*/g, " ");
}

/** Where an error arose in code that was called from here: the lines of its stack trace, down to this file. */
function traceOf(error: unknown): string[] {
  const lines = types.isNativeError(error) ? String(error.stack).split("\n") : [];
  const calls = lines.filter((line) => /^\s+at /.test(line));
  const own = calls.findIndex((line) => line.includes(__filename));
  return own < 0 ? calls : calls.slice(0, own);
}
