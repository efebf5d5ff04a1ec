import { loadConfig } from "../../src/config";
import { describeService, REGISTRY, runningDigests } from "../support/aws";
import { manifest, push } from "../support/images";
import { useLocalAws } from "./local-aws";
import type { Project } from "../support/project";

const aws = useLocalAws();
let project: Project;
let first: string;
let second: string;

beforeAll(() => {
  project = aws.project();
});

describe("an image pinned by digest, from the registry to the running service", () => {
  test("the registry stack makes a repository that images can be pushed to", async () => {
    await project.deploy("registry");

    const { repositories } = loadConfig().registry;
    expect(repositories).toContain("demo");
    expect(await project.stack("registry").outputs()).toEqual({
      repository_urls: Object.fromEntries(repositories.map((name) => [name, `${REGISTRY}/${name}`])),
    });
    first = await push(aws.ecr, "demo", manifest("first"), "1.10");
  });

  test("the first deployment runs the digest, and the label carries the tag", async () => {
    await project.deploy("demo-local");

    const { container } = await aws.revision("demo-local:1");
    expect(container.image).toBe(`${REGISTRY}/demo@${first}`);
    expect(container.dockerLabels).toEqual({ image_tag: "1.10" });
    const service = await describeService(aws.ecs, "demo-local");
    expect(service.taskDefinition).toMatch(/demo-local:1$/);
    expect(service.deployments).toEqual([expect.objectContaining({ rolloutState: "COMPLETED", runningCount: 1 })]);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([first]);
  });

  test("the container logs to a group of the service's own, which keeps lines for 30 days", async () => {
    const { container } = await aws.revision("demo-local:1");

    expect(container.logConfiguration).toEqual({
      logDriver: "awslogs",
      options: {
        "awslogs-group": "/ecs/demo-local",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "demo",
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    });
    expect(await aws.logGroups()).toEqual([
      expect.objectContaining({ logGroupName: "/ecs/demo-local", retentionInDays: 30 }),
    ]);
  });

  test("the outputs say which build runs", async () => {
    const outputs = await project.stack("demo-local").outputs();

    const images = {
      demo: {
        repository: `${REGISTRY}/demo`,
        tag: "1.10",
        digest: first,
        reference: `${REGISTRY}/demo@${first}`,
      },
    };
    expect(outputs).toEqual({
      service_name: "demo-local",
      cluster_arn: "arn:aws:ecs:us-east-1:123456789012:cluster/default",
      task_definition_arn: "arn:aws:ecs:us-east-1:123456789012:task-definition/demo-local:1",
      log_group_name: "/ecs/demo-local",
      security_group_id: expect.stringMatching(/^sg-/) as string,
      planned_images: images,
      images,
    });
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
    expect(plan.text).toContain(`"${REGISTRY}/demo@${first}" -> "${REGISTRY}/demo@${second}"`);
  });

  test("the deploy gives revision 2 with the new digest, and revision 1 stays active", async () => {
    await project.deploy("demo-local");

    const { container } = await aws.revision("demo-local:2");
    expect(container.image).toBe(`${REGISTRY}/demo@${second}`);
    expect(container.dockerLabels).toEqual({ image_tag: "1.10" });
    expect((await describeService(aws.ecs, "demo-local")).taskDefinition).toMatch(/demo-local:2$/);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([second]);
    expect(await aws.revision("demo-local:1")).toMatchObject({
      status: "ACTIVE",
      container: { image: `${REGISTRY}/demo@${first}` },
    });
  });

  test("the old image can be cleaned up: a restarted task runs what was planned", async () => {
    await aws.deleteImage("demo", first);

    await aws.restartTask("demo-local");

    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([second]);
  });

  test("CI deploys another tag without an edit", async () => {
    const third = await push(aws.ecr, "demo", manifest("third"), "1.11");

    await project.deploy("demo-local", { DEMO_IMAGE_TAG: "1.11" });

    const { container } = await aws.revision("demo-local:3");
    expect(container.image).toBe(`${REGISTRY}/demo@${third}`);
    expect(container.dockerLabels).toEqual({ image_tag: "1.11" });
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([third]);
  });

  test("destroy removes everything but the revisions", async () => {
    await project.destroy("demo-local");

    expect(await project.stack("demo-local").resources()).toEqual([]);
    expect(await aws.inventory()).toEqual({
      services: [],
      revisions: ["demo-local:1", "demo-local:2", "demo-local:3"],
      logGroups: [],
    });
  });

  test("nothing that destroy left is in the way of the next deployment", async () => {
    await project.deploy("demo-local");

    expect((await describeService(aws.ecs, "demo-local")).taskDefinition).toMatch(/demo-local:4$/);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([second]);
  });

  test("destroy of the registry is refused while there are images in it", async () => {
    await expect(project.destroy("registry")).rejects.toThrow("RepositoryNotEmptyException");
  });
});
