import { TerraformOutput } from "cdktf";
import fc from "fast-check";

import { checkText, terraformJson } from "../../src/constructs/literal-text";
import { asTerraformReads, emptyStack, synthesized, variable } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";
import { FOREIGN_IMAGE, addTask, definitionOf } from "../support/task-stack";

/** What JSON, Terraform, CDKTF or Unicode could take for something else. */
const PIECES = [
  ...["$", "%", "{", "}", '"', "\\", "/", "'", "<", ">", "&", "=", "~", "#", "a", " "],
  ...["\n", "\r", "\t", "\u0000", "\u007f", "\u0085", "\u2028", "\u2029", "\ufeff"],
  ...["${", "%{", "$${", "%%{", "$$${", "${var.x}", "%{if true}", "${data.aws_ecr_image.web-image.image_uri}"],
  ...["\\u0041", "\\n", '\\"', "1e5", "-1.5e+3", "__proto__", "constructor", "é", "e\u0301", "n\u0303", "\u0301"],
  ...["😀", "👩‍👩‍👧", "日本語", "\ud83d", "\ude00", "\u00e5", "\u212b", "ﬁ"],
];

const text = fc.oneof(
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

/** Whether a text is UTF-8 in normal form C, as it is and as JSON. */
const survives = (value: string): boolean =>
  [value, goJson(value)].every((form) => form.normalize("NFC") === form && Buffer.from(form).toString() === form);

/** Combining marks are left out: some are rejected that would have come through. */
const goodText = text.filter((given) => survives(given) && !/\p{M}/u.test(given));

/** A text at each place where a user may write one. */
const goodTexts = fc.record({
  value: goodText.filter((given) => given !== ""),
  variable: goodText.filter((given) => given !== "" && !given.includes("=")),
  label: goodText.filter((given) => given !== ""),
  labelValue: goodText,
  argument: goodText,
  entry: goodText,
  workingDirectory: goodText.map((given) => `/${given}`),
  user: goodText.filter((given) => given !== ""),
  probe: goodText,
});

describe("any text", () => {
  test("that Terraform hands on comes back byte for byte, and so do the references beside it", () => {
    fc.assert(
      fc.property(goodTexts, ({ value, variable: name, label, labelValue, argument, entry, probe, ...properties }) => {
        const definition = definitionOf({
          ...properties,
          image: { repository: "demo", tag: "1.10", pinning: "label" },
          environment: Object.fromEntries([[name, value]]),
          command: [argument],
          entryPoint: [entry],
          healthCheck: { command: ["CMD", probe] },
          dockerLabels: Object.fromEntries([[label, labelValue]]),
        });
        expect(definition).toMatchObject({
          ...properties,
          image: "${data.aws_ecr_repository.web-image.repository_url}:1.10",
          environment: [{ name, value }],
          command: [argument],
          entryPoint: [entry],
          healthCheck: { command: ["CMD", probe] },
        });
        expect(Object.entries(definition["dockerLabels"] as object)).toEqual(
          expect.arrayContaining([
            [label, labelValue],
            ["image_digest", "${data.aws_ecr_image.web-image.image_digest}"],
          ]),
        );
      }),
      { numRuns: 200 },
    );
  });

  test("comes back byte for byte, or is rejected in one line", () => {
    fc.assert(
      fc.property(text, (given) => {
        const container = { name: "web", image: FOREIGN_IMAGE, command: [given] };
        const stack = emptyStack();
        try {
          addTask(stack, { containers: [container] });
        } catch (error) {
          expect(
            rejection(() => {
              throw error;
            }),
          ).toMatch(/^container "web": command (holds|is not in) .+$/);
          return;
        }
        expect(definitionOf(container)["command"]).toEqual([given]);
      }),
    );
  });

  test("that Terraform would change is rejected", () => {
    fc.assert(
      fc.property(
        text.filter((given) => !survives(given)),
        (given) => {
          expect(rejection(() => checkText("command", given))).toMatch(/^command (holds|is not in) /);
        },
      ),
    );
  });

  test("of an environment variable is never shown", () => {
    const secret = fc.constantFrom("hunter2", "s3cr3t").chain((word) => text.map((rest) => ({ word, rest })));
    fc.assert(
      fc.property(secret, ({ word, rest }) => {
        try {
          addTask(emptyStack(), {
            containers: [{ name: "web", image: "demo", environment: { PASSWORD: `${word}${rest}\ud83d` } }],
          });
        } catch (error) {
          expect(String(error)).not.toContain(word);
          return;
        }
        throw new Error("half a surrogate pair was taken");
      }),
    );
  });
});

describe("terraformJson", () => {
  const written = (value: unknown): unknown =>
    synthesized((stack) => new TerraformOutput(stack, "json", { value: terraformJson(value) })).output("json");

  test("doubles what would begin an interpolation or a directive, in keys and values at any depth", () => {
    expect(written({ "${a}": ["%{b}", { c: "$${d}" }], e: "$5 100% {}" })).toBe(
      '{"$${a}":["%%{b}",{"c":"$$${d}"}],"e":"$5 100% {}"}',
    );
  });

  test("leaves numbers and truth values as they are, and leaves out what is undefined", () => {
    expect(written({ a: 1, b: false, c: undefined })).toBe('{"a":1,"b":false}');
  });

  test("leaves a string that holds a token to Terraform", () => {
    const stack = synthesized((scope) => {
      const token = variable(scope, "x").stringValue;
      new TerraformOutput(scope, "json", { value: terraformJson([`%{a} ${token}`]) });
    });
    expect(stack.output("json")).toBe('["%{a} ${var.x}"]');
  });

  test.each([
    ["${", "$${"],
    ["$${", "$$${"],
    ["a ${ b", "a $${ b"],
  ])("keeps the braces of a reference that stands after %s", (given, escaped) => {
    const stack = synthesized((scope) => {
      const token = variable(scope, "x").stringValue;
      new TerraformOutput(scope, "json", { value: terraformJson([given, token]) });
    });
    expect(stack.output("json")).toBe(`["${escaped}","\${var.x}"]`);
  });

  test("writes what Terraform reads as the text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("$", "%", "{", "}", "a"), { maxLength: 12 }), (pieces) => {
        const given = pieces.join("");
        expect(JSON.parse(asTerraformReads(String(written([given]))))).toEqual([given]);
      }),
    );
  });
});

test.each([["नमस्ते"], ["שָׁלוֹם".normalize("NFC")], ["ệ"]])("checkText takes marks that belong there: %s", (given) => {
  expect(definitionOf({ command: [given] })["command"]).toEqual([given]);
});

describe("checkText rejects", () => {
  test("a text that is not in normal form C", () => {
    expect(rejection(() => checkText("user", "e\u0301"))).toBe(
      'user is not in Unicode normal form C, and Terraform would change it; write it as text.normalize("NFC")',
    );
  });

  test.each([["\ud83d"], ["a\ude00b"]])("half a surrogate pair: %j", (given) => {
    expect(rejection(() => checkText("user", given))).toBe(
      "user holds half of a surrogate pair, which no UTF-8 text can; remove it",
    );
  });

  test.each([["\n\u0303"], [">\u0301"], ["&\u0301"], ["\u2028\u0301"], ["\u2029\u0301"]])(
    "a combining mark that could melt into an escape: %j",
    (given) => {
      expect(rejection(() => checkText("user", given))).toBe(
        'user holds a combining mark after a control character or one of "<>&", and Terraform would change it; remove it',
      );
    },
  );

  test.each([[1], [true], [null], [undefined], [["a"]]])("%j, which is no text", (given) => {
    expect(rejection(() => checkText("user", given as unknown as string))).toBe("user is not text; write it in quotes");
  });
});

test("checkText takes a value that only Terraform knows", () => {
  const token = variable(emptyStack(), "x").stringValue;
  expect(() => checkText("user", `e\u0301${token}`)).not.toThrow();
});
