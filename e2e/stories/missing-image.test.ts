import { describeService, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let project: Project;

const NOTHING = { services: [], revisions: [], logGroups: [] };

beforeAll(() => {
  project = aws.project(demoLocal());
});

describe("an image that does not exist stops the deploy before anything is touched", () => {
  test("a repository that does not exist is named, with the tag", async () => {
    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain(
      "Error: reading ECR Images: couldn't find resource with data.aws_ecr_image.demo-image (demo-image/demo:1.10)",
    );
    expect(await aws.inventory()).toEqual(NOTHING);
  });

  test("a tag that does not exist is named with its repository", async () => {
    await aws.createRepository("demo");

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain(
      "Error: reading ECR Images: couldn't find resource with data.aws_ecr_image.demo-image (demo-image/demo:1.10)",
    );
    expect(await aws.inventory()).toEqual(NOTHING);
  });

  test("a running service is left as it is when CI asks for a tag that was never pushed", async () => {
    const digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
    await project.deploy("demo-local");

    const { exitCode, output } = await project.tryDeploy("demo-local", { DEMO_IMAGE_TAG: "1.11" });

    expect(exitCode).toBe(1);
    expect(words(output)).toContain(
      "Error: reading ECR Images: couldn't find resource with data.aws_ecr_image.demo-image (demo-image/demo:1.11)",
    );
    expect((await aws.inventory()).revisions).toEqual(["demo-local:1"]);
    expect((await describeService(aws.ecs, "demo-local")).taskDefinition).toMatch(/demo-local:1$/);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
  });
});
