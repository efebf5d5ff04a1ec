import type { TerraformStack } from "cdktf";

import type { FargateTask } from "../../../src/constructs/task/fargate-task";
import type { ContainerProps } from "../../../src/model/container";
import type { Volume } from "../../../src/model/volume";
import { rejection } from "../../support/rejection";
import {
  emptyStack,
  synthesized,
  synthesizedStack,
  type Block,
  type SynthesizedStack,
} from "../../support/synthesized-stack";
import { asTerraformReads } from "../../support/terraform-template";
import { addTask, containerProps, synthesizedTask } from "../../support/task-stack";

const ARN =
  "arn:${data.aws_partition.account_partition_32ACE770.partition}:elasticfilesystem:us-east-1:${data.aws_caller_identity.account_identity_B7F107C0.account_id}";
const EFS = { fileSystemId: "fs-1" };

/** The task `demo`, whose container `web` mounts `data`. */
function taskWith(data: Volume, web: Partial<ContainerProps> = { mountPoints: { data: "/srv" } }): SynthesizedStack {
  return synthesizedTask({ volumes: { data }, containers: [containerProps(web)] });
}

const volumesOf = (stack: SynthesizedStack): unknown => stack.resource("aws_ecs_task_definition")["volume"];

/** What the task role may do, by what it may do it to. */
function rights(stack: SynthesizedStack): unknown {
  const policy = Object.values(stack.resources("aws_iam_role_policy")).find(({ name }) => name === "application");
  return policy && (JSON.parse(asTerraformReads(String(policy["policy"]))) as { Statement: unknown }).Statement;
}

describe("the volumes of a task", () => {
  test("leave no trace if there are none", () => {
    expect(synthesizedTask().resource("aws_ecs_task_definition")).not.toHaveProperty("volume");
    expect(synthesizedTask().container()).not.toHaveProperty("mountPoints");
  });

  test("are empty folders, or file systems with only what is set", () => {
    const mountPoints = { data: "/a", shared: "/b", all: "/c" };
    const volumes = {
      data: {},
      shared: { efs: { ...EFS, accessPointId: "fsap-1" } },
      all: {
        efs: { ...EFS, rootDirectory: "/srv", transitEncryptionPort: 2999, iam: "ENABLED" },
      },
    } as const;
    const stack = synthesizedTask({ volumes, containers: [containerProps({ mountPoints })] });
    expect(volumesOf(stack)).toEqual([
      { name: "data" },
      {
        name: "shared",
        efs_volume_configuration: {
          file_system_id: "fs-1",
          transit_encryption: "ENABLED",
          authorization_config: { access_point_id: "fsap-1", iam: "DISABLED" },
        },
      },
      {
        name: "all",
        efs_volume_configuration: {
          file_system_id: "fs-1",
          root_directory: "/srv",
          transit_encryption: "ENABLED",
          transit_encryption_port: 2999,
          authorization_config: { iam: "ENABLED" },
        },
      },
    ]);
  });

  test("without access point and IAM have no authorization", () => {
    expect(volumesOf(taskWith({ efs: { ...EFS, transitEncryption: "DISABLED" } }))).toEqual([
      { name: "data", efs_volume_configuration: { file_system_id: "fs-1", transit_encryption: "DISABLED" } },
    ]);
  });

  test("are configured with the service if they are of Amazon EBS", () => {
    expect(volumesOf(taskWith({ ebs: { sizeInGiB: 20 } }))).toEqual([{ name: "data", configure_at_launch: true }]);
  });

  test("are one more for each writable path, which its container alone mounts", () => {
    const readOnly = containerProps({ readonlyRootFilesystem: true, writablePaths: ["/tmp", "/var/run"] });
    const stack = synthesizedTask({ containers: [readOnly, containerProps({ name: "log" })] });
    expect(volumesOf(stack)).toEqual([{ name: "web_tmp" }, { name: "web_var-run" }]);
    expect(stack.containers()).toEqual([
      expect.objectContaining({
        mountPoints: [
          { sourceVolume: "web_tmp", containerPath: "/tmp" },
          { sourceVolume: "web_var-run", containerPath: "/var/run" },
        ],
      }),
      expect.not.objectContaining({ mountPoints: expect.anything() as unknown }),
    ]);
  });
});

test("storage and process namespace of a task reach ECS, if they are set", () => {
  expect(synthesizedTask({ ephemeralStorage: 30, pidMode: "task" }).resource("aws_ecs_task_definition")).toMatchObject({
    ephemeral_storage: { size_in_gib: 30 },
    pid_mode: "task",
  });
  const plain = Object.keys(synthesizedTask().resource("aws_ecs_task_definition"));
  expect(plain.filter((key) => ["ephemeral_storage", "pid_mode"].includes(key))).toEqual([]);
});

describe("the task role", () => {
  test("gets no right to what does not ask for it", () => {
    expect(rights(taskWith({}))).toBeUndefined();
    expect(rights(taskWith({ efs: { ...EFS, accessPointId: "fsap-1" } }))).toBeUndefined();
  });

  test("may mount and write to exactly that file system", () => {
    expect(rights(taskWith({ efs: { ...EFS, iam: "ENABLED" } }))).toEqual([
      {
        Effect: "Allow",
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Resource: [`${ARN}:file-system/fs-1`],
      },
    ]);
  });

  test("may do so by the access point only, if there is one", () => {
    expect(rights(taskWith({ efs: { ...EFS, iam: "ENABLED", accessPointId: "fsap-1" } }))).toEqual([
      expect.objectContaining({
        Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": `${ARN}:access-point/fsap-1` } },
      }),
    ]);
  });

  test("may not write to what is mounted read-only", () => {
    const mountPoints = { data: { containerPath: "/srv", readOnly: true } };
    expect(rights(taskWith({ efs: { ...EFS, iam: "ENABLED" } }, { mountPoints }))).toEqual([
      expect.objectContaining({ Action: ["elasticfilesystem:ClientMount"] }),
    ]);
  });

  test("is root only if asked for", () => {
    expect(rights(taskWith({ efs: { ...EFS, iam: "ENABLED", rootAccess: true } }))).toEqual([
      expect.objectContaining({
        Action: [
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientRootAccess",
          "elasticfilesystem:ClientWrite",
        ],
      }),
    ]);
  });
});

describe("a volume that is added in code", () => {
  function taskIn(stack: TerraformStack): FargateTask {
    return addTask(stack, { volumes: { data: {} }, containers: [containerProps({ mountPoints: { data: "/srv" } })] });
  }

  test("is mounted where code says", () => {
    const stack = synthesized((scope) => {
      const task = taskIn(scope);
      task.volumes.add("shared", { efs: { ...EFS, iam: "ENABLED" } });
      task.container("web").addMountPoint("shared", { containerPath: "/shared", readOnly: true });
      task.container("web").addMountPoint("data", ["/more", "/and/more"]);
    });
    expect(volumesOf(stack)).toEqual([{ name: "data" }, expect.objectContaining({ name: "shared" })]);
    expect((stack.container() as { mountPoints: Block[] }).mountPoints).toEqual([
      { sourceVolume: "data", containerPath: "/srv" },
      { sourceVolume: "shared", containerPath: "/shared", readOnly: true },
      { sourceVolume: "data", containerPath: "/more" },
      { sourceVolume: "data", containerPath: "/and/more" },
    ]);
    expect(rights(stack)).toEqual([expect.objectContaining({ Action: ["elasticfilesystem:ClientMount"] })]);
  });

  test.each<[string, (task: FargateTask) => void, string]>([
    [
      "a name that is taken",
      ({ volumes }) => volumes.add("data", {}),
      'there already is a volume "data"; choose another name',
    ],
    [
      "a name that is not valid",
      ({ volumes }) => volumes.add("my data", {}),
      'name "my data" is not valid; use 1 to 255 letters, digits, "_" or "-"',
    ],
    [
      "an EBS volume",
      ({ volumes }) => volumes.add("disk", { ebs: { sizeInGiB: 1 } }),
      '"disk" is an EBS volume; write it into volumes in the props',
    ],
  ])("rejects %s", (_, add, fault) => {
    expect(rejection(() => add(taskIn(emptyStack())))).toBe(`service "demo": volumes: ${fault}`);
  });

  test.each<[string, string, string, string]>([
    ["a volume that does not exist", "dta", "/a", 'there is no volume "dta" (there is "data"); add it to volumes'],
    ["a path that is not absolute", "data", "a", 'data "a" is not absolute; begin it with "/"'],
    [
      "a path that is taken",
      "data",
      "/srv",
      'two things are mounted at "/srv"; give each a path of its own, in mountPoints, writablePaths and tmpfs',
    ],
  ])("cannot be mounted: %s", (_, volume, path, fault) => {
    const container = taskIn(emptyStack()).container("web");
    expect(rejection(() => container.addMountPoint(volume, path))).toBe(
      `service "demo": containers[0] "web": mountPoints: ${fault}`,
    );
  });

  test("must be mounted", () => {
    const stack = emptyStack();
    taskIn(stack).volumes.add("shared", {});
    expect(() => synthesizedStack(stack)).toThrow(
      'service "demo": volumes: no container mounts "shared"; add it to mountPoints of one, or remove it',
    );
  });
});
