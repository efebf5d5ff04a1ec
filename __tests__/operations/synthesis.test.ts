import { InvalidInputError } from "../../src/errors";
import { chosenStacks } from "../../src/operations/synthesis";

const stacks = ["registry", "demo-staging", "demo-production", "web.v2-staging"].map((name) => ({
  name,
  directory: `cdktf.out/stacks/${name}`,
  dependencies: [],
}));
const chosen = (...patterns: string[]): string[] => chosenStacks(stacks, patterns).map(({ name }) => name);

test("finds stacks by name and by pattern, each once", () => {
  expect(chosen("registry")).toEqual(["registry"]);
  expect(chosen("*-staging", "demo-*")).toEqual(["demo-staging", "demo-production", "web.v2-staging"]);
  expect(chosen("*")).toHaveLength(4);
});

test("a pattern fits whole names, and only * is special", () => {
  expect(() => chosen("demo")).toThrow('there is no stack "demo"');
  expect(() => chosen("webxv2-staging")).toThrow();
  expect(chosen("web.v2*")).toEqual(["web.v2-staging"]);
});

test("takes the only stack if none is named, and asks for names if there are more", () => {
  expect(chosenStacks(stacks.slice(0, 1), [])).toEqual(stacks.slice(0, 1));
  expect(() => chosen()).toThrow(
    new InvalidInputError(
      "name the stacks to deploy; choose registry, demo-staging, demo-production or web.v2-staging",
    ),
  );
});

test("a line for each pattern that fits nothing", () => {
  const choices = "registry, demo-staging, demo-production or web.v2-staging";
  expect(() => chosen("registry", "demo-stagging", "*-test")).toThrow(
    new InvalidInputError(
      `there is no stack "demo-stagging"; choose ${choices}\nthere is no stack "*-test"; choose ${choices}`,
    ),
  );
});
