import { ulimit } from "../../src/model/ulimit";
import { describeProperties, lines } from "../support/problems";

const wholeNumber = (minimum: number, maximum: number): string => `use a whole number from ${minimum} to ${maximum}`;

describe("a ulimit", () => {
  const limits = (softLimit: number, hardLimit: number) => ({ name: "nofile", softLimit, hardLimit });

  describeProperties(ulimit, limits(1, -1), [
    ["softLimit", [-1, 0, 65_536], [-2, 0.5], wholeNumber(-1, Number.MAX_SAFE_INTEGER)],
    ["hardLimit", [-1, 1, 65_536], [-2, 0.5], wholeNumber(-1, Number.MAX_SAFE_INTEGER)],
  ]);

  test.each(["nofile", "core", "rttime"])("may be of %s", (name) =>
    expect(lines(ulimit, { ...limits(1, 1), name })).toEqual([]),
  );

  test("rejects a name that is not a limit in Linux", () =>
    expect(lines(ulimit, { ...limits(1, 1), name: "files" })).toEqual([
      expect.stringMatching(/^it: name "files" is not valid; choose core, .+, sigpending or stack$/),
    ]));

  test.each([
    [-1, -1],
    [0, 0],
    [4096, 4096],
    [4096, -1],
  ])("accepts %d up to %d", (soft, hard) => expect(lines(ulimit, limits(soft, hard))).toEqual([]));

  test.each([
    [2, 1, "2"],
    [-1, 1, "-1 (unlimited)"],
  ])("rejects a soft limit of %d above %d", (soft, hard, shown) =>
    expect(lines(ulimit, limits(soft, hard))).toEqual([
      `it: softLimit ${shown} of "nofile" is above hardLimit ${hard}; lower softLimit or raise hardLimit`,
    ]),
  );
});
