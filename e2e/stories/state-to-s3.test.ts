import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";

import type { Config, EnvironmentConfig } from "../../src/config";
import { ACCOUNT, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { succeeded, words } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let project: Project;
let digest: string;

const inBucket = (bucket: string): Config => {
  const state: EnvironmentConfig["state"] = { backend: "s3", bucket, prefix: "demo", region: "us-east-1" };
  return demoLocal({}, { accountId: ACCOUNT, state });
};

/** How many states a bucket holds; there is no lock. */
async function statesIn(bucket: string): Promise<number> {
  const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  expect(Contents.filter(({ Key }) => !Key?.endsWith("demo-local.tfstate"))).toEqual([]);
  return Contents.length;
}

beforeAll(async () => {
  for (const bucket of ["states", "other-states"]) await aws.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await aws.createRepository("demo");
  digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(demoLocal());
  await project.deploy("demo-local");
});

describe("in the checkout from which a stack was deployed", () => {
  test("a deploy fails after its state has been given a place in S3", async () => {
    project.edit(inBucket("states"));

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("Error: Backend configuration changed");
    expect(await statesIn("states")).toBe(0);
  });
});

describe("in another checkout, which has only the file", () => {
  let file: string;

  beforeAll(() => {
    const states = join(project.directory, ".terraform-state");
    const [found = ""] = readdirSync(states, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith("demo-local.tfstate"),
    );
    file = join(states, found);
  });

  test("everything exists already, and nothing changes", async () => {
    const { exitCode, output } = await aws.project(inBucket("other-states")).tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("EntityAlreadyExists: Role with name demo-local-execution already exists.");
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
  });

  test("the file is pushed over the state of the deploy that failed", async () => {
    const other = aws.project(inBucket("other-states"));
    await other.synth();
    const terraform = other.stack("demo-local");
    await terraform.init();
    succeeded(await terraform.terraform("destroy", "-auto-approve"));

    succeeded(await terraform.terraform("state", "push", "-force", file));

    expect((await other.plan("demo-local")).exitCode).toBe(0);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
  });
});

describe("the state is taken along", () => {
  test("by cdktf deploy --migrate-state, and the service stays as it is", async () => {
    const options = ["--auto-approve", "--skip-provider-lock", "--migrate-state"];
    const { output } = succeeded(await project.cdktf(["deploy", "demo-local", ...options]));

    expect(words(output)).toContain("Apply complete! Resources: 0 added, 0 changed, 0 destroyed.");
    expect(await statesIn("states")).toBe(1);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
  });

  test("by terraform init -migrate-state, which without a terminal needs -force-copy", async () => {
    rmSync(join(project.directory, ".terraform-state"), { recursive: true }); // it is in S3
    await aws.s3.send(new CreateBucketCommand({ Bucket: "third-states" }));
    project.edit(inBucket("third-states"));
    await project.synth();
    const terraform = project.stack("demo-local");
    const asked = await terraform.terraform("init", "-migrate-state", "-input=false", "-no-color");
    expect(words(asked.output)).toContain("Error: Can't ask approval for state migration");

    succeeded(await terraform.terraform("init", "-migrate-state", "-force-copy"));

    expect(await statesIn("third-states")).toBe(1);
    expect((await project.plan("demo-local")).exitCode).toBe(0);
  });
});
