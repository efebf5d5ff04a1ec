import { table } from "./table";

describe("table", () => {
  test("makes its columns as wide as their widest cell, and ends no line with blanks", () => {
    expect(
      table([
        ["demo", "status"],
        ["revision 1", "ACTIVE"],
        ["r", ""],
      ]),
    ).toEqual(["demo        status", "revision 1  ACTIVE", "r"]);
  });

  test("has no line for no rows", () => {
    expect(table([])).toEqual([]);
  });
});
