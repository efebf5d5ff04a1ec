import fc from "fast-check";

import type { Config } from "../../src/config";
import { InvalidInputError } from "../../src/errors";
import { anyConfig } from "../support/any-config";
import { ONE_LINE } from "../support/rejection";
import { synthesized } from "../support/synthesis";

test("any config becomes JSON, or is rejected in clear lines; it is never changed", () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const outcome = outcomeOf(frozen(config));
      if (typeof outcome === "string") outcome.split("\n").forEach((line) => expect(line).toMatch(ONE_LINE));
      else outcome.forEach((text) => expect(JSON.parse(text)).toBeInstanceOf(Object));
    }),
    { numRuns: 150 },
  );
});

/** The files that are written, or the message that says why not. A bug is neither, and is thrown. */
function outcomeOf(config: Config): ReadonlyMap<string, string> | string {
  try {
    return synthesized(config);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
}

/** The same value, whose change would be an error. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
