import { readFileSync } from "node:fs";
import { join } from "node:path";

import { CreateClusterCommand, DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";

import { hcpTerraform } from "../../docs/state";
import type { Config, EnvironmentConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration, clients, describeService } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const TENANT = "444455556666";
const STATES = "777788889999";
const BUCKET = "terraform-state";

const aws = useLocalAws();
let project: Project;
let digest: string;

const inEurope = () => ({ ...clientConfiguration(aws.endpoint), region: "eu-west-1" });

/** The service `demo`, in another account, in another region of this one, and in one for each pull request. */
function places(): Config {
  const { services, environments, registry } = demoLocal();
  const [local] = environments;
  if (!local) throw new Error("local does not ship");
  const tenant: EnvironmentConfig = {
    ...local,
    name: "tenant",
    accountId: TENANT,
    assumeRole: { roleArn: `arn:aws:iam::${TENANT}:role/deploy`, externalId: "team-web", sessionName: "ci" },
    state: {
      backend: "s3",
      bucket: BUCKET,
      prefix: "shop",
      region: "us-east-1",
      assumeRole: { roleArn: `arn:aws:iam::${STATES}:role/state`, duration: "15m" },
    },
  };
  const europe: EnvironmentConfig = { ...local, name: "europe", region: "eu-west-1" };
  const pullRequest: EnvironmentConfig = { ...local, name: "pr-*", fromVariable: "PR_NUMBER" };
  return {
    services: services.map((service) => ({ ...service, environments: { "pr-*": { logRetentionDays: 1 } } })),
    environments: [local, tenant, europe, pullRequest],
    registry: { ...registry, accountId: ACCOUNT, replicatedTo: ["eu-west-1"] },
  };
}

beforeAll(async () => {
  const europe = inEurope();
  await aws.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await aws.createRepository("demo");
  digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
  // What ECR does by itself, once a rule says so.
  const replica = new ECRClient(europe);
  await replica.send(new CreateRepositoryCommand({ repositoryName: "demo" }));
  await push(replica, "demo", manifest("first"), "1.10");
  await new ECSClient(europe).send(new CreateClusterCommand({ clusterName: "default" }));
  await clients(aws.endpoint, TENANT).ecs.send(new CreateClusterCommand({ clusterName: "default" }));
  project = aws.project(places());
});

describe("an environment with a role", () => {
  let requested: string[];

  test("is deployed to the account of the role", async () => {
    requested = await aws.actionsOf(async () => {
      const run = await project.npmDeploy(["demo-tenant"]);
      expect(run.output).toContain(`demo-tenant: deployed: demo:1.10@${digest} in demo-tenant:1`);
    });

    const service = await describeService(clients(aws.endpoint, TENANT).ecs, "demo-tenant");
    expect(service.serviceArn).toContain(`:${TENANT}:`);
    expect((await aws.inventory()).services).toEqual([]);
  });

  test("has its state where another role keeps it", async () => {
    const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents.map(({ Key }) => Key)).toEqual([`shop/${TENANT}/us-east-1/demo-tenant.tfstate`]);
  });

  test("needs no more than the policies allow", () => {
    expect(requested).toContain("sts:AssumeRole");
    expect(refusedActions(requested, "deploy-services", "deploy-environments")).toEqual([]);
  });

  test("has nothing left to change, and is destroyed", async () => {
    expect((await project.plan("demo-tenant")).exitCode).toBe(0);
    await project.destroy("demo-tenant");
    const { services = [] } = await clients(aws.endpoint, TENANT).ecs.send(
      new DescribeServicesCommand({ services: ["demo-tenant"] }),
    );
    expect(services.filter(({ status }) => status === "ACTIVE")).toEqual([]);
  });
});

test("environments in two regions of an account do not get in each other's way", async () => {
  const { exitCode, output } = await project.npmDeploy(["demo-local", "demo-europe", "--parallelism", "1"]);

  expect({ exitCode, warnings: output.match(/^warning.*/gm) }).toEqual({ exitCode: 0, warnings: null });
  expect((await describeService(new ECSClient(inEurope()), "demo-europe")).serviceArn).toContain(":eu-west-1:");
  expect((await aws.inventory()).services).toEqual(["demo-local"]);
});

describe("an environment of a pull request", () => {
  test("is not there without the number", async () => {
    const { exitCode, output } = await project.npmDeploy(["*-pr-12"]);

    expect(exitCode).toBe(1);
    expect(output).toContain('there is no stack "*-pr-12"; choose ');
  });

  test("is deployed by its number, and destroyed", async () => {
    const { exitCode, output } = await project.npmDeploy(["*-pr-12"], undefined, { PR_NUMBER: "12" });
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect((await aws.inventory()).services).toEqual(["demo-local", "demo-pr-12"]);
    expect((await aws.logGroups()).find(({ logGroupName }) => logGroupName === "/ecs/demo-pr-12")).toMatchObject({
      retentionInDays: 1,
    });

    await project.destroy("*-pr-12", { PR_NUMBER: "12" });

    expect(await aws.inventory()).toMatchObject({ services: ["demo-local"], logGroups: ["/ecs/demo-local"] });
  });
});

test("a state in HCP Terraform is valid; without one, nothing more can be tried", async () => {
  const hcp = aws.project(demoLocal({}, { accountId: ACCOUNT, ...hcpTerraform }));
  await hcp.synth();
  const terraform = hcp.stack("demo-local");
  const configuration = readFileSync(join(terraform.path, "cdk.tf.json"), "utf8");
  expect((JSON.parse(configuration) as { terraform: object }).terraform).toMatchObject({
    cloud: {
      organization: "placeholder-organization",
      workspaces: { name: `placeholder-project-${ACCOUNT}-us-east-1-demo-local`, project: "Web shop" },
    },
  });
  await terraform.init("-backend=false");

  const validated = await terraform.terraform("validate", "-no-color");

  expect(validated).toMatchObject({ exitCode: 0, output: "Success! The configuration is valid.\n\n" });
});
