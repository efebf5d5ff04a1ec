import { CreateRepositoryCommand } from "@aws-sdk/client-ecr";
import { DeregisterTaskDefinitionCommand, ListTasksCommand } from "@aws-sdk/client-ecs";
import { clients, createService, tasksOf } from "../support/aws";
import { manifest, push } from "../support/images";
import { useEmulator, useTestService } from "./test-service";

const emulator = useEmulator();
const demo = useTestService(emulator);

const notFound = (reference: string) =>
  `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: not found`;

describe("tasks of a service", () => {
  test("run, as many as desired", async () => {
    await demo.push(manifest("a"), "1.10");
    await demo.create(await demo.register(`${demo.image}:1.10`), { desiredCount: 3 });
    expect((await demo.tasks()).map((task) => task.lastStatus)).toEqual(["RUNNING", "RUNNING", "RUNNING"]);
  });

  test("are still running when looked at again and again", async () => {
    await demo.push(manifest("a"), "1.10");
    await demo.create(await demo.register(`${demo.image}:1.10`));
    for (let look = 0; look < 6; look++) await demo.tasks();
    expect((await demo.tasks())[0]?.lastStatus).toBe("RUNNING");
  });

  test("say what they run and for whom", async () => {
    const imageDigest = await demo.push(manifest("a"), "1.10");
    const taskDefinitionArn = await demo.register(`${demo.image}:1.10`);
    const service = await demo.create(taskDefinitionArn);
    expect((await demo.tasks())[0]).toMatchObject({
      taskDefinitionArn,
      group: `service:${demo.name}`,
      startedBy: service.deployments?.[0]?.id,
      containers: [{ name: "app", image: `${demo.image}:1.10`, imageDigest, lastStatus: "RUNNING" }],
    });
  });

  test("are listed by family, even of a revision that is no longer active", async () => {
    await demo.push(manifest("a"), "1.10");
    const taskDefinition = await demo.register(`${demo.image}:1.10`);
    await demo.create(taskDefinition);
    await emulator.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
    const { taskArns } = await emulator.ecs.send(new ListTasksCommand({ family: demo.name }));
    expect(taskArns).toHaveLength(1);
  });

  test("are listed without the stopped ones, unless those are requested", async () => {
    await demo.push(manifest("a"), "1.10");
    await demo.create(await demo.register(`${demo.image}:1.10`));
    await demo.stopFirstTask();
    expect((await emulator.ecs.send(new ListTasksCommand({ serviceName: demo.name }))).taskArns).toHaveLength(1);
  });

  test("are not those of a service whose name begins the same way", async () => {
    await demo.push(manifest("a"), "1.10");
    const taskDefinition = await demo.register(`${demo.image}:1.10`);
    await demo.create(taskDefinition);
    await createService(emulator.ecs, `${demo.name}-2`, taskDefinition);
    expect(await demo.tasks()).toHaveLength(1);
  });

  test("are listed of an existing service only", async () => {
    await expect(tasksOf(emulator.ecs, "missing")).rejects.toMatchObject({ name: "ServiceNotFoundException" });
  });

  test("do not exist when none are desired, and the deployment completes without the image", async () => {
    const service = await demo.create(await demo.register(`${demo.image}:missing`), { desiredCount: 0 });
    expect(await demo.tasks()).toEqual([]);
    expect(service.deployments?.[0]).toMatchObject({ desiredCount: 0, rolloutState: "COMPLETED" });
  });

  test("become fewer when fewer are desired", async () => {
    await demo.push(manifest("a"), "1.10");
    await demo.create(await demo.register(`${demo.image}:1.10`), { desiredCount: 3 });
    await demo.update({ desiredCount: 1 });
    expect(await demo.tasks()).toHaveLength(1);
  });
});

describe("after a tag has moved", () => {
  let first: string;
  let second: string;

  beforeEach(async () => {
    first = await demo.push(manifest("a"), "1.10");
    await demo.create(await demo.register(`${demo.image}:1.10`));
    second = await demo.push(manifest("b"), "1.10");
  });

  test("a task that replaces a stopped one runs the image resolved first", async () => {
    await demo.stopFirstTask();
    expect(await demo.runningDigests()).toEqual([first]);
  });

  test("a scale-out runs the image resolved first", async () => {
    await demo.update({ desiredCount: 2 });
    expect(await demo.runningDigests()).toEqual([first, first]);
  });

  test("an update to the same task definition changes nothing", async () => {
    await demo.update({ taskDefinition: demo.name });
    expect(await demo.runningDigests()).toEqual([first]);
  });

  test("a forced deployment resolves the tag again", async () => {
    await demo.update({ forceNewDeployment: true });
    expect(await demo.runningDigests()).toEqual([second]);
  });

  test("a new task definition resolves the tag again", async () => {
    await demo.update({ taskDefinition: await demo.register(`${demo.image}:1.10`) });
    expect(await demo.runningDigests()).toEqual([second]);
  });

  test("a task stopped by hand says so", async () => {
    await demo.stopFirstTask();
    expect((await demo.tasks("STOPPED"))[0]).toMatchObject({ stopCode: "UserInitiated" });
  });

  test("a replacement fails if the image resolved first was deleted, though the tag is there", async () => {
    await demo.deleteImage(first);
    await demo.stopFirstTask();
    const stopped = await demo.tasks("STOPPED");
    expect(stopped.map((task) => task.stoppedReason)).toContain(notFound(`${demo.image}:1.10@${first}`));
  });
});

test("a container without version consistency resolves its tag for every task", async () => {
  const first = await demo.push(manifest("a"), "1.10");
  const taskDefinition = await demo.register(`${demo.image}:1.10`, { versionConsistency: "disabled" });
  await demo.create(taskDefinition);
  const second = await demo.push(manifest("b"), "1.10");
  await demo.update({ desiredCount: 2 });
  expect(await demo.runningDigests()).toEqual([first, second]);
});

test("an image pinned by digest runs wherever its tag points now", async () => {
  const pinned = await demo.push(manifest("a"), "1.10");
  await demo.push(manifest("b"), "1.10");
  await demo.create(await demo.register(`${demo.image}@${pinned}`));
  expect(await demo.runningDigests()).toEqual([pinned]);
});

test("a desired count raised from 0 resolves the tag then", async () => {
  await demo.create(await demo.register(`${demo.image}:1.10`), { desiredCount: 0 });
  const digest = await demo.push(manifest("a"), "1.10");
  await demo.update({ desiredCount: 1 });
  expect(await demo.runningDigests()).toEqual([digest]);
});

test("a task whose pinned image was deleted fails to start", async () => {
  const pinned = await demo.push(manifest("a"), "1.10");
  const taskDefinition = await demo.register(`${demo.image}@${pinned}`);
  await demo.deleteImage(pinned);
  await demo.create(taskDefinition);
  expect((await demo.tasks("STOPPED"))[0]).toMatchObject({
    lastStatus: "STOPPED",
    stopCode: "TaskFailedToStart",
    stoppedReason: notFound(`${demo.image}@${pinned}`),
    containers: [{ reason: notFound(`${demo.image}@${pinned}`), lastStatus: "STOPPED" }],
  });
});

test("a task whose tag is missing fails to start", async () => {
  await demo.create(await demo.register(`${demo.image}:1.10`));
  expect((await demo.tasks("STOPPED"))[0]?.stoppedReason).toBe(notFound(`${demo.image}:1.10`));
});

test("a service whose tag was missing starts with whatever is pushed first", async () => {
  await demo.create(await demo.register(`${demo.image}:1.10`));
  const digest = await demo.push(manifest("a"), "1.10");
  expect((await demo.describe()).deployments?.[0]?.rolloutState).toBe("COMPLETED");
  expect(await demo.runningDigests()).toEqual([digest]);
});

test("looking at a service that cannot start adds no stopped tasks", async () => {
  await demo.create(await demo.register(`${demo.image}:1.10`));
  for (let look = 0; look < 3; look++) await demo.describe();
  expect(await demo.tasks("STOPPED")).toHaveLength(1);
});

test("an image in another account's registry is pulled from there", async () => {
  const other = clients(emulator.endpoint, "210987654321").ecr;
  await other.send(new CreateRepositoryCommand({ repositoryName: demo.name }));
  const digest = await push(other, demo.name, manifest("theirs"), "1.10");
  const theirs = `210987654321.dkr.ecr.us-east-1.amazonaws.com/${demo.name}:1.10`;
  await demo.create(await demo.register(theirs));
  expect(await demo.runningDigests()).toEqual([digest]);
});

test("an image outside Amazon ECR is assumed to exist, without a digest", async () => {
  await demo.create(await demo.register("public.ecr.aws/nginx/nginx:1.27"));
  expect(await demo.runningDigests()).toEqual([undefined]);
});

test("an image outside Amazon ECR keeps the digest it is pinned to", async () => {
  const digest = `sha256:${"a".repeat(64)}`;
  await demo.create(await demo.register(`docker.io/library/nginx@${digest}`));
  expect(await demo.runningDigests()).toEqual([digest]);
});
