import fc from "fast-check";

import { InvalidInputError } from "../../src/errors";
import { anyConfig } from "../support/any-config";
import { ONE_LINE, linesOf, outcomeOf } from "../support/rejection";
import { synthesized } from "../support/synthesis";

test("any config becomes JSON, or is rejected in clear lines; it is never changed", () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const outcome = outcomeOf(() => synthesized(frozen(config)));
      if (outcome instanceof InvalidInputError) linesOf(outcome).forEach((line) => expect(line).toMatch(ONE_LINE));
      else outcome.forEach((text) => expect(JSON.parse(text)).toBeInstanceOf(Object));
    }),
    { numRuns: 150 },
  );
});

/** The same value, whose change would be an error. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
