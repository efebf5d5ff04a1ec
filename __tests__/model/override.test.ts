import fc from "fast-check";

import { container, type ContainerProps } from "../../src/model/container";
import { flag, list, object, oneOf, record, wholeNumber } from "../../src/model/leaves";
import { merge, override, type Override } from "../../src/model/override";
import { text } from "../../src/model/text";
import { REFERENCE, lines } from "../support/problems";

const part = object({ on: flag.default(true), size: wholeNumber(1), mode: oneOf("a", "b").default("a") });
const schema = override(
  object({
    name: text,
    part,
    filled: part.default({ on: true, size: 1, mode: "a" }),
    parts: list(part).default([]),
    byName: record(text, wholeNumber(1)).default({}),
    partsByName: record(oneOf("a", "b"), part).default({}),
    choice: object({ id: oneOf("x"), more: oneOf("y") }).or(oneOf("none")),
    form: object({ id: oneOf("x"), more: oneOf("y") }).or(object({ tags: oneOf("z") })),
  }),
);

describe("the schema of an override", () => {
  test.each<[string, object]>([
    ["nothing", {}],
    ["one property of many", { name: "a" }],
    ["some of a part", { part: { size: 2 } }],
    ["some of a part that has a default as a whole", { filled: { mode: "b" } }],
    ["some of a part with a name", { partsByName: { a: { mode: "b" } } }],
    ["some of one form of a union", { choice: { more: "y" } }],
    ["another form of a union", { choice: "none" }],
    ["undefined", { name: undefined, part: { on: undefined } }],
  ])("accepts %s, and no defaults sneak in", (_, value) => expect(schema.parse(value)).toStrictEqual(value));

  test("has no defaults of a whole container", () =>
    expect(override(container).parse({ healthCheck: {}, logging: {}, image: {} })).toStrictEqual({
      healthCheck: {},
      logging: {},
      image: {},
    }));

  test.each<[object, string]>([
    [{ name: 1 }, "name is not text; write it in quotes"],
    [{ part: { size: 0 } }, "part: size 0 is not valid; use a whole number from 1 to 9007199254740991"],
    [{ part: null }, "part is not an object; write it as { … }"],
    [{ filled: { mode: "c" } }, 'filled: mode "c" is not valid; choose a or b'],
    [{ byName: { a: 0 } }, "byName: a 0 is not valid; use a whole number from 1 to 9007199254740991"],
    [{ partsByName: { a: { seize: 1 } } }, 'partsByName: a: unknown property "seize"; did you mean "size"?'],
    [
      { partsByName: { a: { size: 0 } } },
      "partsByName: a: size 0 is not valid; use a whole number from 1 to 9007199254740991",
    ],
    [{ partsByName: { c: {} } }, 'partsByName: name "c" is not valid; choose a or b'],
    [{ choice: { id: "z" } }, 'choice: id "z" is not valid; choose x'],
    [{ form: { id: "x" } }, "form: more is missing; choose y"],
    [{ prat: {} }, 'unknown property "prat"; did you mean "part"?'],
    [{ part: { seize: 1 } }, 'part: unknown property "seize"; did you mean "size"?'],
  ])("rejects %j, as the schema itself does", (value, message) =>
    expect(lines(schema, value)).toEqual([`it: ${message}`]),
  );

  test("keeps list entries whole, since lists are replaced", () =>
    expect(lines(schema, { parts: [{ on: false }] })).toEqual([
      "it: parts[0]: size is missing; use a whole number from 1 to 9007199254740991",
    ]));

  test("leaves checks across properties to the merged value", () =>
    expect(
      lines(override(container), {
        memoryReservation: 512,
        memory: 256,
        logging: { mode: "blocking", maxBufferSize: "1m" },
      }),
    ).toEqual([]));
});

describe("merge", () => {
  const BASE: ContainerProps = {
    name: "web",
    image: { repository: "demo", tag: "1.10", pinning: "label" },
    command: ["serve", "--port", "80"],
    environment: { GREETING: "hello", LEVEL: "info" },
    portMappings: [{ containerPort: 80, name: "http" }, { containerPort: 81 }],
    healthCheck: { command: ["CMD", "true"], interval: 10 },
    essential: true,
    cpu: 128,
    stopTimeout: 30,
  };

  test.each<[string, Override<ContainerProps>, Partial<ContainerProps>]>([
    ["adds a property", { user: "app" }, { user: "app" }],
    ["replaces a property", { cpu: 256 }, { cpu: 256 }],
    ["replaces by 0", { cpu: 0, stopTimeout: 0 }, { cpu: 0, stopTimeout: 0 }],
    ["replaces by false", { essential: false }, { essential: false }],
    ["replaces by a reference", { user: REFERENCE }, { user: REFERENCE }],
    [
      "adds and replaces variables one by one",
      { environment: { LEVEL: "debug", COLOR: "red" } },
      { environment: { GREETING: "hello", LEVEL: "debug", COLOR: "red" } },
    ],
    ["replaces by an empty text", { environment: { LEVEL: "" } }, { environment: { GREETING: "hello", LEVEL: "" } }],
    ["adds an object where there is none", { dockerLabels: { team: "web" } }, { dockerLabels: { team: "web" } }],
    [
      "keeps the rest of an image",
      { image: { tag: "2.0" } },
      { image: { repository: "demo", tag: "2.0", pinning: "label" } },
    ],
    ["replaces an object by text", { image: "nginx" }, { image: "nginx" }],
    [
      "keeps the rest of a health check",
      { healthCheck: { interval: 20 } },
      { healthCheck: { command: ["CMD", "true"], interval: 20 } },
    ],
    ["replaces a list of texts", { command: ["serve"] }, { command: ["serve"] }],
    ["replaces a list by an empty one", { command: [] }, { command: [] }],
    [
      "replaces a list of objects",
      { portMappings: [{ containerPort: 80 }] },
      { portMappings: [{ containerPort: 80 }] },
    ],
    [
      "replaces a list within an object",
      { healthCheck: { command: ["CMD", "false"] } },
      { healthCheck: { command: ["CMD", "false"], interval: 10 } },
    ],
    ["changes nothing without properties", { environment: {}, image: {} }, {}],
    [
      "changes nothing by undefined, at any depth",
      { essential: undefined, image: undefined, command: undefined, environment: { LEVEL: undefined } },
      {},
    ],
  ])("%s", (_, changes, expected) => expect(merge(BASE, changes)).toStrictEqual({ ...BASE, ...expected }));

  test("replaces text with an object", () =>
    expect(merge<ContainerProps>({ ...BASE, image: "nginx" }, { image: { tag: "2" } }).image).toEqual({ tag: "2" }));

  test("without changes returns what it was given", () => expect(merge(BASE, undefined)).toStrictEqual(BASE));

  test("leaves both values as they were", () => {
    const base = { environment: { A: "a" } };
    const changes = { environment: { B: "b" } };
    merge<{ environment: Record<string, string> }>(base, changes);
    expect([base, changes]).toStrictEqual([{ environment: { A: "a" } }, { environment: { B: "b" } }]);
  });

  const anyValue = fc.object({ maxDepth: 3, withNullPrototype: false });

  test("with itself changes nothing, and the last value wins", () => {
    fc.assert(
      fc.property(anyValue, anyValue, (base, changes) => {
        expect(merge<unknown>(base, base as never)).toEqual(base);
        const merged = merge<unknown>(base, changes);
        expect(merge(merged, changes as never)).toEqual(merged);
      }),
    );
  });
});
