import { TerraformOutput } from "cdktf";

import { Cluster, type ClusterProps } from "../../src/constructs/cluster";
import { emptyStack, synthesized, variable, type SynthesizedStack } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

const synthesizedCluster = (props: Partial<ClusterProps> = {}): SynthesizedStack =>
  synthesized((stack) => {
    const { arn } = new Cluster(stack, "cluster", { name: "staging", ...props });
    new TerraformOutput(stack, "arn", { value: arn });
  });
const clusterRejection = (props: object): string =>
  rejection(() => new Cluster(emptyStack(), "cluster", { name: "staging", ...props }));

test("has Container Insights", () => {
  expect(synthesizedCluster().resource("aws_ecs_cluster")).toEqual({
    name: "staging",
    setting: [{ name: "containerInsights", value: "enabled" }],
  });
});

test.each(["enabled", "enhanced", "disabled"] as const)("may have Container Insights %s", (containerInsights) => {
  expect(synthesizedCluster({ containerInsights }).resource("aws_ecs_cluster")).toMatchObject({
    setting: [{ name: "containerInsights", value: containerInsights }],
  });
});

test("gives the ARN of the resource, so that what uses it waits for it", () => {
  expect(synthesizedCluster().output("arn")).toBe("${aws_ecs_cluster.cluster.arn}");
});

test("rejects a setting of Container Insights that does not exist", () => {
  expect(clusterRejection({ containerInsights: "on" })).toBe(
    'containerInsights "on" is not valid; choose enabled, enhanced, disabled',
  );
});

test("rejects a name that ECS does not take", () => {
  expect(clusterRejection({ name: "my cluster" })).toBe(
    'cluster name "my cluster" is not valid; use 1 to 255 letters, digits, "_" or "-"',
  );
});

test("takes a name and a setting that only Terraform knows", () => {
  const stack = synthesized((scope) => {
    const name = variable(scope, "name").stringValue;
    const containerInsights = variable(scope, "insights").stringValue as "enabled";
    new Cluster(scope, "cluster", { name, containerInsights });
  });
  expect(stack.resource("aws_ecs_cluster")).toEqual({
    name: "${var.name}",
    setting: [{ name: "containerInsights", value: "${var.insights}" }],
  });
});
