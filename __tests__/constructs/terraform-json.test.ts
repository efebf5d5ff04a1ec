import { TerraformOutput } from "cdktf";
import fc from "fast-check";

import { terraformJson, withReferences } from "../../src/constructs/terraform-json";
import { synthesized, variable } from "../support/synthesized-stack";
import { definitionOf } from "../support/task-stack";
import { asTerraformReads } from "../support/terraform-template";

/** What JSON, Terraform, CDKTF or Unicode could take for something else. */
const PIECES = [
  ...["$", "%", "{", "}", '"', "\\", "/", "'", "<", ">", "&", "=", "~", "#", "a", " "],
  ...["\n", "\r", "\t", "\b", "\f", "\u0000", "\u007f", "\u0085", "\u2028", "\u2029", "\ufeff"],
  ...["${", "%{", "$${", "%%{", "$$${", "${var.x}", "%{if true}", "${data.aws_ecr_image.web-image.image_uri}"],
  ...["${jsonencode(var.x)}", "\\u0041", "\\n", '\\"', "1e5", "-1.5e+3", "__proto__", "constructor", "é"],
  ...["😀", "👩‍👩‍👧", "日本語", "\u00e5", "ﬁ"],
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) },
);

/** What the model accepts: UTF-8 in normal form C. Combining marks are left out, of which it rejects some. */
const goodText = text.filter((given) => given === given.normalize("NFC") && !/[\0\p{M}\p{Surrogate}]/u.test(given));

/** A name for a variable or a label; zod leaves `__proto__` out of records. */
const goodName = goodText.filter((given) => given !== "" && given !== "__proto__");

/** A text at each place where a user may write one. */
const goodTexts = fc.record({
  value: goodText,
  variable: goodName.filter((given) => !given.includes("=")),
  label: goodName,
  labelValue: goodText,
  argument: goodText,
  entry: goodText,
  workingDirectory: goodText.map((given) => `/${given}`),
  user: goodText.filter((given) => given !== ""),
  probe: goodText,
});

test("any text comes back byte for byte, and so do the references next to it", () => {
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
        image: "${local.web-image_repository-url}:1.10",
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

/** The JSON as it stands in the stack. */
const written = (build: (reference: string) => unknown): unknown =>
  synthesized((stack) => {
    new TerraformOutput(stack, "json", { value: terraformJson(build(variable(stack, "x").stringValue)) });
  }).output("json");

describe("terraformJson", () => {
  test("doubles what would begin an interpolation or a directive, in keys and values at any depth", () => {
    expect(written(() => ({ "${a}": ["%{b}", { c: "$${d}" }], e: "$5 100% {}" }))).toBe(
      '{"$${a}":["%%{b}",{"c":"$$${d}"}],"e":"$5 100% {}"}',
    );
  });

  test("leaves numbers and booleans as they are, and leaves out what is undefined", () => {
    expect(written(() => ({ a: 1, b: false, c: undefined }))).toBe('{"a":1,"b":false}');
  });

  test("leaves a reference in a text to Terraform, but not the text around it", () => {
    expect(written((reference) => [`%{a} ${reference} \${b}`])).toBe('["%%{a} ${var.x} $${b}"]');
  });

  test.each([
    ["${", "$${"],
    ["$${", "$$${"],
    ["a ${ b", "a $${ b"],
  ])("keeps the braces of a reference that stands after %s", (given, escaped) => {
    expect(written((reference) => [given, reference])).toBe(`["${escaped}","\${var.x}"]`);
  });

  test("writes what Terraform reads as the text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("$", "%", "{", "}", "a"), { maxLength: 12 }), (pieces) => {
        const given = pieces.join("");
        expect(JSON.parse(asTerraformReads(String(written(() => [given]))))).toEqual([given]);
      }),
    );
  });
});

describe("withReferences", () => {
  const writtenWith = (build: (reference: string) => unknown): string =>
    String(written((reference) => withReferences(build(reference))));

  test("lets Terraform encode a reference, whose value may hold quotes or be a number", () => {
    expect(writtenWith((reference) => [{ name: "URL", value: reference }])).toBe(
      '[{"name":"URL","value":${jsonencode(tostring(var.x))}}]',
    );
  });

  test("lets Terraform encode a text with a reference in it", () => {
    expect(writtenWith((reference) => [`https://${reference}/"path"\\x\n`])).toBe(
      '[${jsonencode("https://${var.x}/\\"path\\"\\\\x\\n")}]',
    );
  });

  test("leaves everything else as it is", () => {
    const given = { a: ["b", 1, true, null], "\u0000": "\u0000TfToken\u0000", c: { d: "${e}" }, f: undefined };
    expect(withReferences(given)).toEqual(given);
    expect(writtenWith(() => ["\u0000", "b\u0000", "\u0000TfToken\u0000"])).toBe(
      '["\\u0000","b\\u0000","\\u0000TfToken\\u0000"]',
    );
  });

  test("leaves no literal that Terraform would evaluate, even right before a reference", () => {
    expect(writtenWith((reference) => `$${reference} \${a} %{b} $$ %% \b\f`)).toBe(
      '${jsonencode("\\u0024${var.x} \\u0024{a} \\u0025{b} \\u0024\\u0024 %% \\u0008\\u000c")}',
    );
  });

  test("is read by Terraform as the text, whatever stands around the references", () => {
    const warn = jest.spyOn(console, "warn").mockImplementation();
    const pieces = PIECES.filter((piece) => piece !== "\u0000"); // the model rejects it
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, null), { minLength: 1, maxLength: 8 }), (pieces) => {
        const textWith = (reference: string): string => pieces.map((piece) => piece ?? reference).join("");
        const json = writtenWith((reference) => [{ value: textWith(reference), next: "${a}" }]);
        expect(JSON.parse(asTerraformReads(json))).toEqual([{ value: textWith("${var.x}"), next: "${a}" }]);
      }),
      { numRuns: 300 },
    );
    expect(warn).not.toHaveBeenCalled();
  });
});
