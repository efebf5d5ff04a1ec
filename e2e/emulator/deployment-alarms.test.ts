import { REGISTRY, register, runningDigests } from "../support/aws";
import { alarmingManifest, manifest, push } from "../support/images";
import { useEmulator, useTestService } from "./test-service";

const emulator = useEmulator();
const demo = useTestService(emulator);

/** Deploys a good build, and then one that raises the alarm `5xx`, with a service that is watched so. */
async function deployBoth(alarms: { enable: boolean; rollback: boolean; alarmNames: string[] }) {
  const good = await push(emulator.ecr, demo.name, manifest("good"), "good");
  const alarming = await push(emulator.ecr, demo.name, alarmingManifest("alarming", "5xx"), "alarming");
  const image = (digest: string): string => `${REGISTRY}/${demo.name}@${digest}`;
  const first = await register(emulator.ecs, demo.name, image(good));
  await demo.create(first, { deploymentConfiguration: { alarms } });
  const second = await register(emulator.ecs, demo.name, image(alarming));
  await demo.update({ taskDefinition: second });
  return { good, alarming, first, second };
}

test("a build that raises a watched alarm is rolled back", async () => {
  const { good, first } = await deployBoth({ alarmNames: ["latency", "5xx"], enable: true, rollback: true });

  expect(await demo.describe()).toMatchObject({ taskDefinition: first, deployments: [{ rolloutState: "COMPLETED" }] });
  expect(await runningDigests(emulator.ecs, demo.name)).toEqual([good]);
});

test("without rollback, the deployment fails and the old tasks stay", async () => {
  const { good, alarming, second } = await deployBoth({ alarmNames: ["5xx"], enable: true, rollback: false });

  const service = await demo.describe();
  expect(service).toMatchObject({ taskDefinition: second, deployments: [{ rolloutState: "FAILED" }, {}] });
  expect(service.events?.[0]?.message).toMatch(/deployment failed: alarm detected\.$/);
  expect((await runningDigests(emulator.ecs, demo.name)).sort()).toEqual([good, alarming].sort());
});

test.each([
  { alarmNames: ["latency"], enable: true, rollback: true },
  { alarmNames: ["5xx"], enable: false, rollback: false },
])("%j do not notice it", async (alarms) => {
  const { alarming, second } = await deployBoth(alarms);

  expect(await demo.describe()).toMatchObject({ taskDefinition: second });
  expect(await runningDigests(emulator.ecs, demo.name)).toEqual([alarming]);
});
