import { ListServiceDeploymentsCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";

import { describeService, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { failingManifest, manifest, push } from "../support/images";
import { afterFirst } from "../support/interruption";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let project: Project;
let good: string;

beforeAll(async () => {
  await aws.createRepository("demo");
  project = aws.project(demoLocal());
  good = await push(aws.ecr, "demo", manifest("good"), "1.10");
  await project.deploy("demo-local");
});

/** How the last deployments of the service ended, newest first: what the message leads to. */
async function howTheyEnded(): Promise<(string | undefined)[]> {
  const listed = await aws.ecs.send(new ListServiceDeploymentsCommand({ service: "demo-local" }));
  return listed.serviceDeployments?.map(({ status }) => status) ?? [];
}

describe("a build that does not start", () => {
  test("is rolled back by ECS, and the deploy fails and names both revisions", async () => {
    await push(aws.ecr, "demo", failingManifest("bad", "cannot open /config"), "1.10");

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(
      /demo-local ended on \S+task-definition\/demo-local:1, not on the planned \S+task-definition\/demo-local:2\. Either ECS rolled the deployment back, because its tasks did not start or did not stay up, or another deploy came in between\./,
    );
    expect(await howTheyEnded()).toEqual(["ROLLBACK_SUCCESSFUL", "SUCCESSFUL"]);
    expect((await describeService(aws.ecs, "demo-local")).taskDefinition).toMatch(/demo-local:1$/);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([good]);
  });

  test("does not get into the outputs, which still say what runs", async () => {
    expect(await project.stack("demo-local").outputs()).toMatchObject({
      task_definition_arn: expect.stringMatching(/demo-local:1$/) as string,
      images: { demo: { tag: "1.10", digest: good } },
    });
  });

  test("is replaced by the next one that starts", async () => {
    const fixed = await push(aws.ecr, "demo", manifest("fixed"), "1.10");

    await project.deploy("demo-local");

    expect((await describeService(aws.ecs, "demo-local")).taskDefinition).toMatch(/demo-local:3$/);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([fixed]);
  });
});

test("a tag that is pointed back at an earlier build is deployed like a push", async () => {
  expect(await push(aws.ecr, "demo", manifest("good"), "1.10")).toBe(good);

  await project.deploy("demo-local");

  expect((await describeService(aws.ecs, "demo-local")).taskDefinition).toMatch(/demo-local:4$/);
  expect(await runningDigests(aws.ecs, "demo-local")).toEqual([good]);
});

test("another deploy that comes in between makes the first one fail, with nothing rolled back", async () => {
  await push(aws.ecr, "demo", manifest("next"), "1.10");
  const other = { service: "demo-local", taskDefinition: "demo-local:1" };
  const between = await afterFirst("UpdateService", aws.endpoint, () => aws.ecs.send(new UpdateServiceCommand(other)));

  const { exitCode, output } = await project.tryDeploy("demo-local", { AWS_ENDPOINT_URL: between.endpoint });
  await between.stop();

  expect(exitCode).toBe(1);
  expect(words(output)).toMatch(/demo-local ended on \S+demo-local:1, not on the planned \S+demo-local:5\. Either /);
  expect((await howTheyEnded()).slice(0, 2)).toEqual(["SUCCESSFUL", "SUCCESSFUL"]);
  expect(await runningDigests(aws.ecs, "demo-local")).toEqual([good]);
});
