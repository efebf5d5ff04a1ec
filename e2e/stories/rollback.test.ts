import { describeService, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { failingManifest, manifest, push } from "../support/images";
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

describe("a build that does not start", () => {
  test("is rolled back by ECS, and the deploy fails and names both revisions", async () => {
    await push(aws.ecr, "demo", failingManifest("bad", "cannot open /config"), "1.10");

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(
      /ECS rolled the deployment back: demo-local runs \S+task-definition\/demo-local:1, not \S+task-definition\/demo-local:2\./,
    );
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
