import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { DescribeRepositoriesCommand, ECRClient, CreateRepositoryCommand } from "@aws-sdk/client-ecr";
import { CreateClusterCommand, ECSClient } from "@aws-sdk/client-ecs";
import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";

import type { Config, EnvironmentConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { succeeded, words } from "../support/run";
import { useLocalAws } from "./local-aws";

const BUCKET = "terraform-states";

const aws = useLocalAws();

/** The shipped service `demo`, with the states of a project in the bucket, and another repository. */
function projectOf(prefix: string, repository: string, environment: Partial<EnvironmentConfig> = {}): Config {
  const inS3 = { accountId: ACCOUNT, state: { backend: "s3", bucket: BUCKET, prefix, region: "us-east-1" } } as const;
  const config = demoLocal({ image: { repository, tag: "1.10" } }, { ...inS3, ...environment });
  return { ...config, registry: { ...config.registry, ...inS3 } };
}

const repositories = async (): Promise<(string | undefined)[]> => {
  const { repositories: found = [] } = await aws.ecr.send(new DescribeRepositoriesCommand({}));
  return found.map(({ repositoryName }) => repositoryName).sort();
};

const keys = async (): Promise<(string | undefined)[]> => {
  const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.map(({ Key }) => Key).sort();
};

beforeAll(() => aws.s3.send(new CreateBucketCommand({ Bucket: BUCKET })));

describe("two projects with their states in one bucket", () => {
  let shop: Project;
  let cart: Project;
  let digest: string;

  beforeAll(async () => {
    shop = aws.project(projectOf("team/shop", "shop"));
    cart = aws.project(projectOf("team/cart", "cart"));
    await shop.deploy("registry");
    digest = await push(aws.ecr, "shop", manifest("shop"), "1.10");
    await shop.deploy("demo-local");
  });

  test("leave each other's repositories alone", async () => {
    const plan = await cart.plan("registry");
    expect(plan.text).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");

    await cart.stack("registry").apply(plan);

    expect(await repositories()).toEqual(["cart", "shop"]);
    expect((await shop.plan("registry")).exitCode).toBe(0);
  });

  test("cannot take over each other's services", async () => {
    await push(aws.ecr, "cart", manifest("cart"), "1.10");

    const { exitCode, output } = await cart.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("EntityAlreadyExists: Role with name demo-local-execution already exists.");
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
    expect((await shop.plan("demo-local")).exitCode).toBe(0);
  });

  test("have their states under different keys, without a lock", async () => {
    expect(await keys()).toEqual([
      `team/cart/${ACCOUNT}/us-east-1/demo-local.tfstate`,
      `team/cart/${ACCOUNT}/us-east-1/registry.tfstate`,
      `team/shop/${ACCOUNT}/us-east-1/demo-local.tfstate`,
      `team/shop/${ACCOUNT}/us-east-1/registry.tfstate`,
    ]);
  });
});

describe("an environment whose region is edited", () => {
  const IRELAND = { region: "eu-west-1" };
  const before = projectOf("team/moved", "moved", { name: "moved" });
  const after = projectOf("team/moved", "moved", { name: "moved", ...IRELAND });
  let digest: string;
  let checkout: Project;

  /** What the service needs in the other region: a cluster, and the image. */
  beforeAll(async () => {
    await aws.createRepository("moved");
    digest = await push(aws.ecr, "moved", manifest("moved"), "1.10");
    const elsewhere = { ...clientConfiguration(aws.endpoint), ...IRELAND };
    await new ECSClient(elsewhere).send(new CreateClusterCommand({ clusterName: "default" }));
    const ecr = new ECRClient(elsewhere);
    await ecr.send(new CreateRepositoryCommand({ repositoryName: "moved" }));
    await push(ecr, "moved", manifest("moved"), "1.10");
    checkout = aws.project(before);
    await checkout.deploy("demo-moved");
  });

  test("in the same checkout: Terraform says that the state has another place", async () => {
    checkout.edit(after);

    const { exitCode, output } = await checkout.tryDeploy("demo-moved");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("Error: Backend configuration changed");
  });

  test("in a new checkout: the roles exist already, and the old service goes on unchanged", async () => {
    const { exitCode, output } = await aws.project(after).tryDeploy("demo-moved");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("EntityAlreadyExists: Role with name demo-moved-execution already exists.");
    expect(await runningDigests(aws.ecs, "demo-moved")).toEqual([digest]);
    expect((await aws.project(before).plan("demo-moved")).exitCode).toBe(0);
  });

  test("is moved by destroying it where it was, and deploying it where it will be", async () => {
    await aws.project(before).destroy("demo-moved");

    await aws.project(after).deploy("demo-moved");

    const ireland = new ECSClient({ ...clientConfiguration(aws.endpoint), ...IRELAND });
    expect(await runningDigests(ireland, "demo-moved")).toEqual([digest]);
  });
});

test("a state is moved to another prefix with terraform state pull and push", async () => {
  await aws.createRepository("renamed");
  await push(aws.ecr, "renamed", manifest("renamed"), "1.10");
  const before = projectOf("old", "renamed", { name: "renamed" });
  const after = projectOf("new", "renamed", { name: "renamed" });
  const project = aws.project(before);
  await project.deploy("demo-renamed");

  const file = join(project.directory, "demo-renamed.tfstate");
  const terraform = project.stack("demo-renamed");
  writeFileSync(file, succeeded(await terraform.terraform("state", "pull")).stdout);
  project.edit(after);
  await project.synth();
  await terraform.init("-reconfigure");
  succeeded(await terraform.terraform("state", "push", file));

  expect((await project.plan("demo-renamed")).exitCode).toBe(0);
  expect((await aws.project(after).plan("demo-renamed")).exitCode).toBe(0);
  expect(await keys()).toContain(`new/${ACCOUNT}/us-east-1/demo-renamed.tfstate`);
});
