import { PinnedFargateJob } from "../../../src/constructs/job/pinned-fargate-job";
import type { PinnedFargateJobProps } from "../../../src/model/job";
import { synthesized, type SynthesizedStack } from "../../support/synthesized-stack";
import { CLUSTER, containerProps } from "../../support/task-stack";

const LIMIT = "arn:aws:iam::123456789012:policy/limit";

const synthesizedJob = (changes: Partial<PinnedFargateJobProps>): SynthesizedStack =>
  synthesized(
    (stack) =>
      new PinnedFargateJob(stack, "nightly", {
        name: "nightly",
        cluster: CLUSTER,
        network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
        cpu: 256,
        memory: 512,
        containers: [containerProps()],
        schedule: { expression: "rate(1 day)" },
        ...changes,
      }),
  );

/** What the scheduler may do. */
const startOf = (stack: SynthesizedStack): string =>
  Object.values(stack.resources("aws_iam_role_policy"))
    .filter(({ name }) => name === "run-task")
    .map(({ policy }) => String(policy))
    .join();

describe("a job", () => {
  test("has names of one's own, and is started by them", () => {
    const stack = synthesizedJob({ names: { family: "nightly-td", logGroup: "/jobs", taskRole: "NightlyTask" } });
    expect(stack.resource("aws_ecs_task_definition")["family"]).toBe("nightly-td");
    expect(stack.resource("aws_cloudwatch_log_group")["name"]).toBe("/jobs");
    expect(Object.values(stack.resources("aws_iam_role")).map(({ name }) => name)).toContain("NightlyTask");
    expect(startOf(stack)).toContain(":task-definition/nightly-td:*");
  });

  test("passes on roles that exist", () => {
    const role = "arn:aws:iam::123456789012:role/team/shared";
    const stack = synthesizedJob({ existing: { taskRole: role, executionRole: role } });
    expect(Object.keys(stack.resources("aws_iam_role"))).toEqual([expect.stringMatching(/^nightly_schedule_role_/)]);
    expect(startOf(stack)).toContain(`"Action":["iam:PassRole"],"Resource":["${role}"]`);
  });

  test("has a boundary for the role of its schedule too", () => {
    const stack = synthesizedJob({ permissionsBoundary: LIMIT });
    expect(Object.values(stack.resources("aws_iam_role")).map((each) => each["permissions_boundary"])).toEqual([
      LIMIT,
      LIMIT,
      LIMIT,
    ]);
  });

  test("has it even if both of its other roles exist", () => {
    const role = "arn:aws:iam::123456789012:role/team/shared";
    const existing = { taskRole: role, executionRole: role };
    const stack = synthesizedJob({ permissionsBoundary: LIMIT, existing });
    expect(stack.resource("aws_iam_role")["permissions_boundary"]).toBe(LIMIT);
  });
});
