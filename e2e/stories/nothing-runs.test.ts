import type { ServiceConfig } from "../../src/config";
import { describeService, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { failingManifest, manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const TIMEOUTS: ServiceConfig["timeouts"] = { create: "20s", update: "10s" };

const aws = useLocalAws();
let project: Project;

beforeAll(async () => {
  await aws.createRepository("demo");
  const { services, ...others } = demoLocal();
  project = aws.project({ ...others, services: services.map((service) => ({ ...service, timeouts: TIMEOUTS })) });
});

describe("a deploy that leaves nothing running ends after its timeout:", () => {
  test("a first one, since there is nothing to roll back to", async () => {
    await push(aws.ecr, "demo", failingManifest("bad", "cannot open /config"), "1.10");

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(
      /waiting for ECS Service \(\S+\) create: timeout while waiting for state to become 'tfSTABLE' \(last state: 'tfPENDING', timeout: 20s\)/,
    );
  });

  test("a later one, if what ran before cannot start either", async () => {
    const good = await push(aws.ecr, "demo", manifest("good"), "1.10");
    await project.deploy("demo-local");
    await push(aws.ecr, "demo", failingManifest("worse", "cannot open /config"), "1.10");
    await aws.deleteImage("demo", good);
    await aws.restartTask("demo-local");

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(
      /waiting for ECS Service \(\S+\) update: timeout while waiting for state to become 'tfSTABLE' \(last state: 'tfPENDING', timeout: 10s\)/,
    );
    expect(await describeService(aws.ecs, "demo-local")).toMatchObject({ desiredCount: 1, runningCount: 0 });
  });

  test("until a build that starts is deployed", async () => {
    const fixed = await push(aws.ecr, "demo", manifest("fixed"), "1.10");

    await project.deploy("demo-local");

    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([fixed]);
  });
});
