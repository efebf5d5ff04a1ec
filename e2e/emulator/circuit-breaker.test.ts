import { BatchDeleteImageCommand, CreateRepositoryCommand, type ECRClient } from "@aws-sdk/client-ecr";
import {
  type CreateServiceCommandInput,
  DescribeServiceDeploymentsCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import {
  REGISTRY,
  ROLLING_BACK,
  clients,
  createService,
  describeService,
  register,
  runningDigests,
  tasksOf,
} from "../support/aws";
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

describe("a deployment that the circuit breaker rolls back", () => {
  test("gives the service its old task definition", async () => {
    const { taskDefinition: old } = await create({ deploymentConfiguration: ROLLING_BACK });
    await update(await bad());
    expect((await describeService(ecs, name)).taskDefinition).toBe(old);
  });

  test("is followed by a new, completed deployment of the old task definition", async () => {
    const before = await create({ deploymentConfiguration: ROLLING_BACK });
    await update(await bad());
    const { deployments } = await describeService(ecs, name);
    expect(deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "COMPLETED", runningCount: 1, taskDefinition: before.taskDefinition },
    ]);
    expect(deployments?.[0]?.id).not.toBe(before.deployments?.[0]?.id);
  });

  test("leaves the old tasks running", async () => {
    await create({ deploymentConfiguration: ROLLING_BACK, desiredCount: 2 });
    const before = (await tasksOf(ecs, name)).map((task) => task.taskArn);
    await update(await bad());
    expect((await tasksOf(ecs, name)).map((task) => task.taskArn)).toEqual(before);
  });

  test("tells so in the events", async () => {
    const before = await create({ deploymentConfiguration: ROLLING_BACK });
    await update(await bad());
    const { events } = await describeService(ecs, name);
    expect(events?.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^\(service \S+\) \(deployment ecs-svc\/\d+\) deployment failed: tasks failed to start\.$/,
        ),
        `(service ${name}) rolling back to deployment ${before.deployments?.[0]?.id}.`,
      ]),
    );
  });

  test("is a service deployment ROLLBACK_SUCCESSFUL that names the revision it went back to", async () => {
    await create({ deploymentConfiguration: ROLLING_BACK });
    const [first] = await serviceDeployments();
    await update(await bad());
    const reason = "Service deployment rolled back because the circuit breaker threshold was exceeded.";
    expect((await serviceDeployments())[0]).toMatchObject({
      status: "ROLLBACK_SUCCESSFUL",
      statusReason: reason,
      rollback: { reason, serviceRevisionArn: first?.targetServiceRevision?.arn },
      deploymentCircuitBreaker: { status: "TRIGGERED", failureCount: 3, threshold: 3 },
    });
  });

  test("goes back to the digest resolved then, not to where the tag points now", async () => {
    const first = await push(ecr, name, manifest("a"), "1.10");
    await createService(ecs, name, await register(ecs, name, `${image}:1.10`), {
      deploymentConfiguration: ROLLING_BACK,
    });
    await push(ecr, name, failingManifest("b", "no"), "1.10");
    await ecs.send(new UpdateServiceCommand({ service: name, forceNewDeployment: true, desiredCount: 2 }));
    expect(await runningDigests(ecs, name)).toEqual([first, first]);
  });

  test("may have failed because an image could not be pulled", async () => {
    const { taskDefinition: old } = await create({ deploymentConfiguration: ROLLING_BACK });
    const service = await update(await register(ecs, name, `${image}:missing`));
    expect(service?.taskDefinition).toBe(old);
  });

  test("is a service deployment ROLLBACK_FAILED if the old image is needed and gone", async () => {
    const pinned = await push(ecr, name, manifest("good"), "1.10");
    const old = await register(ecs, name, `${image}@${pinned}`);
    await createService(ecs, name, old, { deploymentConfiguration: ROLLING_BACK });
    const taskDefinition = await bad();
    await ecr.send(new BatchDeleteImageCommand({ repositoryName: name, imageIds: [{ imageDigest: pinned }] }));
    await ecs.send(new UpdateServiceCommand({ service: name, taskDefinition, desiredCount: 2 }));
    expect((await serviceDeployments())[0]?.status).toBe("ROLLBACK_FAILED");
    expect((await describeService(ecs, name)).deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "FAILED", taskDefinition: old, runningCount: 1, desiredCount: 2 },
    ]);
  });
});

describe("a deployment that the circuit breaker stops", () => {
  test("fails without tasks if there is nothing to roll back to", async () => {
    const service = await createService(ecs, name, await bad(), { deploymentConfiguration: ROLLING_BACK });
    expect(service).toMatchObject({ runningCount: 0, deployments: [{ status: "PRIMARY", rolloutState: "FAILED" }] });
    expect((await serviceDeployments())[0]?.status).toBe("ROLLBACK_FAILED");
  });

  test("keeps the old tasks if it is not to roll back", async () => {
    const { taskDefinition: old } = await create({
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    });
    await update(await bad());
    expect((await describeService(ecs, name)).deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "FAILED", runningCount: 0 },
      { status: "ACTIVE", runningCount: 1, taskDefinition: old },
    ]);
    expect((await serviceDeployments())[0]?.status).toBe("STOPPED");
  });
});
