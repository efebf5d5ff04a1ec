import { resolveConfig, type Config } from "../../src/config";
import { config, environment, service } from "../support/config";
import { rejection } from "../support/rejection";

const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${String(index)}`, "a"]));

/** The config of a service with tags, in an environment with others. */
const tagged = (own: Record<string, string>, ofEnvironment: Record<string, string>): Partial<Config> => ({
  environments: [environment({ tags: ofEnvironment })],
  services: [service({ tags: own })],
});

describe("the tags of a service", () => {
  test("are its own, and those of the environment are the stack's", () => {
    const [shop] = resolveConfig(config(tagged({ team: "web" }, { team: "all", stage: "test" })), {}).services;
    expect(shop?.service.tags).toEqual({ team: "web" });
    expect(shop?.tags).toMatchObject({ team: "all", stage: "test" });
  });

  test("are overridden one by one", () => {
    const shop = service({
      tags: { team: "web", "cost-center": "1" },
      environments: { staging: { tags: { team: "x" } } },
    });
    expect(resolveConfig(config({ services: [shop] }), {}).services[0]?.service.tags).toEqual({
      team: "x",
      "cost-center": "1",
    });
  });

  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    [
      "a key in another case",
      { Team: "web" },
      { team: "all" },
      'has the key "Team", which IAM treats as the same as "team"; rename or remove it',
    ],
    [
      "a key of ours",
      { service: "web" },
      {},
      'has the key "service", which every resource has already; rename or remove it',
    ],
    ["too many", numbered(47), { team: "all" }, "has 48 entries; AWS allows at most 47 besides ours"],
  ])("may not be, with those of the environment: %s", (_, own, ofEnvironment, message) =>
    expect(rejection(() => resolveConfig(config(tagged(own, ofEnvironment)), {}))).toBe(
      `service "shop" in "staging": tags merged with those of the environment ${message}`,
    ),
  );

  test("may be as many as AWS allows", () =>
    expect(() => resolveConfig(config(tagged(numbered(47), { "tag-0": "b" })), {})).not.toThrow());

  test("are checked on their own", () =>
    expect(rejection(() => resolveConfig(config(tagged({ "aws:team": "web" }, {})), {}))).toBe(
      'service "shop": tags has the key "aws:team", which AWS reserves; do not begin it with "aws:"',
    ));
});
