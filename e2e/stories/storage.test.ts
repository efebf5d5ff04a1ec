import { DescribeTaskDefinitionCommand, type ContainerDefinition, type Volume } from "@aws-sdk/client-ecs";
import { CreateAccessPointCommand, CreateFileSystemCommand, EFSClient } from "@aws-sdk/client-efs";
import { GetRolePolicyCommand, IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";

import type { Config, ServiceConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration, describeService, tasksOf } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
const requested: string[] = [];
let project: Project;
let fileSystemId: string;
let accessPointId: string;

const image = { repository: "demo", tag: "1.10" };

/** Every kind of volume and mount, and everything that decides on the start of a container. */
function stored(changes: Partial<ServiceConfig["containers"][number]> = {}, size = 20): Config {
  const config = demoLocal();
  const volumes: ServiceConfig["volumes"] = {
    static: {},
    uploads: { efs: { fileSystemId, accessPointId, iam: "ENABLED" } },
    archive: { efs: { fileSystemId, rootDirectory: "/archive", transitEncryptionPort: 2999 } },
    scratch: { ebs: { sizeInGiB: size, throughput: 200 } },
  };
  const containers: ServiceConfig["containers"] = [
    {
      name: "web",
      image,
      dependsOn: { init: "SUCCESS", cache: "HEALTHY" },
      startTimeout: 60,
      mountPoints: {
        static: { containerPath: "/srv/static", readOnly: true },
        uploads: ["/srv/uploads", { containerPath: "/srv/seen", readOnly: true }],
        archive: { containerPath: "/srv/archive", readOnly: false },
        scratch: "/scratch",
      },
      readonlyRootFilesystem: true,
      writablePaths: ["/var/run", "/tmp"],
      linuxParameters: {
        initProcessEnabled: true,
        capabilities: { add: ["SYS_PTRACE"], drop: ["NET_RAW"] },
        tmpfs: [{ containerPath: "/run/secrets", size: 16, mountOptions: ["noexec", "uid=1000"] }],
      },
      systemControls: { "net.core.somaxconn": "1024", "fs.mqueue.msg_max": "20" },
      ...changes,
    },
    { name: "cache", image, healthCheck: { command: ["CMD", "true"] }, linuxParameters: { capabilities: {} } },
    { name: "init", image, essential: false, mountPoints: { static: "/static" } },
    {
      name: "log",
      image,
      essential: false,
      dependsOn: { web: "START" },
      volumesFrom: { web: { readOnly: true }, cache: {} },
      interactive: true,
      pseudoTerminal: true,
    },
  ];
  const settings = { cpu: 256, memory: 512, ephemeralStorage: 30, pidMode: "task", volumes, containers } as const;
  return { ...config, services: config.services.map((service) => ({ ...service, ...settings })) };
}

/** Deploys, and notes what the deployer asked for. */
async function deploy(): Promise<void> {
  requested.push(...(await aws.actionsOf(() => project.deploy("demo-local"))));
}

async function taskDefinition(): Promise<{
  web: ContainerDefinition;
  others: ContainerDefinition[];
  volumes: Volume[];
}> {
  const { taskDefinition } = await describeService(aws.ecs, "demo-local");
  const found = await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const { containerDefinitions: [web, ...others] = [], volumes = [] } = found.taskDefinition ?? {};
  if (!web) throw new Error("no container");
  return { web, others, volumes };
}

async function expectNoChanges(): Promise<void> {
  const plan = await project.plan("demo-local");
  expect({ actions: plan.actions, exitCode: plan.exitCode }).toEqual({ actions: {}, exitCode: 0 });
}

beforeAll(async () => {
  const efs = new EFSClient(clientConfiguration(aws.endpoint));
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  const fileSystem = await efs.send(new CreateFileSystemCommand({ CreationToken: "uploads" }));
  fileSystemId = fileSystem.FileSystemId ?? "";
  const accessPoint = { ClientToken: "uploads", FileSystemId: fileSystemId };
  accessPointId = (await efs.send(new CreateAccessPointCommand(accessPoint))).AccessPointId ?? "";
  project = aws.project(stored());
});

describe("a service with volumes of all kinds", () => {
  test("is deployed", async () => {
    await deploy();

    const { web, others, volumes } = await taskDefinition();
    expect(web).toMatchObject({
      dependsOn: [
        { containerName: "init", condition: "SUCCESS" },
        { containerName: "cache", condition: "HEALTHY" },
      ],
      startTimeout: 60,
      mountPoints: [
        { sourceVolume: "static", containerPath: "/srv/static", readOnly: true },
        { sourceVolume: "uploads", containerPath: "/srv/uploads" },
        { sourceVolume: "uploads", containerPath: "/srv/seen", readOnly: true },
        { sourceVolume: "archive", containerPath: "/srv/archive", readOnly: false },
        { sourceVolume: "scratch", containerPath: "/scratch" },
        { sourceVolume: "web_var-run", containerPath: "/var/run" },
        { sourceVolume: "web_tmp", containerPath: "/tmp" },
      ],
      linuxParameters: { initProcessEnabled: true, capabilities: { add: ["SYS_PTRACE"], drop: ["NET_RAW"] } },
      systemControls: [
        { namespace: "net.core.somaxconn", value: "1024" },
        { namespace: "fs.mqueue.msg_max", value: "20" },
      ],
    });
    expect(others.at(-1)).toMatchObject({
      volumesFrom: [{ sourceContainer: "web", readOnly: true }, { sourceContainer: "cache" }],
      interactive: true,
      pseudoTerminal: true,
    });
    expect(volumes.map(({ name }) => name).sort()).toEqual([
      "archive",
      "scratch",
      "static",
      "uploads",
      "web_tmp",
      "web_var-run",
    ]);
    expect(volumes.find(({ name }) => name === "uploads")?.efsVolumeConfiguration).toMatchObject({
      fileSystemId,
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId, iam: "ENABLED" },
    });
    expect(await tasksOf(aws.ecs, "demo-local")).toHaveLength(1);
  });

  test("its tasks may mount the file system by the access point alone", async () => {
    const iam = new IAMClient(clientConfiguration(aws.endpoint));
    const policy = { RoleName: "demo-local-task", PolicyName: "application" };
    const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand(policy));

    const arn = `arn:aws:elasticfilesystem:us-east-1:${ACCOUNT}`;
    const condition = { StringEquals: { "elasticfilesystem:AccessPointArn": `${arn}:access-point/${accessPointId}` } };
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toMatchObject({
      Statement: [
        {
          Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
          Resource: [`${arn}:file-system/${fileSystemId}`],
          Condition: condition,
        },
        { Action: ["elasticfilesystem:ClientMount"], Condition: condition },
      ],
    });
  });

  test("a second plan is empty", expectNoChanges);

  test("a change of mounts and kernel is a new revision, and a larger EBS volume a change of the service", async () => {
    const web = { dependsOn: { cache: "HEALTHY" }, writablePaths: ["/tmp"], systemControls: {} } as const;
    project.edit(stored({ ...web, linuxParameters: { initProcessEnabled: true } }, 40));
    await deploy();

    const { web: changed, volumes } = await taskDefinition();
    expect(changed.dependsOn).toEqual([{ containerName: "cache", condition: "HEALTHY" }]);
    expect(changed.linuxParameters).toEqual({ initProcessEnabled: true });
    expect(volumes.map(({ name }) => name)).not.toContain("web_var-run");
    const service = await describeService(aws.ecs, "demo-local");
    expect(service.deployments?.[0]?.volumeConfigurations).toMatchObject([
      { name: "scratch", managedEBSVolume: { sizeInGiB: 40, throughput: 200, volumeType: "gp3", encrypted: true } },
    ]);
    await expectNoChanges();
  });

  test("is destroyed with its roles", async () => {
    requested.push(...(await aws.actionsOf(() => project.destroy("demo-local"))));

    const { Roles = [] } = await new IAMClient(clientConfiguration(aws.endpoint)).send(new ListRolesCommand({}));
    expect((await aws.inventory()).services).toEqual([]);
    expect(Roles.map(({ RoleName }) => RoleName).filter((name) => name?.startsWith("demo-local"))).toEqual([]);
  });

  test("the deployer needs no right that docs/policies does not give", () =>
    expect(refusedActions(requested, "deploy-services", "deploy-storage")).toEqual([]));
});
