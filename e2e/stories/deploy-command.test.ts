import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";

import { ACCOUNT, runningDigests } from "../support/aws";
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
  const state = { backend: "s3", bucket: BUCKET, prefix: "ecs-pin", region: "us-east-1" } as const;
  return aws.project(demoLocal({}, { name: environment, accountId: ACCOUNT, state }), undefined, endpoint);
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
  let project: Project;
  beforeAll(() => (project = projectIn("test")));
  const deploy = (): Promise<Run> => project.npmDeploy(["demo-test", "--outputs-file", outputsFile(project)]);
  const locked = async (): Promise<boolean> => (await locks()).some((key) => key?.includes("demo-test"));

  test("says what each stack runs, and writes its outputs like cdktf deploy", async () => {
    const run = await project.npmDeploy(["*-test", "--outputs-file", outputsFile(project)]);

    const digest = await aws.digestOfTag("demo", "1.10");
    expect(ending(run, "demo-test")).toBe(`demo-test: deployed: demo:1.10@${digest ?? ""} in demo-test:1`);
    expect(run.exitCode).toBe(0);
    const byCdktf = join(project.directory, "by-cdktf.json");
    await project.cdktf(["deploy", "demo-test", "--auto-approve", "--skip-provider-lock", "--outputs-file", byCdktf]);
    expect(outputsOf(project)).toEqual(JSON.parse(readFileSync(byCdktf, "utf8")));
  });

  test("does not call a build deployed when the tag has moved on meanwhile", async () => {
    await push(aws.ecr, "demo", manifest("planned"), "1.10");
    const isHeld = held.hold("UpdateService");
    const deployed = deploy();
    await Promise.race([isHeld, deployed]);

    await push(aws.ecr, "demo", manifest("newer"), "1.10");
    held.release();

    const run = await deployed;
    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-test")).toMatch(
      /FAILED: an image has moved since the plan, or another deploy came in between, .*aws_ecs_task_definition/,
    );
    expect((await deploy()).exitCode).toBe(0);
  });

  test("fails when ECS rolls back, names both revisions in the last line, and leaves no outputs of the last deploy", async () => {
    await push(aws.ecr, "demo", failingManifest("bad", "cannot open /config"), "1.10");

    const run = await deploy();

    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-test")).toMatch(/FAILED: .*demo-test ended on \S+:3, not on the planned \S+:4/);
    expect(outputsOf(project)).toEqual({});
  });

  test("fails when Terraform is killed, and leaves no outputs of the last deploy; after an unlock it can be repeated", async () => {
    const digest = await push(aws.ecr, "demo", manifest("after the kill"), "1.10");
    writeFileSync(outputsFile(project), '{ "demo-test": "as it was before" }');

    const run = await deployAndThen(project, "demo-test", "UpdateService", killTerraform);

    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-test")).toContain("FAILED: terraform apply was ended by SIGKILL");
    expect(outputsOf(project)).toEqual({});
    held.release();
    const refused = await deploy();
    expect(ending(refused, "demo-test")).toMatch(
      /FAILED: Error acquiring the state lock: \S+ has held lock \S+ since /,
    );
    const [, id = ""] = / has held lock (\S+) since /.exec(ending(refused, "demo-test")) ?? [];
    expect((await project.stack("demo-test").terraform("force-unlock", "-force", id)).exitCode).toBe(0);
    expect((await deploy()).exitCode).toBe(0);
    expect(await runningDigests(aws.ecs, "demo-test")).toEqual([digest]);
  });

  test("lets Terraform save its state and release its lock when it is interrupted", async () => {
    const digest = await push(aws.ecr, "demo", manifest("interrupted"), "1.10");

    const run = await deployAndThen(project, "demo-test", "UpdateService", (pid) => process.kill(pid, "SIGINT"));

    expect(run.exitCode).toBe(130);
    expect(ending(run, "demo-test")).toContain("FAILED: interrupted by SIGINT, and what exists is in the state");
    expect(await locked()).toBe(false);
    expect(outputsOf(project)).toEqual({});
    held.release();
    expect((await deploy()).exitCode).toBe(0);
    expect(await runningDigests(aws.ecs, "demo-test")).toEqual([digest]);
  });
});

test("a stack that does not exist is named in one line, with the choices, and nothing is deployed", async () => {
  const run = await projectIn("only").npmDeploy(["demo-olny"]);

  expect(run.exitCode).toBe(1);
  expect(run.output.trimEnd().split("\n").at(-1)).toBe('there is no stack "demo-olny"; choose demo-only or registry');
});

test("one stack of two fails: the other is deployed, its outputs are written, and both are named", async () => {
  const { services, environments, registry } = demoLocal({}, { name: "two" });
  const container = { name: "broken", image: { repository: "unpushed", tag: "9" } };
  const broken = { name: "broken", cpu: 256, memory: 512, containers: [container] } as const;
  const project = aws.project({ services: [...services, broken], environments, registry });

  const run = await project.npmDeploy(["*-two", "--parallelism", "1", "--outputs-file", outputsFile(project)]);

  expect(run.exitCode).toBe(1);
  expect(ending(run, "demo-two")).toMatch(/^demo-two: deployed: demo:1\.10@sha256:/);
  expect(ending(run, "broken-two")).toBe(
    "broken-two: FAILED: reading ECR Images: couldn't find resource with data.aws_ecr_image.broken-image (broken-image/unpushed:9)",
  );
  expect(run.output.trimEnd().split("\n").slice(-2).sort()).toEqual([
    ending(run, "broken-two"),
    ending(run, "demo-two"),
  ]);
  expect(Object.keys(outputsOf(project))).toEqual(["demo-two"]);
});

describe("a first deploy", () => {
  test("whose Terraform is killed has failed, though cdktf deploy would call it a success", async () => {
    const project = projectIn("killed");

    const run = await deployAndThen(project, "demo-killed", "CreateService", killTerraform);

    expect(run.exitCode).toBe(1);
    expect(ending(run, "demo-killed")).toContain("FAILED: terraform apply was ended by SIGKILL");
    expect(outputsOf(project)).toEqual({});
  });

  test("that is interrupted has everything that exists in its state, no lock is left, and it can be repeated", async () => {
    const project = projectIn("interrupted");
    const stack = "demo-interrupted";

    const run = await deployAndThen(project, stack, "DescribeServices", (pid) => process.kill(pid, "SIGTERM"));

    expect(run.exitCode).toBe(143);
    expect(run.output).toContain(`SIGTERM: waiting for Terraform to save its state and to release its lock: ${stack}`);
    expect(ending(run, stack)).toContain(
      "FAILED: interrupted by SIGTERM, and what exists is in the state: deploy again",
    );
    expect((await locks()).filter((key) => key?.includes(stack))).toEqual([]);
    expect(await project.stack(stack).resources()).toContain("aws_ecs_service.service");
    held.release();
    const again = await project.npmDeploy([stack]);
    expect(again.output).not.toContain("already exists");
    expect(ending(again, stack)).toContain(`${stack}: deployed`);
    expect(again.exitCode).toBe(0);
  });
});
