import { readFileSync } from "node:fs";
import { join } from "node:path";

import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";

import { runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { descendants } from "../support/descendants";
import { HeldResponses } from "../support/held-responses";
import { failingManifest, manifest, push } from "../support/images";
import type { Project } from "../support/project";
import type { Run } from "../support/run";
import { useLocalAws } from "./local-aws";

const BUCKET = "terraform-state";
const aws = useLocalAws();
let held: HeldResponses;
let endpoint: string;

beforeAll(async () => {
  held = new HeldResponses(aws.endpoint);
  endpoint = await held.start();
  await aws.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  for (const repository of ["demo", "unpushed"]) await aws.createRepository(repository);
  await push(aws.ecr, "demo", manifest("first"), "1.10");
});
afterEach(() => held.release());
afterAll(() => held.stop());

/** The shipped service in an environment of its own, with its state in S3. */
function projectIn(environment: string): Project {
  const s3 = { backend: "s3", bucket: BUCKET, region: "us-east-1" } as const;
  return aws.project(demoLocal({}, { name: environment, state: s3 }), undefined, endpoint);
}

const outputsFile = (project: Project): string => join(project.directory, "outputs.json");

function outputsOf(project: Project): Record<string, Record<string, unknown>> {
  return JSON.parse(readFileSync(outputsFile(project), "utf8")) as Record<string, Record<string, unknown>>;
}

/** Deploys, and does something to the command when the response to an action is held back for the first time. */
async function deployAndThen(
  project: Project,
  stack: string,
  action: string,
  does: (pid: number) => void,
): Promise<Run> {
  let pid = 0;
  const isHeld = held.hold(action);
  const deployed = project.npmDeploy([stack, "--outputs-file", outputsFile(project)], (id) => (pid = id));
  await Promise.race([isHeld, deployed]);
  does(pid);
  return deployed;
}

/** As the out-of-memory killer does. */
function killTerraform(pid: number): void {
  const found = descendants(pid, "terraform");
  expect(found).toHaveLength(1);
  found.forEach((each) => process.kill(each, "SIGKILL"));
}

/** The lines that say how each stack ended. */
const ending = ({ output }: Run, stack: string): string =>
  output.split("\n").findLast((line) => line.startsWith(`${stack}: `)) ?? output;

async function locks(): Promise<(string | undefined)[]> {
  const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.flatMap(({ Key }) => (Key?.endsWith(".tflock") ? Key : []));
}

describe("npm run deploy", () => {
  test("says what each stack runs, and writes its outputs like cdktf deploy", async () => {
    const project = projectIn("one");

    const run = await project.npmDeploy(["demo-*", "--outputs-file", outputsFile(project)]);

    const digest = await aws.digestOfTag("demo", "1.10");
    expect(ending(run, "demo-one")).toBe(`demo-one: deployed: demo:1.10@${digest ?? ""} in demo-one:1`);
    expect(run.exitCode).toBe(0);
    expect(outputsOf(project)).toEqual({ "demo-one": await project.stack("demo-one").outputs() });
    const byCdktf = join(project.directory, "by-cdktf.json");
    await project.cdktf(["deploy", "demo-one", "--auto-approve", "--skip-provider-lock", "--outputs-file", byCdktf]);
    expect(outputsOf(project)).toEqual(JSON.parse(readFileSync(byCdktf, "utf8")));
  });

  test("fails when ECS rolls back, names both revisions in the last line, and leaves no outputs of the last deploy", async () => {
    const project = projectIn("rolled-back");
    await project.npmDeploy(["demo-rolled-back", "--outputs-file", outputsFile(project)]);
    await push(aws.ecr, "demo", failingManifest("bad", "cannot open /config"), "1.10");

    const run = await project.npmDeploy(["demo-rolled-back", "--outputs-file", outputsFile(project)]);

    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-rolled-back")).toMatch(
      /FAILED: .*ECS rolled the deployment back: demo-rolled-back runs \S+:1, not \S+:2/,
    );
    expect(outputsOf(project)).toEqual({});
    await push(aws.ecr, "demo", manifest("good again"), "1.10");
  });

  test("deploys the other stacks when one fails, writes their outputs, and names both", async () => {
    const [service] = demoLocal().services;
    const { services, environments, registry } = demoLocal({}, { name: "two" });
    const unpushed = {
      ...service,
      name: "broken",
      containers: [{ name: "broken", image: { repository: "unpushed", tag: "9" } }],
    };
    const project = aws.project({ services: [...services, unpushed as never], environments, registry });

    const run = await project.npmDeploy(["*-two", "--parallelism", "1", "--outputs-file", outputsFile(project)]);

    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-two")).toMatch(/^demo-two: deployed: demo:1\.10@sha256:/);
    expect(ending(run, "broken-two")).toMatch(/^broken-two: FAILED: reading ECR Images: couldn't find resource/);
    expect(run.output.trimEnd().split("\n").slice(-2).sort()).toEqual([
      ending(run, "broken-two"),
      ending(run, "demo-two"),
    ]);
    expect(Object.keys(outputsOf(project))).toEqual(["demo-two"]);
  });

  test("does not call a build deployed when the tag has moved on meanwhile", async () => {
    const project = projectIn("moving");
    await project.npmDeploy(["demo-moving"]);
    await push(aws.ecr, "demo", manifest("planned"), "1.10");
    const isHeld = held.hold("UpdateService");
    const deployed = project.npmDeploy(["demo-moving"]);
    await isHeld;

    await push(aws.ecr, "demo", manifest("newer"), "1.10");
    held.release();

    const run = await deployed;
    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-moving")).toMatch(/FAILED: an image has moved since the plan, .*aws_ecs_task_definition/);
  });
});

describe("a Terraform that is killed", () => {
  test("fails the first deploy, and no outputs are there", async () => {
    const project = projectIn("killed-first");

    const run = await deployAndThen(project, "demo-killed-first", "CreateService", killTerraform);

    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-killed-first")).toContain("FAILED: terraform apply was ended by SIGKILL");
    expect(outputsOf(project)).toEqual({});
  });

  test("fails a redeploy, whose outputs are not those of the deploy before; after an unlock it can be repeated", async () => {
    const project = projectIn("killed");
    await project.npmDeploy(["demo-killed", "--outputs-file", outputsFile(project)]);
    expect(Object.keys(outputsOf(project))).toEqual(["demo-killed"]);
    const digest = await push(aws.ecr, "demo", manifest("after the kill"), "1.10");

    const run = await deployAndThen(project, "demo-killed", "UpdateService", killTerraform);

    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-killed")).toContain("FAILED: terraform apply was ended by SIGKILL");
    expect(outputsOf(project)).toEqual({});

    held.release();
    const locked = await project.npmDeploy(["demo-killed"]);
    expect(ending(locked, "demo-killed")).toContain("FAILED: Error acquiring the state lock");
    const [, id = ""] = /ID: +(\S+)/.exec(locked.output) ?? [];
    expect((await project.stack("demo-killed").terraform("force-unlock", "-force", id)).exitCode).toBe(0);
    expect((await project.npmDeploy(["demo-killed"])).exitCode).toBe(0);
    expect(await runningDigests(aws.ecs, "demo-killed")).toEqual([digest]);
  });
});

describe("a deploy that is interrupted", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "by %s saves what exists and releases the lock, so that a first deploy can be repeated",
    async (signal, exitCode) => {
      const stack = `demo-first-${signal.toLowerCase()}`;
      const project = projectIn(`first-${signal.toLowerCase()}`);

      const run = await deployAndThen(project, stack, "DescribeServices", (pid) => process.kill(pid, signal));

      expect(run.exitCode).toBe(exitCode);
      expect(run.output).toContain(
        `${signal}: waiting for Terraform to save its state and to release its lock: ${stack}`,
      );
      expect(ending(run, stack)).toContain(`FAILED: interrupted by ${signal}`);
      expect((await locks()).filter((key) => key?.includes(stack))).toEqual([]);
      expect(await project.stack(stack).resources()).toContain("aws_ecs_service.service");
      held.release();
      const again = await project.npmDeploy([stack]);
      expect(again.output).not.toContain("already exists");
      expect(ending(again, stack)).toContain(`${stack}: deployed`);
      expect(again.exitCode).toBe(0);
    },
  );

  test("leaves no lock when a redeploy is interrupted either", async () => {
    const project = projectIn("again");
    await project.npmDeploy(["demo-again"]);
    const digest = await push(aws.ecr, "demo", manifest("interrupted"), "1.10");

    const run = await deployAndThen(project, "demo-again", "UpdateService", (pid) => process.kill(pid, "SIGTERM"));

    expect(run.exitCode).toBe(143);
    expect((await locks()).filter((key) => key?.includes("demo-again"))).toEqual([]);
    held.release();
    expect((await project.npmDeploy(["demo-again"])).exitCode).toBe(0);
    expect(await runningDigests(aws.ecs, "demo-again")).toEqual([digest]);
  });
});
