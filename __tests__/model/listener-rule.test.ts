import { listenerRule, type ListenerRuleProps } from "../../src/model/listener-rule";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const RULE: ListenerRuleProps = { priority: 10, hosts: ["shop.example.com"] };
const HOST =
  'use a host name of at most 128 letters, digits, "-", "." or the wildcards "*" and "?", with letters after the last "."';

describeProperties(listenerRule, RULE, [
  ["priority", [1, 50_000], [0, 50_001, "10"], "use a whole number from 1 to 50000"],
]);

const values: [property: string, accepted: unknown[], rejected: unknown, line: string][] = [
  [
    "hosts",
    ["a.b", "*.example.com", "SHOP.example.co?", REFERENCE],
    "localhost",
    `hosts[0] "localhost" is not valid; ${HOST}`,
  ],
  ["hosts", [], "a.c0m", `hosts[0] "a.c0m" is not valid; ${HOST}`],
  ["hosts", [], `${"a".repeat(128)}.b`, `hosts[0] "${"a".repeat(75)}…" is not valid; ${HOST}`],
  [
    "paths",
    ["/", "*.png", "/a-b_c/~$1/'\"@:+&?*", REFERENCE],
    "/a b",
    'paths[0] "/a b" is not valid; use 1 to 128 letters, digits or "_-.$/~"\'@:+&%", or the wildcards "*" and "?", beginning with "/" or a wildcard',
  ],
  [
    "paths",
    [`/${"a".repeat(127)}`, "?/a"],
    "",
    'paths[0] "" is not valid; use 1 to 128 letters, digits or "_-.$/~"\'@:+&%", or the wildcards "*" and "?", beginning with "/" or a wildcard',
  ],
  [
    "paths",
    ["*"],
    "api/*",
    'paths[0] "api/*" is not valid; use 1 to 128 letters, digits or "_-.$/~"\'@:+&%", or the wildcards "*" and "?", beginning with "/" or a wildcard',
  ],
  [
    "methods",
    ["GET", "M-SEARCH", REFERENCE],
    "get",
    'methods[0] "get" is not valid; use 1 to 40 capital letters, "-" or "_": "GET"',
  ],
  [
    "queries",
    [{ value: "a" }, { key: "k", value: "*a?" }, { value: "$5 {x}" }],
    { value: "${x}" },
    'queries[0]: value "${x}" is not valid; use 1 to 128 printable ASCII characters without "${" or "%{"',
  ],
  [
    "sourceIps",
    ["10.0.0.0/8", "2001:db8::/32", REFERENCE],
    "10.0.0.1",
    'sourceIps[0] "10.0.0.1" is not a CIDR block; use one like 10.0.0.0/8',
  ],
  [
    "sourceIps",
    [],
    "2001:db8::1/32",
    'sourceIps[0] "2001:db8::1/32" is not the address of a network; use 2001:db8::/32, or /128 for a single address',
  ],
];

describe.each(values)("%s", (property, accepted, rejected, line) => {
  for (const value of accepted) {
    test(`accepts ${JSON.stringify(value)}`, () =>
      expect(lines(listenerRule, { ...RULE, [property]: [value] })).toEqual([]));
  }
  test(`rejects ${JSON.stringify(rejected).slice(0, 40)}`, () =>
    expect(lines(listenerRule, { ...RULE, [property]: [rejected] })).toEqual([`it: ${line}`]));
});

describe("headers", () => {
  test("have names and values", () =>
    expect(lines(listenerRule, { priority: 1, headers: { "X-Tenant": ["a*", "b"], Accept: [REFERENCE] } })).toEqual(
      [],
    ));

  test.each(["host", "Host", "a b", "", "a".repeat(41)])("cannot be named %j", (name) =>
    expect(lines(listenerRule, { priority: 1, headers: { [name]: ["a"] } })).toEqual([
      `it: headers: name ${JSON.stringify(name)} is not valid; use 1 to 40 letters, digits or "-"; for the host, use hosts`,
    ]),
  );
});

test("a condition needs a value", () =>
  expect(lines(listenerRule, { priority: 1, hosts: [] })).toEqual(["it: hosts has 0 entries; give 1 to 5"]));

describe("a rule", () => {
  test("needs a condition", () =>
    expect(lines(listenerRule, { priority: 1 })).toEqual([
      "it: no condition; give hosts, paths, headers, methods, queries or sourceIps",
    ]));

  test("has at most 5 values in all its conditions", () => {
    const five = {
      hosts: ["a.b"],
      paths: ["/a"],
      headers: { A: ["a"] },
      methods: ["GET"],
      queries: [{ key: "a", value: "b" }],
    };
    expect(lines(listenerRule, { priority: 1, ...five })).toEqual([]);
    expect(lines(listenerRule, { priority: 1, ...five, sourceIps: ["10.0.0.0/8"] })).toEqual([
      "it: 6 values in its conditions; Elastic Load Balancing allows at most 5 per rule",
    ]);
  });

  test("has at most 5 wildcards, apart from those that are escaped", () => {
    const queries = [{ key: "?*", value: "a*\\*" }];
    expect(lines(listenerRule, { priority: 1, paths: ["/*", "/?"], queries })).toEqual([]);
    expect(lines(listenerRule, { priority: 1, paths: ["/*", "/?*"], queries })).toEqual([
      "it: 6 wildcards in its conditions; Elastic Load Balancing allows at most 5 per rule",
    ]);
  });
});
