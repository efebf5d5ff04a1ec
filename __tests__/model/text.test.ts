import fc from "fast-check";

import { object } from "../../src/model/leaves";
import { absolutePath, containerLabels, containerVariables, filledText, text } from "../../src/model/text";
import { REFERENCE, lines } from "../support/problems";

const DECOMPOSED = "e\u0301";
const NOT_NFC = 'is not in Unicode normal form C, and Terraform would change it; write it as text.normalize("NFC")';
const HALF_PAIR = "has half of a surrogate pair, which UTF-8 cannot encode; remove it";
const MARK = 'has a combining mark after a control character or one of "<>&", and Terraform would change it; remove it';

describe("text", () => {
  test.each(["", " ", "a\nb\t\u0001", '"\\', "${x} %{if}", "é", "नमस्ते", "שָׁלוֹם", "ệ", "👩‍👩‍👧", "e\u0302b\u0301"])(
    "accepts %j",
    (value) => expect(lines(text, value.normalize("NFC"))).toEqual([]),
  );

  test.each([REFERENCE, `a-${REFERENCE}`, `${DECOMPOSED}${REFERENCE}`])("accepts the reference %s", (value) =>
    expect(lines(text, value)).toEqual([]),
  );

  test.each<[unknown, string]>([
    [DECOMPOSED, NOT_NFC],
    ["\u212b", NOT_NFC],
    ["a\u0000", "has a NUL character, which no process can receive; remove it"],
    ["\ud83d", HALF_PAIR],
    ["a\ude00b", HALF_PAIR],
    ["\n\u0303", MARK],
    [">\u0301", MARK],
    ["<\u0301", MARK],
    ["&\u0301", MARK],
    ["\u2028\u0301", MARK],
    ["\u2029\u0301", MARK],
    [undefined, "is missing; write it in quotes"],
    [1, "is not text; write it in quotes"],
    [true, "is not text; write it in quotes"],
    [null, "is not text; write it in quotes"],
    [["a"], "is not text; write it in quotes"],
  ])("rejects %j", (value, message) => expect(lines(text, value)).toEqual([`it ${message}`]));
});

test("filled text may not be empty", () => {
  expect(lines(filledText, "a")).toEqual([]);
  expect(lines(filledText, REFERENCE)).toEqual([]);
  expect(lines(filledText, "")).toEqual(["it is empty; give it a value, or remove it"]);
  expect(lines(filledText, DECOMPOSED)).toEqual([`it ${NOT_NFC}`]);
});

describe("an absolute path", () => {
  test.each(["/", "/srv/app", REFERENCE])("accepts %j", (value) => expect(lines(absolutePath, value)).toEqual([]));

  test.each(["", "app", "./app", "C:\\app"])("rejects %j", (value) =>
    expect(lines(absolutePath, value)).toEqual([`it ${JSON.stringify(value)} is not absolute; begin it with "/"`]),
  );

  test("is text that Terraform passes on unchanged", () =>
    expect(lines(absolutePath, `/${DECOMPOSED}`)).toEqual([`it ${NOT_NFC}`]));
});

describe("environment variables", () => {
  const container = object({ environment: containerVariables });
  const linesOf = (environment: unknown): string[] => lines(container, { environment });

  test.each([{ LEVEL: "debug" }, { LEVEL: "" }, { OPTIONS: "a=b" }, { "a.b c": "1" }, { URL: REFERENCE }, {}])(
    "accept %j",
    (environment) => expect(container.parse({ environment })).toStrictEqual({ environment }),
  );

  test.each([
    ["A=hunter2", '"A=…"'],
    ["A=b=c\nd", '"A=…"'],
    ["=", '"=…"'],
  ])("reject the name %j, and show nothing after the =", (name, shown) =>
    expect(linesOf({ [name]: "secret" })).toEqual([`it: environment: name ${shown} is not valid; use one without "="`]),
  );

  test("reject an empty name", () =>
    expect(linesOf({ "": "secret" })).toEqual(["it: environment: name is empty; give it one, or remove the entry"]));

  test.each([
    [{ [DECOMPOSED]: "a" }, `name ${NOT_NFC}`],
    [{ NAME: DECOMPOSED }, `NAME ${NOT_NFC}`],
    [{ "a.b": DECOMPOSED }, `"a.b" ${NOT_NFC}`],
    [{ PORT: 80 }, "PORT is not text; write it in quotes"],
    [{ PORT: undefined }, "PORT is missing; write it in quotes"],
  ])("reject %j", (environment, message) => expect(linesOf(environment)).toEqual([`it: environment: ${message}`]));
});

describe("labels", () => {
  test.each([{ team: "web" }, { team: "" }, { "com.example/a=b": "c" }, { team: REFERENCE }])("accept %j", (value) =>
    expect(lines(containerLabels, value)).toEqual([]),
  );

  test.each([
    [{ "": "web" }, "it: name is empty; give it one, or remove the entry"],
    [{ [DECOMPOSED]: "a" }, `it: name ${NOT_NFC}`],
    [{ team: DECOMPOSED }, `it: team ${NOT_NFC}`],
  ])("reject %j", (value, message) => expect(lines(containerLabels, value)).toEqual([message]));
});

/** What JSON, Terraform, CDKTF or Unicode could read as something else. */
const PIECES = [
  ...["$", "%", "{", "}", '"', "\\", "/", "'", "<", ">", "&", "=", "~", "#", "a", " "],
  ...["\n", "\r", "\t", "\u0000", "\u007f", "\u0085", "\u2028", "\u2029", "\ufeff"],
  ...["${", "%{", "$${", "\\u0041", "\\n", '\\"', "é", "e\u0301", "n\u0303", "\u0301", "\u0338"],
  ...["😀", "👩‍👩‍👧", "日本語", "\ud83d", "\ude00", "\u00e5", "\u212b", "ﬁ"],
];

const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) },
);

/** As the provider writes JSON: Go escapes more than JavaScript does. */
const goJson = (value: string): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Whether a text is UTF-8 in normal form C, as it is and as JSON, and a process can have it. */
const survives = (value: string): boolean =>
  !value.includes("\0") &&
  [value, goJson(value)].every((form) => form.normalize("NFC") === form && Buffer.from(form).toString() === form);

describe("any text", () => {
  test("that Terraform would change is rejected", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        if (!survives(value)) expect(lines(text, value)).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
  });

  test("that Terraform passes on unchanged is accepted, unless it has combining marks", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        if (survives(value) && !/\p{M}/u.test(value)) expect(lines(text, value)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("is accepted, or rejected in one line that does not show it", () => {
    fc.assert(
      fc.property(fc.constantFrom("hunter2", "s3cr3t"), anyText, (secret, rest) => {
        const found = lines(text, `${secret}${rest}${secret}`);
        expect(found.length).toBeLessThanOrEqual(1);
        expect(found.join()).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
  });
});

describe.each([
  ["environment", containerVariables],
  ["dockerLabels", containerLabels],
])("a value in %s", (property, schema) => {
  const linesOf = (value: unknown): string[] =>
    lines(object({ [property]: schema }), { [property]: { VERSION: value } });

  test.each(["", "1.10", REFERENCE, { image: "tag" }, { image: "digest" }])("may be %j", (value) =>
    expect(linesOf(value)).toEqual([]),
  );

  test.each<[unknown, string]>([
    [{ image: "Tag" }, ': image "Tag" is not valid; choose tag or digest'],
    [{}, ": image is missing; choose tag or digest"],
    [{ image: "tag", suffix: "-x" }, ': unknown property "suffix"; choose image'],
    [1, " is not text; write it in quotes"],
    [["tag"], " is not text; write it in quotes"],
    [null, " is not text; write it in quotes"],
    [DECOMPOSED, ` ${NOT_NFC}`],
  ])("may not be %j", (value, message) => expect(linesOf(value)).toEqual([`it: ${property}: VERSION${message}`]));
});
