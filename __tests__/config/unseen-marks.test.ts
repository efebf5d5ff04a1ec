import { resolveConfig, type Config } from "../../src/config";
import { InvalidInputError } from "../../src/errors";
import { config, container, environment, registry, service } from "../support/config";
import { ONE_LINE, linesOf, outcomeOf, uncompiled } from "../support/rejection";
import { stacksOf } from "../support/shipped-stacks";

/** Marks that a terminal obeys, that reorder the text around them, or that are not seen. */
const MARKS =
  "\r\u001b[31m\u0085\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\ufeff";
const TEXT = `a${MARKS}\nb`;

function said(changes: object, variables = {}): string[] {
  const outcome = outcomeOf(() => resolveConfig(config(changes), variables).warnings);
  return outcome instanceof InvalidInputError ? linesOf(outcome) : [...outcome];
}

function expectOneClear(lines: readonly string[]): void {
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(ONE_LINE);
  expect(lines[0]).toContain("\\u202e");
}

describe("in a message, marks that are not seen are escaped, and none breaks the line:", () => {
  const web = (changes: object): object => ({ services: [service({ containers: [container(changes)] })] });

  test.each<[string, object]>([
    ["the name of a service", { services: [service({ name: TEXT })] }],
    ["the name of an environment", { environments: [environment({ name: TEXT })] }],
    ["the name of a container", web({ name: TEXT })],
    ["an unknown property", web({ [TEXT]: 1 })],
    ["a value", { registry: registry({ region: TEXT }) }],
    ["the name of a variable of the container", web({ environment: { [TEXT]: 1 } })],
    ["the name of a label", web({ dockerLabels: { [TEXT]: 1 } })],
    ["the key of a tag", { registry: registry({ tags: { [TEXT]: "a" } }) }],
    ["the value of a tag", { registry: registry({ tags: { a: TEXT } }) }],
    ["an image", web({ image: TEXT })],
    ["an overridden environment", { services: [service({ environments: { [TEXT]: {} } })] }],
    ["an overridden container", { services: [service({ environments: { staging: { containers: { [TEXT]: {} } } } })] }],
    ["the environment of a service", { services: [service({ only: [TEXT] })] }],
  ])("%s", (_, changes) => expectOneClear(said(changes)));

  test.each([
    ["SHOP_IMAGE_TAG", TEXT],
    [`${TEXT}_IMAGE_TAG`, "1"],
  ])("the variable %j of CI", (variable, value) => expectOneClear(said({}, { [variable]: value })));
});

test("in a value, they are passed on", () => {
  const environments = [environment({ cluster: { existing: "default" } })];
  const services = [
    service({ containers: [container({ environment: { TEXT }, command: [TEXT], dockerLabels: { a: TEXT } })] }),
  ];
  const given = config({ environments, services }) satisfies Config;

  const found = stacksOf(given).get("shop-staging")?.container();

  expect(found).toMatchObject({
    environment: [{ name: "TEXT", value: TEXT }],
    command: [TEXT],
    dockerLabels: { a: TEXT },
  });
});

test("a name of a variable of the container may have them too", () =>
  expect(() =>
    resolveConfig(
      config({ services: [service({ containers: [container({ environment: uncompiled({ [TEXT]: "a" }) })] })] }),
      {},
    ),
  ).not.toThrow());
