import { Lazy } from "cdktf";

import { withoutTokenTraces } from "../../src/stacks";

/** Where CDKTF says that a token was made. */
function traceOfToken(): readonly string[] {
  const token = Lazy.anyValue({ produce: () => undefined });
  return token.creationStack;
}

describe("withoutTokenTraces", () => {
  test("records no trace of a token meanwhile, and does so again afterwards", () => {
    let inside: readonly string[] = ["not run"];
    withoutTokenTraces(() => (inside = traceOfToken()));

    expect(inside.join("")).not.toContain(__filename);
    expect(traceOfToken().join("\n")).toContain(__filename);
  });

  test("keeps the stack trace of an error, and restores token traces afterwards", () => {
    expect(() => {
      withoutTokenTraces(() => {
        throw new Error("a bug");
      });
    }).toThrow(expect.objectContaining({ stack: expect.stringContaining(__filename) as string }) as Error);
    expect(traceOfToken().join("\n")).toContain(__filename);
  });
});
