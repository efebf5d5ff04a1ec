import { container } from "../../src/model/container";
import { flag, list, object, record, wholeNumber } from "../../src/model/leaves";
import { network } from "../../src/model/network";
import { parse, problem, problemsOf, reject } from "../../src/model/problems";
import { text } from "../../src/model/text";
import { lines } from "../support/problems";
import { rejections } from "../support/rejection";

const port = object({ port: wholeNumber(1, 9), tcp: flag.default(true) });
const item = object({
  name: text.optional(),
  ports: list(port).default([]),
  sizes: record(text, wholeNumber(1)).default({}),
});
const items = object({ items: list(item) });

describe("parse", () => {
  test("returns the value with its defaults", () =>
    expect(parse(items, { items: [{ ports: [{ port: 1 }] }] }, "config")).toStrictEqual({
      items: [{ ports: [{ port: 1, tcp: true }], sizes: {} }],
    }));

  test("leaves the value that it was given as it was", () => {
    const value = { items: [{ ports: [{ port: 1 }] }] };
    parse(items, value, "config");
    expect(value).toStrictEqual({ items: [{ ports: [{ port: 1 }] }] });
  });

  test("throws a line for each problem, which begins with what it belongs to", () =>
    expect(
      rejections(() => parse(items, { items: [{ ports: [{ port: 0 }, { port: 10 }] }] }, 'service "shop"')),
    ).toEqual([
      'service "shop": items[0]: ports[0]: port 0 is not valid; use a whole number from 1 to 9',
      'service "shop": items[0]: ports[1]: port 10 is not valid; use a whole number from 1 to 9',
    ]));
});

test("problemsOf returns the lines, and none for a value that is valid", () => {
  expect(problemsOf(port, { port: 0 }, "rule")).toEqual(["rule: port 0 is not valid; use a whole number from 1 to 9"]);
  expect(problemsOf(port, { port: 1 }, "rule")).toEqual([]);
});

describe("an address", () => {
  const wrong = { ports: [{ port: 0 }] };
  const line = "port 0 is not valid; use a whole number from 1 to 9";

  test.each<[string, object, string]>([
    ["has the index of an entry", wrong, "items[1]: ports[0]"],
    ["has the name of an entry that has one", { name: "web", ...wrong }, 'items[1] "web": ports[0]'],
    ["keeps a name on one line", { name: "a\nb", ...wrong }, 'items[1] "a\\nb": ports[0]'],
  ])("%s", (_, entry, address) => expect(lines(items, { items: [{}, entry] })).toEqual([`it: ${address}: ${line}`]));

  test("of an entry that has no properties is its index", () =>
    expect(lines(items, { items: ["secret", null] })).toEqual([
      "it: items[0] is not an object; write it as { … }",
      "it: items[1] is not an object; write it as { … }",
    ]));

  test("shows no name that is not text", () =>
    expect(lines(items, { items: [{ name: { secret: 1 } }] })).toEqual([
      "it: items[0]: name is not text; write it in quotes",
    ]));

  test.each([
    ["small", "small"],
    ["0", "0"],
    ["a.b", '"a.b"'],
    ["a b", '"a b"'],
    ["", '""'],
    ["a\nb", '"a\\nb"'],
  ])("quotes the property %j only where it must", (name, shown) =>
    expect(lines(item, { sizes: { [name]: 0 } })).toEqual([
      `it: sizes: ${shown} 0 is not valid; use a whole number from 1 to 9007199254740991`,
    ]),
  );

  test("of the value itself is what it belongs to", () =>
    expect(lines(items, "secret")).toEqual(["it is not an object; write it as { … }"]));

  test("of a problem that is a full sentence ends with a colon", () => {
    const schema = object({ items: list(flag) }).superRefine((_, context) => {
      problem(context, [], "nothing fits");
      problem(context, ["items", 1], "is the second");
    });
    expect(lines(schema, { items: [true, true] })).toEqual(["it: nothing fits", "it: items[1]: is the second"]);
  });
});

test("problems of different kinds are all reported", () =>
  expect(
    lines(container, {
      image: "nginx",
      comand: [],
      stopTimeout: 1,
      environment: { A: 1, "B=b": "b" },
      portMappings: [{ containerPort: 80 }, { containerPort: 0, protocol: "http" }],
    }),
  ).toEqual([
    'it: name is missing; use 1 to 255 letters, digits, "_" or "-"',
    'it: image "nginx" is not pinned; add its digest (nginx@sha256:…), or write { repository, tag } for an image in Amazon ECR',
    "it: environment: A is not text; write it in quotes",
    'it: environment: name "B=…" is not valid; use one without "="',
    "it: portMappings[1]: containerPort 0 is not valid; use a whole number from 1 to 65535",
    'it: portMappings[1]: protocol "http" is not valid; choose tcp or udp',
    "it: stopTimeout 1 is not valid; use a whole number from 2 to 120",
    'it: unknown property "comand"; did you mean "command"?',
  ]));

describe("reject", () => {
  const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

  test("shows 20 lines", () => expect(rejections(() => reject(numbered(20)))).toEqual(numbered(20)));

  test.each([
    [21, "… and 1 more"],
    [120, "… and 100 more"],
  ])("of %d lines shows 20 and a count", (count, more) =>
    expect(rejections(() => reject(numbered(count)))).toEqual([...numbered(20), more]),
  );

  test("is what parse does", () =>
    expect(rejections(() => parse(items, { items: Array(25).fill("secret") }, "it"))).toHaveLength(21));
});

describe("of a union, the alternative that was meant is reported:", () => {
  const VPC = 'use "default", { id: … } or { tags: { … } }';
  const problemOfVpc = (vpc: unknown): string[] => lines(network, { vpc });

  test.each<[string, unknown, string]>([
    [
      "with the property that is wrong",
      { id: "subnet-1" },
      'vpc: id "subnet-1" is not valid; use an id like vpc-0123456789abcdef0',
    ],
    ["with the property that is missing", { tags: undefined }, "vpc: tags is missing; write it as { … }"],
    ["with most of the properties", { tags: { Name: "a" }, nme: "b" }, 'vpc: unknown property "nme"; choose tags'],
  ])("%s", (_, vpc, message) => expect(problemOfVpc(vpc)).toEqual([`it: ${message}`]));

  test.each([
    ["vpc-1", '"vpc-1"'],
    [{}, "{}"],
    [{ name: "main" }, "{ name: … }"],
    [{ id: "vpc-1", tags: { Name: "main" } }, "{ id: …, tags: … }"],
    [null, "null"],
  ])("unless %j fits none or several of them", (vpc, shown) =>
    expect(problemOfVpc(vpc)).toEqual([`it: vpc ${shown} is not valid; ${VPC}`]),
  );

  test("of the same kind: an object or a text", () => {
    const schema = object({ image: container.shape.image });
    expect(lines(schema, { image: { repository: "demo", tag: "1", tags: "2" } })).toEqual([
      'it: image: unknown property "tags"; did you mean "tag"?',
    ]);
    expect(lines(schema, { image: "nginx:" })).toEqual([
      'it: image "nginx:" has a tag "" that is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
    ]);
  });
});

describe("what may be secret is never shown:", () => {
  const SECRET = "hunter2";
  const HALF = `${SECRET}\ud83d`;

  test.each<[string, unknown]>([
    ["a variable that Terraform would change", { environment: { PASSWORD: HALF } }],
    ["a variable that is not text", { environment: { PASSWORD: [SECRET] } }],
    ["a value after the name of a variable", { environment: { [`PASSWORD=${SECRET}`]: "" } }],
    ["variables as text", { environment: `PASSWORD=${SECRET}` }],
    ["variables as ECS lists them", { environment: [{ name: "PASSWORD", value: SECRET }] }],
    ["a command", { command: ["login", HALF] }],
    ["a command as text", { command: `login ${SECRET}` }],
    ["a command as an object", { command: { password: SECRET } }],
    ["an entry point", { entryPoint: [{ password: SECRET }] }],
    ["a health check", { healthCheck: { command: ["CMD", HALF] } }],
    ["a health check that is no command", { healthCheck: { command: [`curl -u user:${SECRET} localhost`] } }],
    ["a health check as text", { healthCheck: { command: `curl -u user:${SECRET} localhost` } }],
    ["a health check as a list", { healthCheck: [`curl -u user:${SECRET} localhost`] }],
    ["a label", { dockerLabels: { password: HALF } }],
    ["labels as text", { dockerLabels: SECRET }],
    ["a user", { user: HALF }],
    ["the name of an unknown property", { [`PASSWORD=${SECRET}`]: "" }],
    ["an image", { image: [{ password: SECRET }] }],
    ["a name", { name: { password: SECRET } }],
  ])("%s", (_, properties) => {
    const found = lines(container, { name: "web", image: { repository: "demo", tag: "1" }, ...(properties as object) });
    expect(found).toHaveLength(1);
    expect(found.join()).not.toContain(SECRET);
  });

  test("a container as text", () =>
    expect(lines(object({ containers: list(container) }), { containers: [SECRET] })).toEqual([
      "it: containers[0] is not an object; write it as { … }",
    ]));
});
