import {
  type ContainerDefinition,
  type CreateServiceCommandInput,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListServicesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { register } from "../support/aws";
import { useEmulator, useTestService } from "./test-service";

const IMAGE = "public.ecr.aws/nginx/nginx:1.27";

const emulator = useEmulator();
const demo = useTestService(emulator);
let taskDefinition: string;

beforeAll(async () => {
  taskDefinition = await register(emulator.ecs, "demo", IMAGE);
});

const create = (options?: Partial<CreateServiceCommandInput>) => demo.create(taskDefinition, options);
const remove = () => emulator.ecs.send(new DeleteServiceCommand({ service: demo.name, force: true }));

/** The ids of the default VPC's subnets, without an SDK for EC2. */
async function defaultSubnets(): Promise<string[]> {
  const answer = await fetch(emulator.endpoint, {
    method: "POST",
    headers: {
      Authorization: "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/ec2/aws4_request",
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: "Action=DescribeSubnets&Version=2016-11-15",
  });
  return [...(await answer.text()).matchAll(/<subnetId>([^<]+)</g)].map((match) => match[1] ?? "");
}

test("the account has an active cluster named default", async () => {
  const { clusters } = await emulator.ecs.send(new DescribeClustersCommand({ clusters: ["default"] }));
  expect(clusters).toMatchObject([
    { clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/default", status: "ACTIVE" },
  ]);
});

test("the account has a default VPC with subnets", async () => {
  expect((await defaultSubnets()).length).toBeGreaterThan(1);
});

describe("a task of a service has", () => {
  const SERVICE_TAG = { key: "team", value: "web" };
  const MANAGED_TAGS = [
    { key: "aws:ecs:clusterName", value: "default" },
    { key: "aws:ecs:serviceName", value: expect.stringMatching(/^demo-/) as string },
  ];
  const tagsOfTask = async (options: Partial<CreateServiceCommandInput>) => {
    await create({ tags: [SERVICE_TAG], ...options });
    const [task] = await demo.tasks();
    return task?.tags;
  };

  test("no tags by default", async () => expect(await tagsOfTask({})).toEqual([]));

  test("the tags of the service if they are propagated", async () =>
    expect(await tagsOfTask({ propagateTags: "SERVICE" })).toEqual([SERVICE_TAG]));

  test("the tags that ECS manages if they are enabled", async () =>
    expect(await tagsOfTask({ enableECSManagedTags: true })).toEqual(MANAGED_TAGS));

  test("both", async () =>
    expect(await tagsOfTask({ propagateTags: "SERVICE", enableECSManagedTags: true })).toEqual([
      ...MANAGED_TAGS,
      SERVICE_TAG,
    ]));
});

test("a cluster counts its services and their tasks", async () => {
  const count = async () => {
    const { clusters } = await emulator.ecs.send(new DescribeClustersCommand({}));
    return [clusters?.[0]?.activeServicesCount ?? 0, clusters?.[0]?.runningTasksCount ?? 0] as const;
  };
  const [services, tasks] = await count();
  await create({ desiredCount: 2 });
  expect(await count()).toEqual([services + 1, tasks + 2]);
});

describe("a service", () => {
  test("has AWS's defaults", async () => {
    await create();
    expect(await demo.describe()).toMatchObject({
      availabilityZoneRebalancing: "ENABLED",
      enableECSManagedTags: false,
      enableExecuteCommand: false,
      propagateTags: "NONE",
      placementConstraints: [],
      placementStrategy: [],
      deploymentConfiguration: {
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        deploymentCircuitBreaker: { enable: false, rollback: false },
      },
    });
  });

  test.each<Partial<CreateServiceCommandInput>>([
    { availabilityZoneRebalancing: "DISABLED" },
    { enableECSManagedTags: true },
    { enableExecuteCommand: true },
    { healthCheckGracePeriodSeconds: 0 },
    { healthCheckGracePeriodSeconds: 60 },
    { propagateTags: "TASK_DEFINITION" },
    { placementConstraints: [{ type: "distinctInstance" }] },
    { placementStrategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }] },
    { capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1, base: 0 }] },
    { platformVersion: "1.4.0", launchType: "FARGATE" },
    { loadBalancers: [{ targetGroupArn: "arn:tg", containerName: "app", containerPort: 80 }] },
    { serviceRegistries: [{ registryArn: "arn:registry" }] },
  ])("has what it was created with: %j", async (options) => {
    await create(options);
    expect(await demo.describe()).toMatchObject(options);
  });

  test.each<object>([
    { availabilityZoneRebalancing: "DISABLED" },
    { enableECSManagedTags: true },
    { enableExecuteCommand: true },
    { healthCheckGracePeriodSeconds: 60 },
    { desiredCount: 0 },
  ])("has what it was updated to: %j", async (change) => {
    await create();
    await demo.update(change);
    expect(await demo.describe()).toMatchObject(change);
  });

  test("keeps the rest of its deployment configuration when a part is updated", async () => {
    await create({ deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 50 } });
    await demo.update({ deploymentConfiguration: { maximumPercent: 300 } });
    expect((await demo.describe()).deploymentConfiguration).toMatchObject({
      maximumPercent: 300,
      minimumHealthyPercent: 50,
    });
  });

  test("starts a deployment when its capacity providers change", async () => {
    const before = await create({ capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }] });
    const capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
    const service = await demo.update({ capacityProviderStrategy, forceNewDeployment: true });
    expect(service?.deployments?.[0]?.id).not.toBe(before.deployments?.[0]?.id);
  });

  test("starts no deployment when only execute command changes", async () => {
    const before = await create();
    const service = await demo.update({ enableExecuteCommand: true });
    expect(service?.deployments?.[0]?.id).toBe(before.deployments?.[0]?.id);
  });

  test("has no launch type when it has capacity providers", async () => {
    const service = await create({ capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }] });
    expect(service.launchType).toBeUndefined();
  });

  test("with awsvpc networking returns its network, completed", async () => {
    const subnets = await defaultSubnets();
    await emulator.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: demo.name,
        networkMode: "awsvpc",
        containerDefinitions: [{ name: "app", image: IMAGE, memory: 128 }],
      }),
    );
    const networkConfiguration = { awsvpcConfiguration: { subnets } };
    const service = await demo.create(demo.name, { networkConfiguration, launchType: "FARGATE" });
    expect(service).toMatchObject({
      runningCount: 1,
      platformVersion: "LATEST",
      networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: [], assignPublicIp: "DISABLED" } },
    });
  });

  test("with awsvpc networking needs a network", async () => {
    await emulator.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: demo.name,
        networkMode: "awsvpc",
        containerDefinitions: [{ name: "app", image: IMAGE, memory: 128 }],
      }),
    );
    await expect(demo.create(demo.name)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    });
  });

  test("is not created over another", async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ message: "Creation of service was not idempotent." });
  });

  test("does not accept an inactive task definition", async () => {
    const inactive = await demo.register(IMAGE);
    await emulator.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: inactive }));
    await expect(demo.create(inactive)).rejects.toMatchObject({ message: "TaskDefinition is inactive" });
  });

  test("stops its tasks when it is deleted", async () => {
    await create({ desiredCount: 2 });
    const before = (await emulator.ecs.send(new ListTasksCommand({ serviceName: demo.name }))).taskArns;
    await remove();
    const { tasks } = await emulator.ecs.send(new DescribeTasksCommand({ tasks: before }));
    expect(tasks?.map((task) => task.lastStatus)).toEqual(["STOPPED", "STOPPED"]);
  });

  test("is inactive and without tasks once it is deleted", async () => {
    await create();
    await remove();
    expect(await demo.describe()).toMatchObject({ status: "INACTIVE", runningCount: 0, deployments: [] });
  });

  test("is not listed once it is deleted", async () => {
    const { serviceArn } = await create();
    expect((await emulator.ecs.send(new ListServicesCommand({}))).serviceArns).toContain(serviceArn);
    await remove();
    expect((await emulator.ecs.send(new ListServicesCommand({}))).serviceArns).not.toContain(serviceArn);
  });

  test("can't be updated once it is deleted", async () => {
    await create();
    await remove();
    await expect(demo.update({ desiredCount: 1 })).rejects.toMatchObject({ name: "ServiceNotActiveException" });
  });
});

test("tasks that are unknown are named as failures", async () => {
  const arn = "arn:aws:ecs:us-east-1:123456789012:task/default/00000000000000000000000000000000";
  const { failures } = await emulator.ecs.send(new DescribeTasksCommand({ tasks: [arn] }));
  expect(failures).toEqual([{ arn, reason: "MISSING" }]);
});

describe("a task definition", () => {
  const awkward: ContainerDefinition = {
    name: "app",
    image: IMAGE,
    memory: 128,
    command: ["sh", "-c", 'echo "$HOME" ${USER} %{x} \\n', "", " "],
    environment: [
      { name: "Z", value: "é 漢字 😀 \u2028" },
      { name: "A", value: "line\nline\ttab \"quoted\" 'single' <&>" },
      { name: "EMPTY", value: "" },
      { name: "NUMBER", value: "007" },
      { name: "BOOLEAN", value: "true" },
    ],
    dockerLabels: { image_tag: "1.10", "org.opencontainers.image.version": "1.10", "With Space": "${x}" },
  };

  test("comes back as it was registered", async () => {
    await emulator.ecs.send(new RegisterTaskDefinitionCommand({ family: demo.name, containerDefinitions: [awkward] }));
    const described = await emulator.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: demo.name }));
    expect(described.taskDefinition?.containerDefinitions?.[0]).toMatchObject(awkward);
  });

  test("needs a container", async () => {
    const command = new RegisterTaskDefinitionCommand({ family: demo.name, containerDefinitions: [] });
    await expect(emulator.ecs.send(command)).rejects.toMatchObject({
      name: "ClientException",
      message: "Container list cannot be empty.",
    });
  });
});
