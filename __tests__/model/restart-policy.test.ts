import { restartPolicy } from "../../src/model/restart-policy";
import { describeProperties, lines } from "../support/problems";

const wholeNumber = (minimum: number, maximum: number): string => `use a whole number from ${minimum} to ${maximum}`;

describe("a restart policy", () => {
  const codes = (count: number): number[] => Array.from({ length: count }, (_, code) => code);

  test("ignores no exit code by default", () =>
    expect(restartPolicy.parse({ enabled: true })).toStrictEqual({ enabled: true, ignoredExitCodes: [] }));

  test("that says neither on nor off is rejected", () =>
    expect(lines(restartPolicy, {})).toEqual(["it: enabled is missing; use true or false"]));

  describeProperties(restartPolicy, { enabled: true }, [
    ["enabled", [true, false], ["true"], "use true or false"],
    ["restartAttemptPeriod", [60, 1800], [59, 1801], wholeNumber(60, 1800)],
  ]);

  test.each([[[0, 255]], [codes(50)]])("ignores the exit codes %j", (ignoredExitCodes) =>
    expect(lines(restartPolicy, { enabled: true, ignoredExitCodes })).toEqual([]),
  );

  test.each([
    [[-1], `ignoredExitCodes[0] -1 is not valid; ${wholeNumber(0, 255)}`],
    [codes(51), "ignoredExitCodes has 51 entries; give 0 to 50"],
  ])("rejects the exit codes %j", (ignoredExitCodes, message) =>
    expect(lines(restartPolicy, { enabled: true, ignoredExitCodes })).toEqual([`it: ${message}`]),
  );
});
