import { inspect } from "node:util";

import fc from "fast-check";

import { InvalidInputError, alternatives, quote, visible } from "../src/errors";
import { ONE_LINE } from "./support/rejection";

function fail(): never {
  throw new Error("called");
}

describe("InvalidInputError", () => {
  test("is an error with its own name", () => {
    expect(String(new InvalidInputError("tag is bad"))).toBe("InvalidInputError: tag is bad");
  });

  test("has lines in which every character can be seen", () =>
    expect(new InvalidInputError("tag a\u202eb\r is bad\nso is \u2028 \ufeff").message).toBe(
      "tag a\\u202eb\\u000d is bad\nso is \\u2028 \\ufeff",
    ));

  test("keeps what caused it", () => {
    const cause = new TypeError("a");
    expect(new InvalidInputError("b", { cause }).cause).toBe(cause);
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
    ["a list without its values", ["CMD", 1], "[ … ]"],
    ["an object without its values", { tag: "1.10", "A=B": 1 }, "{ tag: …, A=…: … }"],
    ["an object that is empty", {}, "{}"],
    ["a list that is empty", [], "[]"],
    ["an object whose names cannot be read", new Proxy({}, { ownKeys: fail }), "{}"],
    ["an object without a prototype", Object.create(null), "{}"],
    ["a symbol", Symbol("a\nb"), "Symbol(a\\u000ab)"],
    ["an object whose methods fail", { toJSON: fail, [inspect.custom]: fail }, "{ toJSON: … }"],
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
    ["left-to-right mark", "\u200e", "\\u200e"],
    ["right-to-left mark", "\u200f", "\\u200f"],
    ["Arabic letter mark", "\u061c", "\\u061c"],
    ["right-to-left override", "\u202e", "\\u202e"],
    ["first strong isolate", "\u2068", "\\u2068"],
    ["zero-width space", "\u200b", "\\u200b"],
    ["byte order mark", "\ufeff", "\\ufeff"],
    ["soft hyphen", "\u00ad", "\\u00ad"],
    ["Hangul filler", "\u3164", "\\u3164"],
    ["language tag", "\u{e0001}", "\\u{e0001}"],
    ["half of a surrogate pair", "\ud800", "\\ud800"],
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
  expect(quote(value)).toBe("{ self: … }");
});

describe("visible", () => {
  test("leaves text as it is in any script, and quotes and backslashes", () => {
    const text = 'a "b" \\u202e äöü 日本語 שלום العربية 😀 … \u00a0';
    expect(visible(text)).toBe(text);
  });
});

describe("alternatives", () => {
  test.each<[readonly (string | number)[], string]>([
    [[], ""],
    [[256], "256"],
    [["digest", "label"], "digest or label"],
    [[256, 512, 1024], "256, 512 or 1024"],
  ])("lists %j as %j", (values, text) => expect(alternatives(values)).toBe(text));
});
