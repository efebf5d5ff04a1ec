import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import { rejection } from "../../support/rejection";
import { emptyStack, stackWithoutProvider, synthesizedStack } from "../../support/synthesized-stack";
import { FOREIGN_IMAGE, addTask, containerProps, synthesizedTask } from "../../support/task-stack";

const LOOKED_UP = { repository: "demo", tag: "1.10" };

describe("a task", () => {
  test("names its parts after itself", () => {
    const stack = synthesizedTask();
    expect(stack.resource("aws_cloudwatch_log_group")["name"]).toBe("/ecs/demo");
    expect(stack.resource("aws_ecs_task_definition")["family"]).toBe("demo");
    expect(Object.values(stack.resources("aws_iam_role")).map(({ name }) => name)).toEqual([
      "demo-execution",
      "demo-task",
    ]);
    expect(stack.resource("aws_iam_role_policy")["name"]).toBe("start-tasks");
  });

  test("keeps its containers in order, each with a log stream prefix of its own", () => {
    const containers = ["web", "agent"].map((name) => containerProps({ name }));
    expect(synthesizedTask({ containers }).containers()).toMatchObject([
      { name: "web", logConfiguration: { options: { "awslogs-group": "/ecs/demo", "awslogs-stream-prefix": "web" } } },
      { name: "agent", logConfiguration: { options: { "awslogs-stream-prefix": "agent" } } },
    ]);
  });

  test("logs in the region of the provider", () => {
    const stack = stackWithoutProvider();
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    addTask(stack);
    expect(synthesizedStack(stack).container()).toMatchObject({
      logConfiguration: { options: { "awslogs-region": "eu-west-1" } },
    });
  });

  test("makes no image lookup wait, which would hide the digest from the plan", () => {
    const stack = synthesizedTask({ containers: [containerProps({ image: LOOKED_UP })] });
    expect(stack.text).not.toContain("depends_on");
  });

  test("gives its task role no permissions", () => {
    const stack = synthesizedTask({ containers: [containerProps({ image: LOOKED_UP })] });
    expect(stack.resource("aws_iam_role_policy")["role"]).toBe("${aws_iam_role.execution-role.name}");
    expect(stack.resources("aws_iam_role_policy_attachment")).toEqual({});
  });
});

describe("the execution role", () => {
  const resourcesOf = (...images: (typeof LOOKED_UP | string)[]): unknown => {
    const containers = images.map((image, index) => containerProps({ name: `c${String(index)}`, image }));
    return synthesizedTask({ containers })
      .statements()
      .map(({ Resource }) => Resource);
  };
  const LOGS = ["${aws_cloudwatch_log_group.log-group.arn}:*"];

  test("may do what the images and the log group need", () => {
    expect(resourcesOf(LOOKED_UP, FOREIGN_IMAGE, LOOKED_UP)).toEqual([
      ["*"],
      ["${data.aws_ecr_repository.c0-image.arn}", "${data.aws_ecr_repository.c2-image.arn}"],
      LOGS,
    ]);
  });

  test("has no permissions on a registry if it pulls from none", () => {
    expect(resourcesOf(FOREIGN_IMAGE)).toEqual([LOGS]);
  });
});

describe("a container", () => {
  const task = addTask(emptyStack(), { containers: ["web", "agent"].map((name) => containerProps({ name })) });

  test("is found by its name", () => {
    expect(task.container("agent")).toBe(task.containers[1]);
  });

  test("is rejected by a name that no container has", () => {
    expect(rejection(() => task.container("wbe"))).toBe(
      'service "demo": there is no container "wbe"; choose "web" or "agent"',
    );
  });
});
