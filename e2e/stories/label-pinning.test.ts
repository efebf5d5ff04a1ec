import { describeService, REGISTRY, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

/** Values that follow the pinned image. */
const VALUES = { DD_VERSION: { image: "tag" }, BUILD: { image: "digest" } } as const;

const aws = useLocalAws();
let project: Project;
let first: string;
let second: string;

beforeAll(async () => {
  await aws.createRepository("demo");
  project = aws.project(
    demoLocal({ image: { repository: "demo", tag: "1.10", pinning: "label" }, environment: VALUES }),
  );
});

describe("an image pinned by label", () => {
  test("the first deployment has the tag in the image and the digest in the label", async () => {
    first = await push(aws.ecr, "demo", manifest("first"), "1.10");

    await project.deploy("demo-local");

    const { container } = await aws.revision("demo-local:1");
    expect(container.image).toBe(`${REGISTRY}/demo:1.10`);
    expect(container.dockerLabels).toEqual({ image_digest: first });
    expect(container.environment).toEqual([
      { name: "BUILD", value: first },
      { name: "DD_VERSION", value: "1.10" },
    ]);
    expect(container.logConfiguration).toMatchObject({ options: { "awslogs-group": "/ecs/demo-local" } });
    expect((await describeService(aws.ecs, "demo-local")).taskDefinition).toMatch(/demo-local:1$/);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([first]);
  });

  test("a second plan is empty", async () => {
    const plan = await project.plan("demo-local");

    expect(plan.actions).toEqual({});
    expect(plan.exitCode).toBe(0);
  });

  test("the tag is pushed again: the plan replaces the task definition and shows both digests", async () => {
    second = await push(aws.ecr, "demo", manifest("second"), "1.10");

    const plan = await project.plan("demo-local");

    expect(plan.exitCode).toBe(2);
    expect(plan.actions).toEqual({
      "aws_ecs_task_definition.task-definition": "must be replaced",
      "aws_ecs_service.service": "will be updated in-place",
    });
    expect(plan.text).toContain(`"${first}" -> "${second}"`);
  });

  test("the deploy gives revision 2 with the new digest, and revision 1 stays active", async () => {
    await project.deploy("demo-local");

    const { container } = await aws.revision("demo-local:2");
    expect(container.image).toBe(`${REGISTRY}/demo:1.10`);
    expect(container.dockerLabels).toEqual({ image_digest: second });
    expect((await describeService(aws.ecs, "demo-local")).taskDefinition).toMatch(/demo-local:2$/);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([second]);
    expect((await aws.revision("demo-local:1")).status).toBe("ACTIVE");
  });

  test("a config without a build keeps the one that runs, and its reference", async () => {
    project.edit(demoLocal({ image: { repository: "demo", pinning: "label" }, environment: VALUES }));

    await project.synth();

    expect((await project.plan("demo-local")).actions).toEqual({});
  });

  test("after the tag has moved again, its reference gets the digest too: ECS would run the newer build", async () => {
    await push(aws.ecr, "demo", manifest("third"), "1.10");

    await project.deploy("demo-local");

    const { container } = await aws.revision("demo-local:3");
    expect(container.image).toBe(`${REGISTRY}/demo:1.10@${second}`);
    expect(container.dockerLabels).toEqual({ image_digest: second });
    expect(container.environment).toEqual([
      { name: "BUILD", value: second },
      { name: "DD_VERSION", value: "1.10" },
    ]);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([second]);
    expect((await project.plan("demo-local")).actions).toEqual({});
  });
});
