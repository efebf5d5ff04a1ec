import { RegisterTaskDefinitionCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";

import type { Config } from "../../src/config";
import { describeService, REGISTRY, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { failingManifest, manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
const STACK = "demo-local";
let good: string;
let bad: string;
let next: string;

/** The service with no build in its config. */
const kept = (environment = {}): Config => demoLocal({ image: { repository: "demo" }, environment });

beforeAll(async () => {
  await aws.createRepository("demo");
  good = await push(aws.ecr, "demo", manifest("good"), "1.10");
  bad = await push(aws.ecr, "demo", manifest("bad"), "1.11");
});

const revision = async (): Promise<string> => {
  const { taskDefinition = "" } = await describeService(aws.ecs, STACK);
  return taskDefinition.slice(taskDefinition.indexOf("/") + 1);
};

describe("a service whose config names no build", () => {
  let project: Project;
  beforeAll(() => {
    project = aws.project(kept());
  });

  test("cannot be deployed for the first time without one, and says so", async () => {
    const { exitCode, output } = await project.tryDeploy(STACK);

    expect(exitCode).toBe(1);
    expect(words(output)).toContain(
      "no matching ECS Service found with data.aws_ecs_service.running (demo-local, which keeps the build of demo: the first deployment must name it)",
    );
    expect(await aws.inventory()).toEqual({ services: [], revisions: [], logGroups: [] });
  });

  test("runs the build that CI names, by tag and digest", async () => {
    await project.deploy(STACK, { DEMO_IMAGE_TAG: `1.10@${good}` });

    const { container } = await aws.revision("demo-local:1");
    expect(container.image).toBe(`${REGISTRY}/demo@${good}`);
    expect(container.dockerLabels).toEqual({ image_tag: "1.10" });
  });

  test("keeps it when nobody names one, even after the tag has moved", async () => {
    next = await push(aws.ecr, "demo", manifest("next"), "1.10");

    await project.synth();

    expect((await project.plan(STACK)).actions).toEqual({});
  });

  test("keeps it while other things change, and the next plan is empty", async () => {
    project.edit(kept({ GREETING: "bonjour" }));

    await project.deploy(STACK);

    const { container } = await aws.revision("demo-local:2");
    expect(container.image).toBe(`${REGISTRY}/demo@${good}`);
    expect(container.dockerLabels).toEqual({ image_tag: "1.10" });
    expect(container.environment).toEqual([{ name: "GREETING", value: "bonjour" }]);
    expect((await project.plan(STACK)).actions).toEqual({});
  });

  test("keeps what ECS rolled back to", async () => {
    await push(aws.ecr, "demo", failingManifest("failing", "Essential container in task exited"), "1.12");
    expect((await project.tryDeploy(STACK, { DEMO_IMAGE_TAG: "1.12" })).exitCode).toBe(1);
    expect(await revision()).toBe("demo-local:2");

    await project.deploy(STACK);

    expect(await runningDigests(aws.ecs, STACK)).toEqual([good]);
    expect((await aws.revision(await revision())).container.dockerLabels).toEqual({ image_tag: "1.10" });
  });

  test("goes back to a good build by its digest, without pushing the tag again", async () => {
    await project.deploy(STACK, { DEMO_IMAGE: `${REGISTRY}/demo:1.11@${bad}` });
    expect(await runningDigests(aws.ecs, STACK)).toEqual([bad]);

    await project.deploy(STACK, { DEMO_IMAGE_DIGEST: good });

    expect(await runningDigests(aws.ecs, STACK)).toEqual([good]);
    expect((await aws.revision(await revision())).container.dockerLabels).toEqual({ image_tag: "-" });
    await project.synth();
    expect((await project.plan(STACK)).actions).toEqual({});
  });

  test("keeps a build without a tag by its digest, even if the config asks for the tag in the image", async () => {
    project.edit(demoLocal({ image: { repository: "demo", pinning: "label" } }));

    await project.deploy(STACK);

    const { container } = await aws.revision(await revision());
    expect(container.image).toBe(`${REGISTRY}/demo@${good}`);
    expect(container.dockerLabels).toEqual({ image_digest: good });
    expect((await project.plan(STACK)).actions).toEqual({});
  });
});

describe("a container that is new, of which nobody names the build", () => {
  test("has none to keep, and is named", async () => {
    await aws.createRepository("agent");
    const { services, ...others } = kept();
    const worker = { name: "worker", image: { repository: "agent" }, essential: false };
    const project = aws.project({
      ...others,
      services: services.map((service) => ({ ...service, containers: [...service.containers, worker] })),
    });
    const before = await revision();

    const { exitCode, output } = await project.tryDeploy(STACK, { DEMO_IMAGE_TAG: "1.11" });

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(/no matching ECS Container Definition found with data\.\S+ \(running\/worker\)/);
    expect(await revision()).toBe(before);
  });
});

describe("tag and digest that do not agree", () => {
  test("fail the plan, which names repository, tag and digest", async () => {
    const project = aws.project(kept());
    const before = await revision();

    const { exitCode, output } = await project.tryDeploy(STACK, { DEMO_IMAGE_TAG: `1.10@${good}` });

    expect(exitCode).toBe(1);
    expect(words(output).replaceAll(" ", "")).toContain(
      `Error:readingECRImages:couldn'tfindresourcewithdata.aws_ecr_image.demo-image(demo-image/demo:1.10@${good})`,
    );
    expect(next).not.toBe(good);
    expect(await revision()).toBe(before);
  });
});

describe("a service that somebody else deployed without a digest", () => {
  test("has no build to keep, and says what to do", async () => {
    const project = aws.project(kept());
    const { taskDefinition } = await aws.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: STACK,
        containerDefinitions: [{ name: "demo", image: `${REGISTRY}/demo:1.11`, memory: 128 }],
      }),
    );
    await aws.ecs.send(new UpdateServiceCommand({ service: STACK, taskDefinition: taskDefinition?.taskDefinitionArn }));

    const { exitCode, output } = await project.npmDeploy([STACK]); // cdktf loses the end of a long output

    expect(exitCode).toBe(1);
    expect(words(output)).toContain(
      `The service demo-local runs ${REGISTRY}/demo:1.11 without a digest in its task definition, so there is no build to keep; name one by tag or digest.`,
    );
  });
});
