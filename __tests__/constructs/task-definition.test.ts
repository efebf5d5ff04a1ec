import { TerraformOutput } from "cdktf";

import type { ContainerProps } from "../../src/constructs/container";
import { TaskDefinition, type TaskDefinitionProps } from "../../src/constructs/task-definition";
import { emptyStack, synthesized, variable } from "../support/synthesized-stack";
import { FOREIGN_IMAGE, addTask, definitionOf, synthesizedTask, taskRejection } from "../support/task-stack";

const LOOKED_UP = { repository: "demo", tag: "1.10" };

test("is for Fargate on Linux, and its revisions outlive it", () => {
  expect(synthesizedTask().resource("aws_ecs_task_definition")).toEqual({
    family: "demo",
    cpu: "256",
    memory: "512",
    network_mode: "awsvpc",
    requires_compatibilities: ["FARGATE"],
    runtime_platform: { cpu_architecture: "X86_64", operating_system_family: "LINUX" },
    execution_role_arn: "${aws_iam_role.execution-role.arn}",
    task_role_arn: "${aws_iam_role.task-role.arn}",
    skip_destroy: true,
    container_definitions: expect.any(String) as unknown,
  });
});

test("may run on ARM64", () => {
  expect(synthesizedTask({ cpuArchitecture: "ARM64" }).resource("aws_ecs_task_definition")).toMatchObject({
    runtime_platform: { cpu_architecture: "ARM64", operating_system_family: "LINUX" },
  });
});

test("gives its ARN with revision", () => {
  const stack = synthesized((scope) => new TerraformOutput(scope, "arn", { value: addTask(scope).arn }));
  expect(stack.output("arn")).toBe("${aws_ecs_task_definition.task-definition.arn}");
});

test("nothing makes the lookup of an image wait, which would hide the digest from the plan", () => {
  const stack = synthesizedTask({ containers: [{ name: "web", image: LOOKED_UP }] });
  expect(stack.text).not.toContain("depends_on");
});

test("the lookup of a container's image has the address <container>-image", () => {
  const containers = ["web", "agent"].map((name) => ({ name, image: LOOKED_UP }));
  expect(Object.keys(synthesizedTask({ containers }).data("aws_ecr_image"))).toEqual(["agent-image", "web-image"]);
});

test.each(["1web", "-web"])("the lookup of container %s has an address that Terraform takes", (name) => {
  const stack = synthesizedTask({ containers: [{ name, image: LOOKED_UP }] });
  expect(Object.keys(stack.data("aws_ecr_image"))).toEqual([`container-${name}_image`]);
});

test("no two containers get one address, whatever they are called", () => {
  const containers = ["1", "container-1", "container_1", "1_image", "1-image"].map((name) => ({
    name,
    image: LOOKED_UP,
  }));
  expect(Object.keys(synthesizedTask({ containers }).data("aws_ecr_image"))).toHaveLength(5);
});

test("the lookup has the container's position in its address where only Terraform knows the name", () => {
  const stack = synthesized((scope) => {
    const name = variable(scope, "name").stringValue;
    addTask(scope, {
      containers: [
        { name: "web", image: FOREIGN_IMAGE },
        { name, image: LOOKED_UP },
      ],
    });
  });
  expect(Object.keys(stack.data("aws_ecr_image"))).toEqual(["container_1_image"]);
  expect(stack.containers()).toMatchObject([{ name: "web" }, { name: "${var.name}" }]);
});

test("gives the image of each container by its name", () => {
  const containers = [
    { name: "web", image: FOREIGN_IMAGE },
    { name: "agent", image: LOOKED_UP },
  ];
  const { images } = addTask(emptyStack(), { containers });
  expect([...images.keys()]).toEqual(["web", "agent"]);
  expect(images.get("web")?.reference).toBe(FOREIGN_IMAGE);
  expect(images.get("agent")?.tag).toBe("1.10");
});

describe("rejects", () => {
  test("a family that ECS does not take", () => {
    expect(taskRejection({ family: "my demo" })).toBe(
      'family "my demo" is not valid; use 1 to 255 letters, digits, "_" or "-"',
    );
  });

  test("a size that Fargate lacks", () => {
    expect(taskRejection({ cpu: 256, memory: 700 })).toBe(
      "memory 700 MiB is not valid with 256 cpu units; choose 512, 1024 or 2048",
    );
  });

  test("a cpu architecture that does not exist", () => {
    const cpuArchitecture = "arm64" as TaskDefinitionProps["cpuArchitecture"];
    expect(taskRejection({ cpuArchitecture })).toBe('cpuArchitecture "arm64" is not valid; choose X86_64, ARM64');
  });

  test("an image, and names the container", () => {
    expect(taskRejection({ containers: [{ name: "web", image: { repository: "demo", tag: "" } }] })).toBe(
      'container "web": tag "" is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
    );
  });
});

test("takes size, family and architecture that only Terraform knows", () => {
  const stack = synthesized((scope) => {
    const value = (name: string): string => variable(scope, name).stringValue;
    addTask(scope, {
      family: value("family"),
      cpu: variable(scope, "cpu").numberValue,
      memory: variable(scope, "memory").numberValue,
      cpuArchitecture: value("architecture") as "ARM64",
      containers: [{ name: "web", image: FOREIGN_IMAGE, cpu: 128, memory: 1024 }],
    });
  });
  expect(stack.resource("aws_ecs_task_definition")).toMatchObject({
    family: "${var.family}",
    cpu: "${var.cpu}",
    memory: "${var.memory}",
    runtime_platform: { cpu_architecture: "${var.architecture}" },
  });
});

describe("the 64 KiB that ECS takes", () => {
  const MAX = 65_536;
  const bytesOf = (container: Partial<ContainerProps>): number =>
    Buffer.byteLength(JSON.stringify([definitionOf(container)]));
  const filled = (bytes: number): Partial<ContainerProps> => {
    const free = bytes - bytesOf({ command: [""] });
    return { command: ["x".repeat(free)] };
  };
  const rejectionOf = (container: Partial<ContainerProps>): string =>
    taskRejection({ containers: [{ name: "web", image: FOREIGN_IMAGE, ...container }] });

  test("may be used to the last byte", () => {
    expect(bytesOf(filled(MAX))).toBe(MAX);
  });

  test("rejects a byte more", () => {
    expect(rejectionOf(filled(MAX + 1))).toBe(
      "the container definitions take 65537 bytes and Amazon ECS takes 65536 (64 KiB); move environment variables or commands into the image",
    );
  });

  test("are bytes of UTF-8", () => {
    const { command = [] } = filled(MAX);
    expect(rejectionOf({ command: [command.join("").replace("x", "é")] })).toMatch(
      /^the container definitions take 65537 /,
    );
  });

  test("are those that ECS gets, without the escapes of Terraform", () => {
    const { command = [] } = filled(MAX);
    expect(bytesOf({ command: [command.join("").replaceAll("xx", "${")] })).toBe(MAX);
  });
});

describe("an image that is still to be looked up is counted at its longest", () => {
  const DIGEST = `sha256:${"0".repeat(64)}`;

  test.each([
    ["digest", { image_tag: "1.10" }],
    ["label", { image_digest: DIGEST }],
  ] as const)("with pinning %s", (pinning, dockerLabels) => {
    const container = { name: "web", image: { ...LOOKED_UP, pinning } };
    const longest = { ...definitionOf(container), image: `${"x".repeat(255)}@${DIGEST}`, dockerLabels, command: [""] };
    const free = 65_536 - Buffer.byteLength(JSON.stringify([longest]));
    const command = ["x".repeat(free)];
    expect(definitionOf({ ...container, command })["command"]).toEqual(command);
    expect(taskRejection({ containers: [{ ...container, command: [`${command.join("")}x`] }] })).toBe(
      "the container definitions take 65537 bytes and Amazon ECS takes 65536 (64 KiB); move environment variables or commands into the image",
    );
  });
});

test("a task definition is a construct under the given id", () => {
  const stack = emptyStack();
  addTask(stack);
  expect(stack.node.tryFindChild("task-definition")).toBeInstanceOf(TaskDefinition);
});
