import { Lazy } from "cdktf";

import { withoutTokenTraces } from "../../src/stacks";

/** Where CDKTF says that a token was made. */
function traceOfToken(): readonly string[] {
  const token = Lazy.anyValue({ produce: () => undefined });
  return token.creationStack;
}

describe("withoutTokenTraces", () => {
  test("keeps no trace of a token, and does so again afterwards", () => {
    let inside: readonly string[] = ["not run"];
    withoutTokenTraces(() => (inside = traceOfToken()));

    expect(inside.join("")).not.toContain(__filename);
    expect(traceOfToken().join("\n")).toContain(__filename);
  });

  test("leaves what is thrown its stack, and puts the traces back after it", () => {
    expect(() => {
      withoutTokenTraces(() => {
        throw new Error("a bug");
      });
    }).toThrow(expect.objectContaining({ stack: expect.stringContaining(__filename) as string }) as Error);
    expect(traceOfToken().join("\n")).toContain(__filename);
  });
});
