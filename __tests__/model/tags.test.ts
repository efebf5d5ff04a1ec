import { tagFilter, tags } from "../../src/model/tags";
import { REFERENCE, lines } from "../support/problems";

const NAME = 'use 1 to 128 letters, digits, spaces or "_.:/=+-@"';
const VALUE_OF_FILTER = 'use at most 256 letters, digits, spaces or "_.:/=+-@", in quotes';
const VALUE = 'use 1 to 256 letters, digits, spaces or "_.:/=+-@", in quotes';

const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "a"]));

describe.each([
  ["tags to find something by", tagFilter, VALUE_OF_FILTER],
  ["tags to set", tags(), VALUE],
])("%s", (_, schema, valueHint) => {
  test.each([
    {},
    { Name: "main" },
    { "größe 1": "漢字 +-=._:/@" },
    { ["a".repeat(128)]: "b".repeat(256) },
    { Name: REFERENCE },
  ])("may be %j", (value) => expect(lines(schema, value)).toEqual([]));

  test.each<[object, string]>([
    [{ "owner?": "me" }, `name "owner?" is not valid; ${NAME}`],
    [{ "": "me" }, `name "" is not valid; ${NAME}`],
    [{ ["a".repeat(129)]: "me" }, `name "${"a".repeat(75)}…" is not valid; ${NAME}`],
    [{ "${x}": "me" }, `name "\${x}" is not valid; ${NAME}`],
    [{ owner: "me; you" }, `owner "me; you" is not valid; ${valueHint}`],
    [{ owner: "%{x}" }, `owner "%{x}" is not valid; ${valueHint}`],
    [{ owner: "b".repeat(257) }, `owner "${"b".repeat(75)}…" is not valid; ${valueHint}`],
    [{ owner: 7 }, `owner 7 is not valid; ${valueHint}`],
    [{ owner: null }, `owner null is not valid; ${valueHint}`],
    [{ owner: undefined }, `owner is missing; ${valueHint}`],
    [{ "cost:center": 7 }, `"cost:center" 7 is not valid; ${valueHint}`],
  ])("may not be %j", (value, message) => expect(lines(schema, value)).toEqual([`it: ${message}`]));
});

test("tags to find something by may have no value", () => expect(lines(tagFilter, { team: "" })).toEqual([]));

test("tags to set may not: Terraform would show them as a change in every plan", () =>
  expect(lines(tags(), { team: "" })).toEqual([`it: team "" is not valid; ${VALUE}`]));

test("tags to find something by may be AWS's own, and any number of them", () =>
  expect(lines(tagFilter, { "aws:cloudformation:stack-name": "network", ...numbered(60) })).toEqual([]));

describe("tags to set besides ours", () => {
  const schema = tags("service", "managed-by");

  test("may have names similar to ours", () =>
    expect(lines(schema, { "service-owner": "web", env: "web", "managed by": "me", "not-aws:owner": "me" })).toEqual(
      [],
    ));

  test.each<[Record<string, string>, string]>([
    [{ "aws:owner": "me" }, 'has the key "aws:owner", which AWS reserves; do not begin it with "aws:"'],
    [{ "AWS:owner": "me" }, 'has the key "AWS:owner", which AWS reserves; do not begin it with "aws:"'],
    [{ service: "me" }, 'has the key "service", which every resource has already; rename or remove it'],
    [
      { "MANAGED-BY": "me" },
      'has the key "MANAGED-BY", which IAM treats as the same as "managed-by"; rename or remove it',
    ],
    [
      { owner: "me", team: "web", Owner: "you" },
      'has the key "Owner", which IAM treats as the same as "owner"; rename or remove it',
    ],
  ])("may not be %j", (value, message) => expect(lines(schema, value)).toEqual([`it ${message}`]));

  test("may be 50 including ours", () => {
    expect(lines(schema, numbered(48))).toEqual([]);
    expect(lines(schema, numbered(49))).toEqual(["it has 49 entries; AWS allows at most 48 besides ours"]);
  });

  test("have a line for each problem", () => expect(lines(schema, { "aws:a": "b", Service: "b" })).toHaveLength(2));
});
