import { resolveConfig } from "../../src/config";
import { config, service } from "../support/config";
import { rejection } from "../support/rejection";

test("a function that returns a promise is rejected, since what it adds later would be lost", () => {
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- what a user may write all the same
  const services = [service({ extend: () => Promise.resolve() })];
  const [stack] = resolveConfig(config({ services }), {}).services;

  expect(rejection(() => stack?.extend?.({} as never))).toBe(
    'service "shop" in "staging": extend returns a promise, and what it adds later would be lost; write it without async',
  );
});
