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
    [{ insights: "enabled" }, 'unknown property "insights"; choose existing, containerInsights or executeCommand'],
  ])("rejects %j", (value, message) => expect(lines(clusterConfig, value)).toEqual([`it: ${message}`]));
});
