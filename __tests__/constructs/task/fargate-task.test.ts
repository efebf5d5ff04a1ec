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

describe("a build that nobody names", () => {
  const kept = { repository: "demo" };

  test("is that of the first container of the repository, for all of them", () => {
    const stack = synthesizedTask({
      containers: [
        containerProps({ name: "proxy" }),
        containerProps({ name: "web", image: kept }),
        containerProps({ name: "worker", image: { ...kept, pinning: "label" } }),
        containerProps({ name: "other", image: { repository: "other" } }),
      ],
    });
    expect(Object.values(stack.data("aws_ecs_container_definition")).map((each) => each["container_name"])).toEqual([
      "other",
      "web",
    ]);
    expect(stack.data("aws_ecr_image")).toMatchObject({
      "web-image": {
        repository_name: "demo",
        image_digest: expect.stringMatching(/^\$\{local.running_web-build_digest_/) as string,
      },
      "other-image": {
        repository_name: "other",
        image_digest: expect.stringMatching(/^\$\{local.running_other-build_digest_/) as string,
      },
    });
  });

  test("is not looked for if every image has one", () => {
    expect(synthesizedTask({ containers: [containerProps({ image: LOOKED_UP })] }).data("aws_ecs_service")).toEqual({});
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
    const other = { repository: "other", tag: "1" };
    expect(resourcesOf(LOOKED_UP, FOREIGN_IMAGE, LOOKED_UP, other)).toEqual([
      ["*"],
      [
        expect.stringMatching(/:ecr:us-east-1:\$\{data.aws_ecr_image.c0-image.registry_id\}:repository\/demo$/),
        expect.stringMatching(/:ecr:us-east-1:\$\{data.aws_ecr_image.c3-image.registry_id\}:repository\/other$/),
      ],
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
