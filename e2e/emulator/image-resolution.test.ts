import { BatchDeleteImageCommand, CreateRepositoryCommand, type ECRClient } from "@aws-sdk/client-ecr";
import {
  DeregisterTaskDefinitionCommand,
  type ECSClient,
  ListTasksCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { REGISTRY, clients, createService, describeService, register, runningDigests, tasksOf } from "../support/aws";
import { manifest, push } from "../support/images";
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

const update = (change: object) => ecs.send(new UpdateServiceCommand({ service: name, ...change }));
const remove = (imageDigest: string) =>
  ecr.send(new BatchDeleteImageCommand({ repositoryName: name, imageIds: [{ imageDigest }] }));
async function stopFirstTask(): Promise<void> {
  const [task] = await tasksOf(ecs, name);
  await ecs.send(new StopTaskCommand({ task: task?.taskArn }));
}
const notFound = (reference: string) =>
  `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: not found`;

describe("tasks of a service", () => {
  test("run, as many as desired", async () => {
    await push(ecr, name, manifest("a"), "1.10");
    await createService(ecs, name, await register(ecs, name, `${image}:1.10`), { desiredCount: 3 });
    expect((await tasksOf(ecs, name)).map((task) => task.lastStatus)).toEqual(["RUNNING", "RUNNING", "RUNNING"]);
  });

  test("are still running when looked at again and again", async () => {
    await push(ecr, name, manifest("a"), "1.10");
    await createService(ecs, name, await register(ecs, name, `${image}:1.10`));
    for (let look = 0; look < 6; look++) await tasksOf(ecs, name);
    expect((await tasksOf(ecs, name))[0]?.lastStatus).toBe("RUNNING");
  });

  test("say what they run and for whom", async () => {
    const imageDigest = await push(ecr, name, manifest("a"), "1.10");
    const taskDefinitionArn = await register(ecs, name, `${image}:1.10`);
    const service = await createService(ecs, name, taskDefinitionArn);
    expect((await tasksOf(ecs, name))[0]).toMatchObject({
      taskDefinitionArn,
      group: `service:${name}`,
      startedBy: service.deployments?.[0]?.id,
      containers: [{ name: "app", image: `${image}:1.10`, imageDigest, lastStatus: "RUNNING" }],
    });
  });

  test("are listed by family, also of a revision that is no longer active", async () => {
    await push(ecr, name, manifest("a"), "1.10");
    const taskDefinition = await register(ecs, name, `${image}:1.10`);
    await createService(ecs, name, taskDefinition);
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
    const { taskArns } = await ecs.send(new ListTasksCommand({ family: name }));
    expect(taskArns).toHaveLength(1);
  });

  test("are listed without the stopped ones, unless these are asked for", async () => {
    await push(ecr, name, manifest("a"), "1.10");
    await createService(ecs, name, await register(ecs, name, `${image}:1.10`));
    await stopFirstTask();
    expect((await ecs.send(new ListTasksCommand({ serviceName: name }))).taskArns).toHaveLength(1);
  });

  test("are not those of a service whose name begins alike", async () => {
    await push(ecr, name, manifest("a"), "1.10");
    const taskDefinition = await register(ecs, name, `${image}:1.10`);
    await createService(ecs, name, taskDefinition);
    await createService(ecs, `${name}-2`, taskDefinition);
    expect(await tasksOf(ecs, name)).toHaveLength(1);
  });

  test("are listed of an existing service only", async () => {
    await expect(tasksOf(ecs, "missing")).rejects.toMatchObject({ name: "ServiceNotFoundException" });
  });

  test("are none when none are desired, and the deployment completes without the image", async () => {
    const service = await createService(ecs, name, await register(ecs, name, `${image}:missing`), { desiredCount: 0 });
    expect(await tasksOf(ecs, name)).toEqual([]);
    expect(service.deployments?.[0]).toMatchObject({ desiredCount: 0, rolloutState: "COMPLETED" });
  });

  test("become fewer when fewer are desired", async () => {
    await push(ecr, name, manifest("a"), "1.10");
    await createService(ecs, name, await register(ecs, name, `${image}:1.10`), { desiredCount: 3 });
    await update({ desiredCount: 1 });
    expect(await tasksOf(ecs, name)).toHaveLength(1);
  });
});

describe("after a tag has moved", () => {
  let first: string;
  let second: string;

  beforeEach(async () => {
    first = await push(ecr, name, manifest("a"), "1.10");
    await createService(ecs, name, await register(ecs, name, `${image}:1.10`));
    second = await push(ecr, name, manifest("b"), "1.10");
  });

  test("a task that replaces a stopped one runs the image resolved first", async () => {
    await stopFirstTask();
    expect(await runningDigests(ecs, name)).toEqual([first]);
  });

  test("a scale-out runs the image resolved first", async () => {
    await update({ desiredCount: 2 });
    expect(await runningDigests(ecs, name)).toEqual([first, first]);
  });

  test("an update to the same task definition changes nothing", async () => {
    await update({ taskDefinition: name });
    expect(await runningDigests(ecs, name)).toEqual([first]);
  });

  test("a forced deployment resolves the tag again", async () => {
    await update({ forceNewDeployment: true });
    expect(await runningDigests(ecs, name)).toEqual([second]);
  });

  test("a new task definition resolves the tag again", async () => {
    await update({ taskDefinition: await register(ecs, name, `${image}:1.10`) });
    expect(await runningDigests(ecs, name)).toEqual([second]);
  });

  test("a task stopped by hand says so", async () => {
    await stopFirstTask();
    expect((await tasksOf(ecs, name, "STOPPED"))[0]).toMatchObject({ stopCode: "UserInitiated" });
  });

  test("a replacement fails if the image resolved first was deleted, though the tag is there", async () => {
    await remove(first);
    await stopFirstTask();
    const stopped = await tasksOf(ecs, name, "STOPPED");
    expect(stopped.map((task) => task.stoppedReason)).toContain(notFound(`${image}:1.10@${first}`));
  });
});

test("a container without version consistency resolves its tag for every task", async () => {
  const first = await push(ecr, name, manifest("a"), "1.10");
  const taskDefinition = await register(ecs, name, `${image}:1.10`, { versionConsistency: "disabled" });
  await createService(ecs, name, taskDefinition);
  const second = await push(ecr, name, manifest("b"), "1.10");
  await update({ desiredCount: 2 });
  expect(await runningDigests(ecs, name)).toEqual([first, second]);
});

test("an image pinned by digest runs wherever its tag has gone", async () => {
  const pinned = await push(ecr, name, manifest("a"), "1.10");
  await push(ecr, name, manifest("b"), "1.10");
  await createService(ecs, name, await register(ecs, name, `${image}@${pinned}`));
  expect(await runningDigests(ecs, name)).toEqual([pinned]);
});

test("a desired count raised from 0 resolves the tag then", async () => {
  await createService(ecs, name, await register(ecs, name, `${image}:1.10`), { desiredCount: 0 });
  const digest = await push(ecr, name, manifest("a"), "1.10");
  await update({ desiredCount: 1 });
  expect(await runningDigests(ecs, name)).toEqual([digest]);
});

test("a task whose pinned image was deleted fails to start", async () => {
  const pinned = await push(ecr, name, manifest("a"), "1.10");
  const taskDefinition = await register(ecs, name, `${image}@${pinned}`);
  await remove(pinned);
  await createService(ecs, name, taskDefinition);
  expect((await tasksOf(ecs, name, "STOPPED"))[0]).toMatchObject({
    lastStatus: "STOPPED",
    stopCode: "TaskFailedToStart",
    stoppedReason: notFound(`${image}@${pinned}`),
    containers: [{ reason: notFound(`${image}@${pinned}`), lastStatus: "STOPPED" }],
  });
});

test("a task whose tag is missing fails to start", async () => {
  await createService(ecs, name, await register(ecs, name, `${image}:1.10`));
  expect((await tasksOf(ecs, name, "STOPPED"))[0]?.stoppedReason).toBe(notFound(`${image}:1.10`));
});

test("a service whose tag was missing starts with whatever is pushed first", async () => {
  await createService(ecs, name, await register(ecs, name, `${image}:1.10`));
  const digest = await push(ecr, name, manifest("a"), "1.10");
  expect((await describeService(ecs, name)).deployments?.[0]?.rolloutState).toBe("COMPLETED");
  expect(await runningDigests(ecs, name)).toEqual([digest]);
});

test("looking at a service that cannot start adds no stopped tasks", async () => {
  await createService(ecs, name, await register(ecs, name, `${image}:1.10`));
  for (let look = 0; look < 3; look++) await describeService(ecs, name);
  expect(await tasksOf(ecs, name, "STOPPED")).toHaveLength(1);
});

test("an image in another account's registry is pulled from there", async () => {
  const other = clients(emulator.endpoint, "210987654321").ecr;
  await other.send(new CreateRepositoryCommand({ repositoryName: name }));
  const digest = await push(other, name, manifest("theirs"), "1.10");
  const theirs = `210987654321.dkr.ecr.us-east-1.amazonaws.com/${name}:1.10`;
  await createService(ecs, name, await register(ecs, name, theirs));
  expect(await runningDigests(ecs, name)).toEqual([digest]);
});

test("an image outside Amazon ECR is taken to exist, without a digest", async () => {
  await createService(ecs, name, await register(ecs, name, "public.ecr.aws/nginx/nginx:1.27"));
  expect(await runningDigests(ecs, name)).toEqual([undefined]);
});

test("an image outside Amazon ECR keeps the digest it is pinned to", async () => {
  const digest = `sha256:${"a".repeat(64)}`;
  await createService(ecs, name, await register(ecs, name, `docker.io/library/nginx@${digest}`));
  expect(await runningDigests(ecs, name)).toEqual([digest]);
});
