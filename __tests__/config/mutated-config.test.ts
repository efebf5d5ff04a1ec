import fc from "fast-check";

import type { Config } from "../../src/config";
import { InvalidInputError } from "../../src/errors";
import { HOSTILE, SECRET } from "../support/hostile-values";
import { anyMutatedConfig, mutated } from "../support/mutated-config";
import { ONE_LINE } from "../support/rejection";
import { synthesized } from "../support/synthesis";

/** What it is about, or a line of the stack trace into an `extend` that failed. */
const BEGINNING =
  /^((service|job|environment|registry)|two (services|jobs|environments|stacks) |… and \d+ more$| +at )/;

/** The files that are written, or the lines that say why not. A bug is neither, and is thrown. */
function outcomeOf(config: Config): ReadonlyMap<string, string> | readonly string[] {
  try {
    return synthesized(config);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message.split("\n");
    throw error;
  }
}

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
  expect(outcomeOf(mutated({ base, mutations: [] }))).toBeInstanceOf(Map),
);

test("a valid config with something else in a few places becomes JSON, or is rejected in clear lines", () => {
  fc.assert(
    fc.property(anyMutatedConfig(...Object.keys(HOSTILE)), (config) => {
      const outcome = outcomeOf(mutated(config));
      if (outcome instanceof Map) outcome.forEach((text: string) => expect(JSON.parse(text)).toBeInstanceOf(Object));
      else expectClear(outcome as readonly string[]);
    }),
    { numRuns: 250 },
  );
});
