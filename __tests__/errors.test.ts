import fc from "fast-check";

import { InvalidInputError, alternatives, quote } from "../src/errors";
import { ONE_LINE } from "./support/rejection";

describe("InvalidInputError", () => {
  test("is an error with its own name", () => {
    expect(String(new InvalidInputError("tag is bad"))).toBe("InvalidInputError: tag is bad");
  });
});

describe("quote", () => {
  test.each<[string, unknown, string]>([
    ["text in quotes", "demo", '"demo"'],
    ["empty text as empty quotes", "", '""'],
    ["quotes and backslashes escaped", 'a"b\\c', '"a\\"b\\\\c"'],
    ["a number as it is", 0, "0"],
    ["NaN as what it is, not as null", NaN, "NaN"],
    ["infinity as what it is, not as null", -Infinity, "-Infinity"],
    ["a boolean as it is", false, "false"],
    ["what is missing as undefined", undefined, "undefined"],
    ["null as null", null, "null"],
    ["a list as JSON", ["CMD", 1], '["CMD",1]'],
    ["an object as JSON", { tag: "1.10" }, '{"tag":"1.10"}'],
    ["a big integer, which JSON cannot", 10n, "10n"],
    ["a function, which JSON leaves out", () => undefined, "[Function (anonymous)]"],
  ])("shows %s", (_, value, text) => expect(quote(value)).toBe(text));

  test.each([
    ["line feed", "\n", "\\n"],
    ["escape", "\u001b", "\\u001b"],
    ["delete", "\u007f", "\\u007f"],
    ["next line", "\u0085", "\\u0085"],
    ["control sequence introducer", "\u009b", "\\u009b"],
    ["line separator", "\u2028", "\\u2028"],
    ["paragraph separator", "\u2029", "\\u2029"],
  ])("escapes the character %s", (_, character, escape) => expect(quote(`a${character}b`)).toBe(`"a${escape}b"`));

  test("escapes every one of them, not only the first", () =>
    expect(quote("\u009b1m\u009b0m")).toBe('"\\u009b1m\\u009b0m"'));

  test("shows 80 characters whole", () => {
    const text = "a".repeat(78);
    expect(quote(text)).toBe(`"${text}"`);
  });

  test("cuts 81 characters", () => expect(quote("a".repeat(79))).toBe(`"${"a".repeat(75)}…"`));

  test("cuts between characters, not within one", () => expect(quote("😀".repeat(79))).toBe(`"${"😀".repeat(75)}…"`));

  test("is one line of at most 80 characters, whatever the value", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.anything()), (value) => {
        const text = quote(value);
        expect(text).toMatch(ONE_LINE);
        expect(Array.from(text).length).toBeLessThanOrEqual(80);
      }),
    );
  });
});

test("a construct in the wrong place, which refers to itself, can be shown", () => {
  const value: Record<string, unknown> = {};
  value["self"] = value;
  expect(quote(value)).toMatch(/Circular|self/);
});

describe("alternatives", () => {
  test.each<[readonly (string | number)[], string]>([
    [[], ""],
    [[256], "256"],
    [["digest", "label"], "digest or label"],
    [[256, 512, 1024], "256, 512 or 1024"],
  ])("lists %j as %j", (values, text) => expect(alternatives(values)).toBe(text));
});
