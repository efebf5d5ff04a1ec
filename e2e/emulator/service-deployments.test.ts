import { CreateRepositoryCommand, type ECRClient } from "@aws-sdk/client-ecr";
import {
  type CreateServiceCommandInput,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  type ServiceRevision,
  StopTaskCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { REGISTRY, clients, createService, describeService, register, tasksOf } from "../support/aws";
import { failingManifest, manifest, push } from "../support/images";
import { type Emulator, startEmulator } from "./launch";

let emulator: Emulator;
let ecr: ECRClient;
let ecs: ECSClient;
/** Repository, family and service of one test. */
let name: string;
let image: string;
let counter = 0;

beforeAll(async () => {
  emulator = await startEmulator();
  ({ ecr, ecs } = clients(emulator.endpoint));
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  name = `demo-${++counter}`;
  image = `${REGISTRY}/${name}`;
  await ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
});

/** Registers a revision that runs a new image, and answers with its ARN. */
async function revision(build: string, imageManifest: string = manifest(build)): Promise<string> {
  return register(ecs, name, `${image}@${await push(ecr, name, imageManifest)}`);
}
const bad = (): Promise<string> => revision("bad", failingManifest("bad", "cannot open /config"));
const create = async (options: Partial<CreateServiceCommandInput> = {}) =>
  createService(ecs, name, await revision("good"), options);
const update = async (taskDefinition: string) =>
  (await ecs.send(new UpdateServiceCommand({ service: name, taskDefinition }))).service;

/** The service's service deployments, newest first. */
async function serviceDeployments(): Promise<ServiceDeployment[]> {
  const listed = await ecs.send(new ListServiceDeploymentsCommand({ service: name }));
  const serviceDeploymentArns = (listed.serviceDeployments ?? []).map((brief) => brief.serviceDeploymentArn ?? "");
  const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }));
  return described.serviceDeployments ?? [];
}

describe("a deployment", () => {
  test("completes when its tasks run", async () => {
    const { deployments } = await create();
    expect(deployments).toMatchObject([{ status: "PRIMARY", rolloutState: "COMPLETED", runningCount: 1 }]);
  });

  test("names the task definition it deploys, after an update too", async () => {
    await create();
    const next = await revision("next");
    expect(await update(next)).toMatchObject({ taskDefinition: next, deployments: [{ taskDefinition: next }] });
  });

  test("replaces the tasks of the one before", async () => {
    await create({ desiredCount: 2 });
    const next = await revision("next");
    await update(next);
    expect((await tasksOf(ecs, name)).map((task) => task.taskDefinitionArn)).toEqual([next, next]);
  });

  test("of another deployment controller is left to moto", async () => {
    const service = await create({ deploymentController: { type: "EXTERNAL" } });
    expect(service.deployments).toEqual([]);
  });
});

describe("a task of a bad image", () => {
  test("stops for the reason in the image's manifest", async () => {
    await createService(ecs, name, await bad());
    expect((await tasksOf(ecs, name, "STOPPED"))[0]).toMatchObject({
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ exitCode: 1, reason: "cannot open /config" }],
    });
  });

  test("keeps running if the container is not essential", async () => {
    const broken = `${image}@${await push(ecr, name, failingManifest("sidecar", "no licence"))}`;
    const taskDefinition = await register(ecs, name, broken, { essential: false });
    await createService(ecs, name, taskDefinition);
    expect((await tasksOf(ecs, name))[0]).toMatchObject({
      lastStatus: "RUNNING",
      containers: [{ lastStatus: "STOPPED", exitCode: 1, reason: "no licence" }],
    });
  });
});

describe("a deployment that fails, without a circuit breaker", () => {
  test("stays in progress, and the old tasks are kept", async () => {
    const { taskDefinition: old } = await create();
    const next = await bad();
    await update(next);
    expect((await describeService(ecs, name)).deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "IN_PROGRESS", runningCount: 0, desiredCount: 1, taskDefinition: next },
      { status: "ACTIVE", rolloutState: "COMPLETED", runningCount: 1, taskDefinition: old },
    ]);
  });

  test("leaves its service deployment in progress", async () => {
    await create();
    await update(await bad());
    expect((await serviceDeployments()).map(({ status }) => status)).toEqual(["IN_PROGRESS", "SUCCESSFUL"]);
  });

  test("is given up for a newer one", async () => {
    await create();
    await update(await bad());
    await update(await revision("repaired"));
    expect((await serviceDeployments()).map(({ status }) => status)).toEqual(["SUCCESSFUL", "STOPPED", "SUCCESSFUL"]);
    expect((await describeService(ecs, name)).deployments).toHaveLength(1);
  });

  test("replaces a stopped old task by one of the old revision", async () => {
    const { taskDefinition: old } = await create();
    await update(await bad());
    const [task] = await tasksOf(ecs, name);
    await ecs.send(new StopTaskCommand({ task: task?.taskArn }));
    expect((await tasksOf(ecs, name)).map(({ taskDefinitionArn }) => taskDefinitionArn)).toEqual([old]);
    expect((await describeService(ecs, name)).deployments?.[0]?.failedTasks).toBe(1);
  });
});

describe("service deployments", () => {
  test("tell target and source with their task counts", async () => {
    await create({ desiredCount: 2 });
    await update(await revision("next"));
    const [second, first] = await serviceDeployments();
    expect(second).toMatchObject({
      status: "SUCCESSFUL",
      targetServiceRevision: { requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 },
      sourceServiceRevisions: [{ arn: first?.targetServiceRevision?.arn, runningTaskCount: 2 }],
    });
    expect(second?.createdAt).toBeInstanceOf(Date);
    expect(second?.finishedAt).toBeInstanceOf(Date);
  });

  test("are listed by status", async () => {
    await create();
    const { serviceDeployments: listed } = await ecs.send(
      new ListServiceDeploymentsCommand({ service: name, status: ["IN_PROGRESS"] }),
    );
    expect(listed).toEqual([]);
  });

  test("are listed page by page", async () => {
    await create();
    await update(await revision("next"));
    const first = await ecs.send(new ListServiceDeploymentsCommand({ service: name, maxResults: 1 }));
    const { nextToken } = first;
    const second = await ecs.send(new ListServiceDeploymentsCommand({ service: name, maxResults: 1, nextToken }));
    const arns = [first, second].map((page) => page.serviceDeployments?.[0]?.serviceDeploymentArn);
    expect(new Set(arns).size).toBe(2);
    expect(second.nextToken).toBeUndefined();
  });

  test("that are unknown are named as failures", async () => {
    const arn = `arn:aws:ecs:us-east-1:123456789012:service-deployment/default/${name}/unknown`;
    const { failures } = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
    expect(failures).toEqual([{ arn, reason: "MISSING" }]);
  });

  test("are described 20 at a time", async () => {
    const serviceDeploymentArns = Array.from({ length: 21 }, (_, number) => `arn:${number}`);
    await expect(ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });
});

describe("service revisions", () => {
  async function latestRevision(): Promise<ServiceRevision | undefined> {
    const [deployment] = await serviceDeployments();
    const serviceRevisionArns = [deployment?.targetServiceRevision?.arn ?? ""];
    const described = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
    return described.serviceRevisions?.[0];
  }

  test("carry the digest that the tag was resolved to", async () => {
    const imageDigest = await push(ecr, name, manifest("a"), "1.10");
    const taskDefinition = await register(ecs, name, `${image}:1.10`);
    const { serviceArn, clusterArn } = await createService(ecs, name, taskDefinition);
    const containerImages = [{ containerName: "app", image: `${image}:1.10`, imageDigest }];
    expect(await latestRevision()).toMatchObject({ serviceArn, clusterArn, taskDefinition, containerImages });
  });

  test("carry no digest while nothing was resolved", async () => {
    await createService(ecs, name, await register(ecs, name, `${image}:1.10`), { desiredCount: 0 });
    expect((await latestRevision())?.containerImages).toEqual([{ containerName: "app", image: `${image}:1.10` }]);
  });
});
