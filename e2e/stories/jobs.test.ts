import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { GetScheduleCommand, SchedulerClient, type GetScheduleCommandOutput } from "@aws-sdk/client-scheduler";

import type { Config } from "../../src/config";
import { repositoryRoot } from "../emulator/python";
import { clientConfiguration, REGISTRY } from "../support/aws";
import { demoLocal } from "../support/configs";
import { localAwsEnvironment } from "../support/environment";
import { failingManifest, manifest, push } from "../support/images";
import { refusedActions, unusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { run, type Run } from "../support/run";
import { useLocalAws } from "./local-aws";

/** The service `demo`, a nightly job with its build, and a migration. */
function nightly(expression: string, memory = 512): Config {
  const { services, ...config } = demoLocal();
  const task = { service: "demo", cpu: 256, memory } as const;
  const image = { repository: "demo" };
  return {
    ...config,
    services: services.map((service) => ({ ...service, containers: [{ name: "demo", image }] })),
    jobs: [
      {
        ...task,
        name: "nightly",
        containers: [{ name: "report", image, command: ["report"] }],
        schedule: {
          expression,
          timezone: "Europe/Berlin",
          maximumWindowInMinutes: 15,
          maximumRetryAttempts: 2,
          deadLetterQueueArn: "arn:aws:sqs:us-east-1:123456789012:missed",
        },
      },
      { ...task, name: "migrate", containers: [{ name: "migrate", image, command: ["migrate"] }] },
    ],
  };
}

const aws = useLocalAws();
let project: Project;
let first: string;
let second: string;
let outputs: string;
const requested = new Set<string>();

async function deployer(something: () => Promise<unknown>): Promise<void> {
  for (const action of await aws.actionsOf(something)) requested.add(action);
}

async function deployed(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<string> {
  const { exitCode, output } = await project.npmDeploy(args, undefined, variables);
  expect({ exitCode, output: exitCode === 0 ? "" : output }).toEqual({ exitCode: 0, output: "" });
  return output;
}

const schedule = (): Promise<GetScheduleCommandOutput> =>
  new SchedulerClient(clientConfiguration(aws.endpoint)).send(new GetScheduleCommand({ Name: "nightly-local" }));

/** `docs/guides/run-job.sh`, as CI runs it. */
function runJob(stack: string): Promise<Run> {
  const env = localAwsEnvironment(aws.endpoint, "", { AWS_DEFAULT_REGION: "us-east-1" });
  return run(join(repositoryRoot(), "docs/guides/run-job.sh"), [outputs, stack], { cwd: project.directory, env });
}

beforeAll(async () => {
  await aws.createRepository("demo");
  first = await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(nightly("cron(0 3 * * ? *)"));
  outputs = join(project.directory, "outputs.json");
});

describe("a migration and a nightly job of a service", () => {
  test("the migration is deployed with the build that CI names for the service, and run", async () => {
    await deployer(() => deployed(["migrate-local", "--outputs-file", outputs], { DEMO_IMAGE_TAG: `1.10@${first}` }));

    const { exitCode, output } = await runJob("migrate-local");

    expect(output.split("\n")).toEqual(expect.arrayContaining(["migrate: 0"]));
    expect(exitCode).toBe(0);
  });

  test("the service follows, and the nightly job gets the build that it runs, at its time", async () => {
    await deployed(["demo-local"], { DEMO_IMAGE_TAG: `1.10@${first}` });
    await deployer(() => deployed(["nightly-local"]));

    expect((await aws.containers("nightly-local:1"))[0]).toMatchObject({
      image: `${REGISTRY}/demo@${first}`,
      dockerLabels: { image_tag: "1.10" },
    });
    expect(await schedule()).toMatchObject({
      ScheduleExpression: "cron(0 3 * * ? *)",
      ScheduleExpressionTimezone: "Europe/Berlin",
      State: "ENABLED",
      FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
      Target: {
        RetryPolicy: { MaximumRetryAttempts: 2 },
        DeadLetterConfig: { Arn: "arn:aws:sqs:us-east-1:123456789012:missed" },
        EcsParameters: { LaunchType: "FARGATE", PropagateTags: "TASK_DEFINITION" },
      },
    });
  });

  test("a second plan is empty", async () => {
    expect((await project.plan("nightly-local")).actions).toEqual({});
  });

  test("a build that is pushed under the same tag does not reach the job before it reaches the service", async () => {
    second = await push(aws.ecr, "demo", manifest("second"), "1.10");
    expect((await project.plan("nightly-local")).actions).toEqual({});

    await deployed(["demo-local"], { DEMO_IMAGE_TAG: `1.10@${second}` });
    project.edit(nightly("rate(1 hour)", 1024));
    await deployer(() => deployed(["nightly-local"]));

    expect((await aws.containers("nightly-local:2"))[0]).toMatchObject({ image: `${REGISTRY}/demo@${second}` });
    const { ScheduleExpression, Target } = await schedule();
    expect(ScheduleExpression).toBe("rate(1 hour)");
    expect(Target?.EcsParameters?.TaskDefinitionArn).toMatch(/nightly-local:2$/);
  });

  test("a migration that fails ends CI with its reason", async () => {
    const bad = await push(aws.ecr, "demo", failingManifest("third", "column exists"), "1.11");
    await deployed(["migrate-local", "--outputs-file", outputs], { DEMO_IMAGE_TAG: `1.11@${bad}` });

    const { exitCode, output } = await runJob("migrate-local");

    expect(output.split("\n")).toEqual(expect.arrayContaining(["migrate: 1: column exists"]));
    expect(exitCode).not.toBe(0);
  });

  test("a job that was not deployed cannot be run, and the line says so", async () => {
    writeFileSync(outputs, "{}");
    const { exitCode, output } = await runJob("migrate-local");

    expect(output.trim()).toBe(
      `${outputs} has no output run_task of migrate-local; deploy that job with --outputs-file`,
    );
    expect(exitCode).not.toBe(0);
  });

  test("the schedule goes with its job", async () => {
    await deployer(() => project.destroy("nightly-local"));
    await expect(schedule()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("its deployer needs what docs/policies says, and nothing else", () => {
    expect(refusedActions(requested, "deploy-services", "deploy-jobs")).toEqual([]);
    expect(unusedActions(requested, "deploy-jobs")).toEqual([]);
  });
});
