import { resolveConfig, type Extend } from "../../src/config";
import { type InvalidInputError } from "../../src/errors";
import { config, service } from "../support/config";
import { refusal, rejection, uncompiled } from "../support/rejection";
import { synthesized } from "../support/synthesis";

test("a function that returns a promise is rejected, since what it adds later would be lost", () => {
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- what a user may write all the same
  const services = [service({ extend: () => Promise.resolve() })];
  const [stack] = resolveConfig(config({ services }), {}).services;

  expect(rejection(() => stack?.extend?.({} as never))).toBe(
    'service "shop" in "staging": extend returns a promise, and what it adds later would be lost; write it without async',
  );
});

describe("a function that throws is rejected: the line names service and environment,", () => {
  /** With what an `extend` of the service is rejected. */
  const failure = (extend: Extend): InvalidInputError =>
    refusal(() => synthesized(config({ services: [service({ extend })] })));

  test("the stack trace below leads into the function and ends there, and the error is kept", () => {
    const queueOf = (): never => {
      throw new TypeError("Cannot read\n  the queue \u202e");
    };
    const error = failure(() => queueOf());

    const [line, ...trace] = error.message.split("\n");
    expect(line).toBe('service "shop" in "staging": extend failed: Cannot read the queue \\u202e');
    expect(trace.length).toBeGreaterThan(1);
    trace.forEach((call) => expect(call).toMatch(/^ +at .*extend\.test\.ts/));
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  test("even if the trace ends before it leads out of the function", () => {
    const dig = (depth: number): never => {
      if (depth > 0) dig(depth - 1);
      throw new Error("deep");
    };
    const trace = failure(() => dig(Error.stackTraceLimit)).message.split("\n");
    expect(trace[0]).toBe('service "shop" in "staging": extend failed: deep');
    expect(trace).toHaveLength(1 + Error.stackTraceLimit);
  });

  test.each<[unknown, string]>([
    ["no queue", '"no queue"'],
    [undefined, "undefined"],
    [{ password: "hunter2" }, "{ password: … }"],
  ])("what is thrown may be no error: %j", (thrown, shown) => {
    const error = failure(() => {
      throw thrown;
    });
    expect(error.message).toBe(`service "shop" in "staging": extend failed: it threw ${shown}`);
  });

  test("what a construct rejects is enough, each line without a stack trace", () => {
    const error = failure((pinned) => {
      pinned.taskRole.allow(uncompiled({ actions: [], resources: ["*"], effect: "Deny" }));
    });
    expect(error.message.split("\n")).toEqual([
      'service "shop" in "staging": extend: role "shop-staging-task": actions has 0 entries; give at least 1',
      expect.stringMatching(
        /^service "shop" in "staging": extend: role "shop-staging-task": unknown property "effect"; /,
      ),
    ]);
  });
});
