import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  type ServiceRevision,
} from "@aws-sdk/client-ecs";
import { failingManifest, manifest } from "../support/images";
import { useEmulator, useTestService } from "./test-service";

const emulator = useEmulator();
const demo = useTestService(emulator);

describe("a deployment", () => {
  test("completes when its tasks run", async () => {
    const { deployments } = await demo.createGood();
    expect(deployments).toMatchObject([{ status: "PRIMARY", rolloutState: "COMPLETED", runningCount: 1 }]);
  });

  test("names the task definition it deploys, after an update too", async () => {
    await demo.createGood();
    const next = await demo.revision("next");
    expect(await demo.deploy(next)).toMatchObject({ taskDefinition: next, deployments: [{ taskDefinition: next }] });
  });

  test("replaces the tasks of the one before", async () => {
    await demo.createGood({ desiredCount: 2 });
    const next = await demo.revision("next");
    await demo.deploy(next);
    expect((await demo.tasks()).map((task) => task.taskDefinitionArn)).toEqual([next, next]);
  });

  test("of another deployment controller is left to moto", async () => {
    const service = await demo.createGood({ deploymentController: { type: "EXTERNAL" } });
    expect(service.deployments).toEqual([]);
  });
});

describe("a task of a bad image", () => {
  test("stops for the reason in the image's manifest", async () => {
    await demo.create(await demo.badRevision());
    expect((await demo.tasks("STOPPED"))[0]).toMatchObject({
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ exitCode: 1, reason: "cannot open /config" }],
    });
  });

  test("keeps running if the container is not essential", async () => {
    const broken = `${demo.image}@${await demo.push(failingManifest("sidecar", "no licence"))}`;
    const taskDefinition = await demo.register(broken, { essential: false });
    await demo.create(taskDefinition);
    expect((await demo.tasks())[0]).toMatchObject({
      lastStatus: "RUNNING",
      containers: [{ lastStatus: "STOPPED", exitCode: 1, reason: "no licence" }],
    });
  });
});

describe("a deployment that fails, without a circuit breaker", () => {
  test("stays in progress, and the old tasks are kept", async () => {
    const { taskDefinition: old } = await demo.createGood();
    const next = await demo.badRevision();
    await demo.deploy(next);
    expect((await demo.describe()).deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "IN_PROGRESS", runningCount: 0, desiredCount: 1, taskDefinition: next },
      { status: "ACTIVE", rolloutState: "COMPLETED", runningCount: 1, taskDefinition: old },
    ]);
  });

  test("leaves its service deployment in progress", async () => {
    await demo.createGood();
    await demo.deploy(await demo.badRevision());
    expect((await demo.serviceDeployments()).map(({ status }) => status)).toEqual(["IN_PROGRESS", "SUCCESSFUL"]);
  });

  test("is given up for a newer one", async () => {
    await demo.createGood();
    await demo.deploy(await demo.badRevision());
    await demo.deploy(await demo.revision("repaired"));
    expect((await demo.serviceDeployments()).map(({ status }) => status)).toEqual([
      "SUCCESSFUL",
      "STOPPED",
      "SUCCESSFUL",
    ]);
    expect((await demo.describe()).deployments).toHaveLength(1);
  });

  test("replaces a stopped old task with one of the old revision", async () => {
    const { taskDefinition: old } = await demo.createGood();
    await demo.deploy(await demo.badRevision());
    await demo.stopFirstTask();
    expect((await demo.tasks()).map(({ taskDefinitionArn }) => taskDefinitionArn)).toEqual([old]);
    expect((await demo.describe()).deployments?.[0]?.failedTasks).toBe(1);
  });
});

describe("service deployments", () => {
  test("name target and source with their task counts", async () => {
    await demo.createGood({ desiredCount: 2 });
    await demo.deploy(await demo.revision("next"));
    const [second, first] = await demo.serviceDeployments();
    expect(second).toMatchObject({
      status: "SUCCESSFUL",
      targetServiceRevision: { requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 },
      sourceServiceRevisions: [{ arn: first?.targetServiceRevision?.arn, runningTaskCount: 2 }],
    });
    expect(second?.createdAt).toBeInstanceOf(Date);
    expect(second?.finishedAt).toBeInstanceOf(Date);
  });

  test("are listed by status", async () => {
    await demo.createGood();
    const { serviceDeployments: listed } = await emulator.ecs.send(
      new ListServiceDeploymentsCommand({ service: demo.name, status: ["IN_PROGRESS"] }),
    );
    expect(listed).toEqual([]);
  });

  test("are listed page by page", async () => {
    await demo.createGood();
    await demo.deploy(await demo.revision("next"));
    const first = await emulator.ecs.send(new ListServiceDeploymentsCommand({ service: demo.name, maxResults: 1 }));
    const { nextToken } = first;
    const second = await emulator.ecs.send(
      new ListServiceDeploymentsCommand({ service: demo.name, maxResults: 1, nextToken }),
    );
    const arns = [first, second].map((page) => page.serviceDeployments?.[0]?.serviceDeploymentArn);
    expect(new Set(arns).size).toBe(2);
    expect(second.nextToken).toBeUndefined();
  });

  test("that are unknown are named as failures", async () => {
    const arn = `arn:aws:ecs:us-east-1:123456789012:service-deployment/default/${demo.name}/unknown`;
    const { failures } = await emulator.ecs.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }),
    );
    expect(failures).toEqual([{ arn, reason: "MISSING" }]);
  });

  test("are described 20 at a time", async () => {
    const serviceDeploymentArns = Array.from({ length: 21 }, (_, number) => `arn:${number}`);
    const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns });
    await expect(emulator.ecs.send(command)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

describe("service revisions", () => {
  async function latestRevision(): Promise<ServiceRevision | undefined> {
    const [deployment] = await demo.serviceDeployments();
    const serviceRevisionArns = [deployment?.targetServiceRevision?.arn ?? ""];
    const described = await emulator.ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
    return described.serviceRevisions?.[0];
  }

  test("carry the digest that the tag was resolved to", async () => {
    const imageDigest = await demo.push(manifest("a"), "1.10");
    const taskDefinition = await demo.register(`${demo.image}:1.10`);
    const { serviceArn, clusterArn } = await demo.create(taskDefinition);
    const containerImages = [{ containerName: "app", image: `${demo.image}:1.10`, imageDigest }];
    expect(await latestRevision()).toMatchObject({ serviceArn, clusterArn, taskDefinition, containerImages });
  });

  test("carry no digest while nothing was resolved", async () => {
    await demo.create(await demo.register(`${demo.image}:1.10`), { desiredCount: 0 });
    expect((await latestRevision())?.containerImages).toEqual([{ containerName: "app", image: `${demo.image}:1.10` }]);
  });
});
