import { clusterConfig, ownCluster } from "../../src/model/cluster";
import { REFERENCE, describeProperties, lines } from "../support/problems";

describe("a cluster of our own", () => {
  test("has Container Insights by default", () =>
    expect(ownCluster.parse({ name: "staging" })).toStrictEqual({ name: "staging", containerInsights: "enabled" }));

  describeProperties(ownCluster, { name: "staging" }, [
    [
      "name",
      ["a", "Staging_1-a", "a".repeat(255)],
      ["", "my cluster", "a".repeat(256), "arn:aws:ecs:us-east-1:123456789012:cluster/a", REFERENCE],
      'use 1 to 255 letters, digits, "_" or "-"',
    ],
    ["containerInsights", ["enabled", "enhanced", "disabled"], ["on", true], "choose enabled, enhanced or disabled"],
  ]);
});

describe.each([
  ["a cluster of our own", ownCluster, { name: "staging" }],
  ["the cluster of an environment", clusterConfig, {}],
])("the capacity of %s", (_, schema, cluster) => {
  const linesOf = (changes: object): string[] => lines(schema, { ...cluster, ...changes });

  test.each([
    { capacityProviders: ["FARGATE"] },
    {
      capacityProviders: ["FARGATE_SPOT", "FARGATE"],
      defaultCapacityProviderStrategy: { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 1 } },
    },
  ])("may be %j", (changes) => expect(linesOf(changes)).toEqual([]));

  test.each<[object, string]>([
    [{ capacityProviders: [] }, "capacityProviders has 0 entries; give at least 1"],
    [{ capacityProviders: ["FARGATE", "FARGATE"] }, 'capacityProviders has "FARGATE" twice; remove one'],
    [{ capacityProviders: ["EC2"] }, 'capacityProviders[0] "EC2" is not valid; choose FARGATE or FARGATE_SPOT'],
    [
      { defaultCapacityProviderStrategy: { FARGATE: { weight: 1 } } },
      "defaultCapacityProviderStrategy: FARGATE is not among capacityProviders; add it there",
    ],
    [
      { capacityProviders: ["FARGATE"], defaultCapacityProviderStrategy: { FARGATE: { base: 1 } } },
      "defaultCapacityProviderStrategy: no provider has a weight above 0; set one, like FARGATE: { weight: 1 }",
    ],
  ])("may not be %j", (changes, message) => expect(linesOf(changes)).toEqual([`it: ${message}`]));
});

describe("the cluster of an environment", () => {
  test.each([{}, { containerInsights: "enhanced" }, { existing: "default" }, { existing: REFERENCE }])(
    "may be %j",
    (value) => expect(clusterConfig.parse(value)).toStrictEqual(value),
  );

  test.each<[object, string]>([
    [
      { existing: "my cluster" },
      'existing "my cluster" is not valid; use the ARN of a cluster, or its name: 1 to 255 letters, digits, "_" or "-"',
    ],
    [
      { existing: "shared", containerInsights: "enabled" },
      "containerInsights is for the environment's own cluster; remove it, or remove existing",
    ],
    [
      { existing: "shared", capacityProviders: ["FARGATE"] },
      "capacityProviders is for the environment's own cluster; remove it, or remove existing",
    ],
    [
      { insights: "enabled" },
      'unknown property "insights"; choose existing, containerInsights, capacityProviders, defaultCapacityProviderStrategy or executeCommand',
    ],
  ])("rejects %j", (value, message) => expect(lines(clusterConfig, value)).toEqual([`it: ${message}`]));
});
