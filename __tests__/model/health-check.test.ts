import { healthCheck } from "../../src/model/health-check";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const wholeNumber = (minimum: number, maximum: number): string => `use a whole number from ${minimum} to ${maximum}`;

describe("a health check", () => {
  const valid = { command: ["CMD", "true"] };

  test("has defaults", () =>
    expect(healthCheck.parse(valid)).toStrictEqual({ ...valid, interval: 30, timeout: 5, retries: 3 }));

  describeProperties(healthCheck, valid, [
    ["interval", [5, 300], [4, 301, 5.5], wholeNumber(5, 300)],
    ["timeout", [2, 60], [1, 61], wholeNumber(2, 60)],
    ["retries", [1, 10], [0, 11], wholeNumber(1, 10)],
    ["startPeriod", [0, 300], [-1, 301], wholeNumber(0, 300)],
  ]);

  test.each([[["CMD", "true"]], [["CMD-SHELL", "curl -f http://localhost/ || exit 1"]], [["CMD", REFERENCE]]])(
    "keeps the command %j",
    (command) => expect(healthCheck.parse({ command }).command).toEqual(command),
  );

  test.each([
    [["/bin/check"]],
    [["curl", "-f", "http://localhost/"]],
    [["pg_isready", "-U", "app"]],
    [["checkDB"]],
    [["DBcheck"]],
  ])("puts CMD in front of %j", (command) =>
    expect(healthCheck.parse({ command }).command).toEqual(["CMD", ...command]),
  );

  test.each([
    [["curl -f http://localhost/"]],
    [["CMD-SHELL curl -f http://localhost/"]],
    [["CMD"]],
    [["CMD-SHELL"]],
    [["NONE"]],
    [["CMD_SHELL", "exit 0"]],
  ])("rejects %j, which is not a command", (command) =>
    expect(lines(healthCheck, { command })).toEqual([
      'it: command is not a command; use "CMD" and its arguments, or "CMD-SHELL" and a line for the shell',
    ]),
  );

  test.each<[object, string]>([
    [{ command: [] }, "command has 0 entries; give at least 1"],
    [{}, "command is missing; write it as [ … ]"],
  ])("rejects %j", (value, message) => expect(lines(healthCheck, value)).toEqual([`it: ${message}`]));
});
