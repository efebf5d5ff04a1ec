import { ROLLING_BACK } from "../support/aws";
import { failingManifest, manifest } from "../support/images";
import { useEmulator, useTestService } from "./test-service";

const demo = useTestService(useEmulator());

describe("a deployment that the circuit breaker rolls back", () => {
  test("gives the service its old task definition", async () => {
    const { taskDefinition: old } = await demo.createGood({ deploymentConfiguration: ROLLING_BACK });
    await demo.deploy(await demo.badRevision());
    expect((await demo.describe()).taskDefinition).toBe(old);
  });

  test("is followed by a new, completed deployment of the old task definition", async () => {
    const before = await demo.createGood({ deploymentConfiguration: ROLLING_BACK });
    await demo.deploy(await demo.badRevision());
    const { deployments } = await demo.describe();
    expect(deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "COMPLETED", runningCount: 1, taskDefinition: before.taskDefinition },
    ]);
    expect(deployments?.[0]?.id).not.toBe(before.deployments?.[0]?.id);
  });

  test("leaves the old tasks running", async () => {
    await demo.createGood({ deploymentConfiguration: ROLLING_BACK, desiredCount: 2 });
    const before = (await demo.tasks()).map((task) => task.taskArn);
    await demo.deploy(await demo.badRevision());
    expect((await demo.tasks()).map((task) => task.taskArn)).toEqual(before);
  });

  test("is mentioned in the events", async () => {
    const before = await demo.createGood({ deploymentConfiguration: ROLLING_BACK });
    await demo.deploy(await demo.badRevision());
    const { events } = await demo.describe();
    expect(events?.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^\(service \S+\) \(deployment ecs-svc\/\d+\) deployment failed: tasks failed to start\.$/,
        ),
        `(service ${demo.name}) rolling back to deployment ${before.deployments?.[0]?.id}.`,
      ]),
    );
  });

  test("is a service deployment ROLLBACK_SUCCESSFUL that names the revision it went back to", async () => {
    await demo.createGood({ deploymentConfiguration: ROLLING_BACK });
    const [first] = await demo.serviceDeployments();
    await demo.deploy(await demo.badRevision());
    const reason = "Service deployment rolled back because the circuit breaker threshold was exceeded.";
    expect((await demo.serviceDeployments())[0]).toMatchObject({
      status: "ROLLBACK_SUCCESSFUL",
      statusReason: reason,
      rollback: { reason, serviceRevisionArn: first?.targetServiceRevision?.arn },
      deploymentCircuitBreaker: { status: "TRIGGERED", failureCount: 3, threshold: 3 },
    });
  });

  test("goes back to the digest resolved then, not to where the tag points now", async () => {
    const first = await demo.push(manifest("a"), "1.10");
    await demo.create(await demo.register(`${demo.image}:1.10`), { deploymentConfiguration: ROLLING_BACK });
    await demo.push(failingManifest("b", "no"), "1.10");
    await demo.update({ forceNewDeployment: true, desiredCount: 2 });
    expect(await demo.runningDigests()).toEqual([first, first]);
  });

  test("may have failed because an image could not be pulled", async () => {
    const { taskDefinition: old } = await demo.createGood({ deploymentConfiguration: ROLLING_BACK });
    const service = await demo.deploy(await demo.register(`${demo.image}:missing`));
    expect(service?.taskDefinition).toBe(old);
  });

  test("is a service deployment ROLLBACK_FAILED if the old image is needed and gone", async () => {
    const pinned = await demo.push(manifest("good"), "1.10");
    const old = await demo.register(`${demo.image}@${pinned}`);
    await demo.create(old, { deploymentConfiguration: ROLLING_BACK });
    const taskDefinition = await demo.badRevision();
    await demo.deleteImage(pinned);
    await demo.update({ taskDefinition, desiredCount: 2 });
    expect((await demo.serviceDeployments())[0]?.status).toBe("ROLLBACK_FAILED");
    expect((await demo.describe()).deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "FAILED", taskDefinition: old, runningCount: 1, desiredCount: 2 },
    ]);
  });
});

describe("a deployment that the circuit breaker stops", () => {
  test("fails without tasks if there is nothing to roll back to", async () => {
    const service = await demo.create(await demo.badRevision(), { deploymentConfiguration: ROLLING_BACK });
    expect(service).toMatchObject({ runningCount: 0, deployments: [{ status: "PRIMARY", rolloutState: "FAILED" }] });
    expect((await demo.serviceDeployments())[0]?.status).toBe("ROLLBACK_FAILED");
  });

  test("keeps the old tasks if it must not roll back", async () => {
    const { taskDefinition: old } = await demo.createGood({
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    });
    await demo.deploy(await demo.badRevision());
    expect((await demo.describe()).deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "FAILED", runningCount: 0 },
      { status: "ACTIVE", runningCount: 1, taskDefinition: old },
    ]);
    expect((await demo.serviceDeployments())[0]?.status).toBe("STOPPED");
  });
});
