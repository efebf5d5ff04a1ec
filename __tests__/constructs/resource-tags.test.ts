import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

import { PinnedFargateJob } from "../../src/constructs/job/pinned-fargate-job";
import { PinnedFargateService } from "../../src/constructs/service/pinned-fargate-service";
import { synthesized, type SynthesizedStack } from "../support/synthesized-stack";
import { CLUSTER, containerProps, serviceProps } from "../support/task-stack";

const tags = { "cost-center": "42" };
const PARTS = ["aws_ecs_task_definition", "aws_iam_role", "aws_cloudwatch_log_group", "aws_security_group"];

const tagsOf = (stack: SynthesizedStack, type: string): unknown[] =>
  Object.values(stack.resources(type)).map((resource) => resource["tags"]);

describe("the tags of a service", () => {
  const web = { name: "web", network: { vpc: { tags: { Name: "main" } } } } as const;
  const stack = synthesized((stack) => {
    const service = new PinnedFargateService(stack, "web", serviceProps({ ...web, tags }));
    new SqsQueue(service, "orders", { tags: { "cost-center": "7", team: "web" } });
    new SqsQueue(stack, "other", {});
  });

  test.each([...PARTS, "aws_ecs_service"])("are on %s", (type) => {
    const all = tagsOf(stack, type);
    expect(all).not.toHaveLength(0);
    expect(all).toEqual(all.map(() => tags));
  });

  test("give way to those that code writes on what it adds, and are on nothing outside of the service", () =>
    expect(tagsOf(stack, "aws_sqs_queue")).toEqual([undefined, { "cost-center": "7", team: "web" }]));

  test("do not change what lookups look for", () => expect(stack.lookup("aws_vpc")["tags"]).toEqual({ Name: "main" }));

  test("are not there unless they are given", () => {
    const plain = synthesized((stack) => new PinnedFargateService(stack, "web", serviceProps(web)));
    expect(tagsOf(plain, "aws_ecs_service")).toEqual([undefined]);
  });
});

test.each(PARTS)("the tags of a job are on %s", (type) => {
  const stack = synthesized(
    (stack) =>
      new PinnedFargateJob(stack, "nightly", {
        name: "nightly",
        cluster: CLUSTER,
        network: { vpc: "default" },
        cpu: 256,
        memory: 512,
        containers: [containerProps()],
        schedule: { expression: "rate(1 day)" },
        tags,
      }),
  );
  const all = tagsOf(stack, type);
  expect(all).not.toHaveLength(0);
  expect(all).toEqual(all.map(() => tags));
});
