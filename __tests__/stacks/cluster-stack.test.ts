import { ClusterStack } from "../../src/stacks";
import { newApp, synthesizedStack } from "../support/synthesized-stack";

test("the cluster stack has the given cluster, and outputs its ARN", () => {
  const stack = synthesizedStack(
    new ClusterStack(newApp(), {
      stackName: "cluster-staging",
      region: "us-east-1",
      state: { backend: "local" },
      tags: {},
      cluster: { name: "staging", containerInsights: "enhanced" },
    }),
  );

  expect(stack.resource("aws_ecs_cluster")).toEqual({
    name: "staging",
    setting: [{ name: "containerInsights", value: "enhanced" }],
  });
  expect(stack.output("cluster_arn")).toBe("${aws_ecs_cluster.cluster.arn}");
});
