import { Token } from "cdktf";
import type { z } from "zod";

import { quote } from "../../src/errors";
import {
  code,
  flag,
  isToken,
  list,
  literal,
  object,
  oneOf,
  pattern,
  record,
  reference,
  wholeNumber,
} from "../../src/model/leaves";
import { LIST_REFERENCE, NUMBER_REFERENCE, REFERENCE, faultOf, lines } from "../support/problems";

const LETTERS = pattern(/^[a-z]+$/, "use letters");

describe("isToken", () => {
  test.each([
    ["a reference", REFERENCE],
    ["text around a reference", `a-${REFERENCE}`],
    ["a number", NUMBER_REFERENCE],
    ["a list", LIST_REFERENCE],
    ["an entry of a list", LIST_REFERENCE[0]],
  ])("is true for %s that only Terraform knows", (_, value) => expect(isToken(value)).toBe(true));

  test.each([["a"], ["${var.x}"], [1], [undefined], [["a"]]])("is false for %j", (value) =>
    expect(isToken(value)).toBe(false),
  );
});

const LEAVES: readonly [string, z.ZodType, accepted: unknown[], rejected: unknown[], hint: string][] = [
  ["text by a rule", literal(LETTERS), ["a", "ab"], ["", "A", "a\n", 1, null, ["a"], REFERENCE], "use letters"],
  ["a reference", reference(LETTERS), ["ab", REFERENCE, `A-${REFERENCE}`], ["", "A", 1, null, ["ab"]], "use letters"],
  [
    "a whole number",
    wholeNumber(-1, 3),
    [-1, 0, 3],
    [-2, 4, 0.5, NaN, "1", true, null, NUMBER_REFERENCE],
    "use a whole number from -1 to 3",
  ],
  [
    "a whole number without upper limit",
    wholeNumber(1),
    [1, Number.MAX_SAFE_INTEGER],
    [0, Infinity],
    "use a whole number from 1 to 9007199254740991",
  ],
  ["one of two words", oneOf("on", "off"), ["on", "off"], ["", "On", "on,off", ["on"], REFERENCE], "choose on or off"],
  ["one of three numbers", oneOf(0, 1, 2), [0, 2], [3, "1", false], "choose 0, 1 or 2"],
  ["a boolean", flag, [true, false], ["false", 0, null], "use true or false"],
];

describe.each(LEAVES)("%s", (_, schema, accepted, rejected, hint) => {
  for (const value of accepted) test(`accepts ${quote(value)}`, () => expect(lines(schema, value)).toEqual([]));

  for (const value of rejected) {
    test(`rejects ${quote(value)}`, () => expect(lines(schema, value)).toEqual([`it ${faultOf(value)}; ${hint}`]));
  }

  test("says when it is missing", () => expect(lines(schema, undefined)).toEqual([`it is missing; ${hint}`]));
});

describe("code", () => {
  test("accepts a function", () => expect(lines(code(), () => undefined)).toEqual([]));

  test.each([["() => {}"], [{}], [undefined]])("rejects %j", (value) =>
    expect(lines(code(), value)).toEqual(["it is not a function; write it as (service) => { … }"]),
  );
});

describe("the shape", () => {
  const inList = list(oneOf("a"));
  const inObject = object({ name: oneOf("a").optional() });
  const inRecord = record(literal(LETTERS), oneOf("a"));

  test.each<[string, z.ZodType, unknown, string]>([
    ["list", inList, "secret", "is not a list; write it as [ … ]"],
    ["list", inList, { a: "secret" }, "is not a list; write it as [ … ]"],
    ["list", inList, null, "is not a list; write it as [ … ]"],
    ["list", inList, undefined, "is missing; write it as [ … ]"],
    ["object", inObject, "secret", "is not an object; write it as { … }"],
    ["object", inObject, ["secret"], "is not an object; write it as { … }"],
    ["object", inObject, null, "is not an object; write it as { … }"],
    ["object", inObject, undefined, "is missing; write it as { … }"],
    ["record", inRecord, "secret", "is not an object; write it as { … }"],
    ["record", inRecord, ["secret"], "is not an object; write it as { … }"],
    ["record", inRecord, null, "is not an object; write it as { … }"],
    ["record", inRecord, undefined, "is missing; write it as { … }"],
  ])("of a %s is wrong, and the value is not shown", (_, schema, value, message) =>
    expect(lines(schema, value)).toEqual([`it ${message}`]),
  );
});

describe("a list", () => {
  const names = (options?: Parameters<typeof list>[1]) => object({ names: list(reference(LETTERS), options) });

  test.each([[[]], [["a"]], [["a", "a"]], [["a", REFERENCE]]])("accepts %j", (value) =>
    expect(lines(names(), { names: value })).toEqual([]),
  );

  test("may hold no reference to another list", () =>
    expect(lines(names({ reference: true }), { names: ["a", ...LIST_REFERENCE] })).toEqual([
      "it: names has a reference to a list; write its entries one by one",
    ]));

  test("names each entry that is wrong", () =>
    expect(lines(names(), { names: ["A", "b", "C"] })).toEqual([
      'it: names[0] "A" is not valid; use letters',
      'it: names[2] "C" is not valid; use letters',
    ]));

  test.each([
    [{ minimum: 1 }, [], "has 0 entries; give at least 1"],
    [{ minimum: 1, maximum: 2 }, [], "has 0 entries; give 1 to 2"],
    [{ minimum: 1, maximum: 2 }, ["a", "b", "c"], "has 3 entries; give 1 to 2"],
    [{ maximum: 1 }, ["a", "b"], "has 2 entries; give 0 to 1"],
    [{ unique: true }, ["a", "b", "c", "b"], 'has "b" twice; remove one'],
  ])("of %j rejects %j", (options, value, message) =>
    expect(lines(names(options), { names: value })).toEqual([`it: names ${message}`]),
  );

  test("that only Terraform knows is rejected, unless it may be a reference", () => {
    expect(lines(names(), { names: LIST_REFERENCE })).toEqual([
      "it: names has a reference to a list; write its entries one by one",
    ]);
    const rule = { minimum: 1, maximum: 1, unique: true, reference: true };
    expect(lines(names(rule), { names: LIST_REFERENCE })).toEqual([]);
  });
});

describe("an unknown property", () => {
  const schema = object({ command: flag.optional(), user: flag.optional() });

  test("of a long name may differ in more letters", () =>
    expect(lines(object({ waitForSteadyState: flag.optional() }), { waitForHealthyState: true })).toEqual([
      'it: unknown property "waitForHealthyState"; did you mean "waitForSteadyState"?',
    ]));

  test.each([
    ["comand", 'unknown property "comand"; did you mean "command"?'],
    ["Command", 'unknown property "Command"; did you mean "command"?'],
    ["usre", 'unknown property "usre"; did you mean "user"?'],
    ["workdir", 'unknown property "workdir"; choose command or user'],
    ["toString", 'unknown property "toString"; choose command or user'],
    ["a\nb", 'unknown property "a\\nb"; choose command or user'],
  ])("%j is rejected, with the nearest known one or all of them", (name, message) =>
    expect(lines(schema, { [name]: true })).toEqual([`it: ${message}`]),
  );

  test("has a line of its own next to others", () =>
    expect(lines(schema, { comand: true, user: "a", workdir: true })).toEqual([
      'it: user "a" is not valid; use true or false',
      'it: unknown property "comand"; did you mean "command"?',
      'it: unknown property "workdir"; choose command or user',
    ]));
});

describe("a record", () => {
  const schema = record(literal(LETTERS), flag);

  test.each([[{}], [{ a: true }], [Object.create(null)]])("accepts %j", (value) =>
    expect(lines(schema, value)).toEqual([]),
  );

  test.each(["constructor", "toString", "hasOwnProperty"])("accepts the name %s, which objects inherit", (name) =>
    expect(record(literal(pattern(/./, "use a name")), flag).parse({ [name]: true })).toStrictEqual({ [name]: true }),
  );

  test.each<[string, unknown, string]>([
    [
      "a map that only Terraform knows",
      Token.asStringMap({ value: "map" }),
      "is a reference to a map; write it as { … }",
    ],
    ["a name that only Terraform knows", { [REFERENCE]: true }, "has a reference for a name; write each name as text"],
    [
      "the name that zod leaves out",
      JSON.parse('{ "__proto__": true }'),
      'has the name "__proto__", which has a special meaning in JavaScript; rename it',
    ],
  ])("rejects %s", (_, value, message) => expect(lines(schema, value)).toEqual([`it ${message}`]));

  test("names the value that is wrong, and shows a name that is wrong", () =>
    expect(lines(schema, { a: 1, B: true })).toEqual([
      "it: a 1 is not valid; use true or false",
      'it: name "B" is not valid; use letters',
    ]));
});
