import { ClusterStack } from "../../src/stacks";
import { newApp, synthesizedStack } from "../support/synthesized-stack";

test("the cluster stack has a cluster with Container Insights, and says its ARN", () => {
  const stack = synthesizedStack(
    new ClusterStack(newApp(), "cluster-staging", {
      region: "us-east-1",
      state: { backend: "local" },
      tags: {},
      cluster: { name: "staging" },
    }),
  );

  expect(stack.resource("aws_ecs_cluster")).toMatchObject({
    name: "staging",
    setting: [{ name: "containerInsights", value: "enabled" }],
  });
  const [id] = Object.keys(stack.resources("aws_ecs_cluster"));
  expect(stack.output("cluster_arn")).toBe(`\${aws_ecs_cluster.${String(id)}.arn}`);
});
