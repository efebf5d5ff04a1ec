import { TerraformOutput } from "cdktf";

import type { ContainerProps } from "../../../src/model/container";
import { emptyStack, synthesized } from "../../support/synthesized-stack";
import { addTask, containerProps, definitionOf, synthesizedTask } from "../../support/task-stack";

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
  const stack = synthesized((scope) => {
    new TerraformOutput(scope, "arn", { value: addTask(scope).taskDefinition.arn });
  });
  expect(stack.output("arn")).toBe("${aws_ecs_task_definition.task-definition.arn}");
});

test("exposes its resource", () => {
  const stack = synthesized((scope) => {
    addTask(scope).taskDefinition.resource.addOverride("ephemeral_storage.size_in_gib", 30);
  });
  expect(stack.resource("aws_ecs_task_definition")).toMatchObject({ ephemeral_storage: { size_in_gib: 30 } });
});

describe("the 64 KiB that ECS allows", () => {
  const MAX = 65_536;

  const faultsOf = (changes: Partial<ContainerProps>, added = ""): string[] => {
    const task = addTask(emptyStack(), { containers: [containerProps(changes)] });
    if (added !== "") task.container("web").addEnvironment("ADDED", added);
    return task.taskDefinition.node.validate();
  };
  const fault = (bytes: number): string =>
    `service "demo": the container definitions have ${String(bytes)} bytes; Amazon ECS allows at most 65536 (64 KiB): move environment variables or commands into the image`;
  const bytesOf = (changes: Partial<ContainerProps>): number =>
    Buffer.byteLength(JSON.stringify([definitionOf(changes)]));
  /** An argument that fills the container definitions. */
  const filler = (changes: Partial<ContainerProps> = {}): string =>
    "x".repeat(MAX - bytesOf({ ...changes, command: [""] }));

  test("may be used to the last byte", () => {
    expect(bytesOf({ command: [filler()] })).toBe(MAX);
    expect(faultsOf({ command: [filler()] })).toEqual([]);
  });

  test("are exceeded by one more byte", () => {
    expect(faultsOf({ command: [`${filler()}x`] })).toEqual([fault(MAX + 1)]);
  });

  test("are bytes of UTF-8", () => {
    expect(faultsOf({ command: [filler().replace("x", "é")] })).toEqual([fault(MAX + 1)]);
  });

  test("are those that ECS gets, without the escapes of Terraform", () => {
    expect(faultsOf({ command: [filler().replaceAll("xx", "${")] })).toEqual([]);
  });

  test("include what is added after construction", () => {
    const added = { environment: { ADDED: "y" } };
    expect(faultsOf({ command: [filler(added)] }, "y")).toEqual([]);
    expect(faultsOf({ command: [filler(added)] }, "yy")).toEqual([fault(MAX + 1)]);
  });

  test.each([
    ["digest", { image_tag: "1.10" }],
    ["label", { image_digest: `sha256:${"0".repeat(64)}` }],
  ] as const)("hold an image with pinning %s at its longest, before it is looked up", (pinning, dockerLabels) => {
    const image = { repository: "demo", tag: "1.10", pinning };
    const longest = `${"x".repeat(255)}@sha256:${"0".repeat(64)}`;
    const definition = { ...definitionOf({ image, command: [""] }), image: longest, dockerLabels };
    const command = "x".repeat(MAX - Buffer.byteLength(JSON.stringify([definition])));
    expect(faultsOf({ image, command: [command] })).toEqual([]);
    expect(faultsOf({ image, command: [`${command}x`] })).toEqual([fault(MAX + 1)]);
  });
});
