import fc from "fast-check";

import { InvalidInputError } from "../../src/errors";
import { HOSTILE, SECRET } from "../support/hostile-values";
import { anyMutatedConfig, mutated } from "../support/mutated-config";
import { ONE_LINE, linesOf, outcomeOf } from "../support/rejection";
import { synthesized } from "../support/synthesis";

/** What it is about, or a line of the stack trace into an `extend` that failed. */
const BEGINNING =
  /^((service|job|environment|registry)|two (services|jobs|environments|stacks) |… and \d+ more$| +at )/;

function expectClear(lines: readonly string[]): void {
  for (const line of lines) {
    expect(line).toMatch(ONE_LINE);
    expect(line).toMatch(BEGINNING);
    expect(line).not.toContain("[object Object]");
    expect(line.replace(/extend failed: .*/, "")).not.toContain(SECRET);
    expect(line.length).toBeLessThan(3000);
  }
}

test.each(["shipped", "everything"] as const)("the config %s, with secrets in it, is valid", (base) =>
  expect(outcomeOf(() => synthesized(mutated({ base, mutations: [] })))).toBeInstanceOf(Map),
);

test("a valid config with something else in a few places becomes JSON, or is rejected in clear lines", () => {
  fc.assert(
    fc.property(anyMutatedConfig(...Object.keys(HOSTILE)), (config) => {
      const outcome = outcomeOf(() => synthesized(mutated(config)));
      if (outcome instanceof InvalidInputError) expectClear(linesOf(outcome));
      else outcome.forEach((text) => expect(JSON.parse(text)).toBeInstanceOf(Object));
    }),
    { numRuns: 250 },
  );
});
