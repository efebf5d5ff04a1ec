import { readFileSync } from "node:fs";
import { join } from "node:path";

import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateServiceCommand, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";

import { repositoryRoot } from "../emulator/python";
import { clientConfiguration, describeService, REGISTRY, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { succeeded, words } from "../support/run";
import { useLocalAws } from "./local-aws";

/** The commands that docs/state.md gives, by address: `terraform import ADDRESS ID`. */
const DOCUMENTED = new Map(
  [...readFileSync(join(repositoryRoot(), "docs", "state.md"), "utf8").matchAll(/^terraform import (\S+) (\S+)/gm)].map(
    ([, address = "", id = ""]) => [address, id],
  ),
);

const aws = useLocalAws();
let project: Project;
let digest: string;

/** Runs the documented command for an address, in the folder of the stack as the failed deploy left it. */
async function importAsDocumented(stack: string, address: string): Promise<void> {
  const id = DOCUMENTED.get(address) ?? `${address} is not documented`;
  succeeded(await project.stack(stack).terraform("import", "-input=false", "-no-color", address, id));
}

/** What a deploy says that fails. */
async function failure(stack: string): Promise<string> {
  const { exitCode, output } = await project.tryDeploy(stack);
  expect(exitCode).toBe(1);
  return words(output);
}

/** A service that somebody created by hand, under the name that the stack gives to its own. */
async function createByHand(): Promise<void> {
  const network = project.handWritten({
    provider: { aws: { region: "us-east-1" } },
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    data: { aws_subnets: { all: {} } },
    output: { subnets: { value: "${data.aws_subnets.all.ids}" } },
  });
  await network.apply(await network.plan());
  const { subnets } = await network.outputs<{ subnets: string[] }>();
  const { taskDefinition } = await aws.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: "by-hand",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      containerDefinitions: [{ name: "demo", image: `${REGISTRY}/demo:1.10`, essential: true }],
    }),
  );
  await aws.ecs.send(
    new CreateServiceCommand({
      serviceName: "demo-local",
      taskDefinition: taskDefinition?.taskDefinitionArn,
      desiredCount: 1,
      launchType: "FARGATE",
      networkConfiguration: { awsvpcConfiguration: { subnets: subnets.slice(0, 1), assignPublicIp: "ENABLED" } },
    }),
  );
}

beforeAll(async () => {
  project = aws.project(demoLocal());
  await aws.createRepository("demo");
  digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
  const logs = new CloudWatchLogsClient(clientConfiguration(aws.endpoint));
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/ecs/demo-local" }));
  await createByHand();
});

describe("what somebody created by hand is imported by the address in the error", () => {
  test("a repository, with its images", async () => {
    expect(await failure("registry")).toMatch(
      /RepositoryAlreadyExistsException: .* with aws_ecr_repository\.repositories_demo_8F640B2D \(/,
    );

    await importAsDocumented("registry", "aws_ecr_repository.repositories_demo_8F640B2D");
    await project.deploy("registry");

    expect(await aws.digestOfTag("demo", "1.10")).toBe(digest);
    expect((await project.plan("registry")).actions).toEqual({});
  });

  test("a log group", async () => {
    expect(await failure("demo-local")).toMatch(
      /ResourceAlreadyExistsException: The specified log group already exists with aws_cloudwatch_log_group\.log-group \(/,
    );

    await importAsDocumented("demo-local", "aws_cloudwatch_log_group.log-group");
  });

  test("a service, which is updated in place", async () => {
    expect(await failure("demo-local")).toMatch(
      /InvalidParameterException: Creation of service was not idempotent\. with aws_ecs_service\.service \(/,
    );
    const { createdAt, serviceArn } = await describeService(aws.ecs, "demo-local");

    await importAsDocumented("demo-local", "aws_ecs_service.service");
    const plan = await project.plan("demo-local");
    expect(plan.actions).toEqual({ "aws_ecs_service.service": "will be updated in-place" });
    await project.deploy("demo-local");

    expect(await describeService(aws.ecs, "demo-local")).toMatchObject({ createdAt, serviceArn });
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
    expect((await project.plan("demo-local")).actions).toEqual({});
  });

  test("the revision that the service ran stays, to go back to", async () => {
    expect((await aws.inventory()).revisions).toEqual(["by-hand:1", "demo-local:1"]);
  });
});

test("roles that the state has lost are imported too", async () => {
  const ROLES = ["aws_iam_role.execution-role", "aws_iam_role.task-role"];
  succeeded(await project.stack("demo-local").terraform("state", "rm", ...ROLES));

  expect(await failure("demo-local")).toMatch(
    /EntityAlreadyExists: Role with name demo-local-execution already exists\. with aws_iam_role\.execution-role \(/,
  );

  for (const role of ROLES) await importAsDocumented("demo-local", role);
  await project.deploy("demo-local");

  expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
  expect((await project.plan("demo-local")).actions).toEqual({});
});
