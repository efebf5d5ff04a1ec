import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeClustersCommand, type ExecuteCommandConfiguration } from "@aws-sdk/client-ecs";
import { GetRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";

import type { Config, EnvironmentConfig, ServiceConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration, describeService, tasksOf } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** The demo in a cluster of the environment's own. */
function execWith(
  executeCommand: ServiceConfig["executeCommand"],
  sessions: NonNullable<EnvironmentConfig["cluster"]>["executeCommand"],
): Config {
  const config = demoLocal({}, { cluster: { executeCommand: sessions } });
  return { ...config, services: config.services.map((service) => ({ ...service, executeCommand })) };
}

const LOGGED = execWith(true, { logGroup: "/exec/local", kmsKeyArn: KEY });
const IN_A_BUCKET = { s3Bucket: "sessions", s3KeyPrefix: "local" };

const aws = useLocalAws();
let project: Project;
const requested = { cluster: new Set<string>(), service: new Set<string>() };

/** Does something to the stack of the cluster or the service. */
async function to(stack: "cluster" | "service", something: () => Promise<unknown>): Promise<void> {
  for (const action of await aws.actionsOf(something)) requested[stack].add(action);
}

async function sessionsOfCluster(): Promise<ExecuteCommandConfiguration | undefined> {
  const { clusters = [] } = await aws.ecs.send(
    new DescribeClustersCommand({ clusters: ["local"], include: ["CONFIGURATIONS"] }),
  );
  return clusters[0]?.configuration?.executeCommandConfiguration;
}

/** The actions that the task role may do. */
async function rightsOfTasks(): Promise<string[]> {
  const iam = new IAMClient(clientConfiguration(aws.endpoint));
  const { PolicyDocument = "" } = await iam.send(
    new GetRolePolicyCommand({ RoleName: "demo-local-task", PolicyName: "application" }),
  );
  const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: { Action: string[] }[] };
  return Statement.flatMap(({ Action }) => Action);
}

/** Whether commands may be run in each running task, and the revision of the service. */
async function state(): Promise<{ tasks: (boolean | undefined)[]; revision: string | undefined }> {
  const { taskDefinition } = await describeService(aws.ecs, "demo-local", "local");
  const tasks = await tasksOf(aws.ecs, "demo-local", "RUNNING", "local");
  return { tasks: tasks.map((task) => task.enableExecuteCommand), revision: taskDefinition?.split("/")[1] };
}

beforeAll(async () => {
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  const logs = new CloudWatchLogsClient(clientConfiguration(aws.endpoint));
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/exec/local" }));
  project = aws.project(LOGGED);
  await to("cluster", () => project.deploy("cluster-local"));
  await to("service", () => project.deploy("demo-local"));
});

describe("a service in whose containers people may run commands", () => {
  test("has a cluster that logs the sessions, and the rights that it takes", async () => {
    expect(await sessionsOfCluster()).toMatchObject({
      kmsKeyId: KEY,
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: "/exec/local" },
    });
    expect(await rightsOfTasks()).toEqual([
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
      "logs:DescribeLogGroups",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "kms:Decrypt",
    ]);
    expect(await state()).toEqual({ tasks: [true], revision: "demo-local:1" });
  });

  test.each(["cluster-local", "demo-local"])("is no change in a second plan of %s", async (stack) => {
    const plan = await project.plan(stack);

    expect(plan.actions).toEqual({});
    expect(plan.exitCode).toBe(0);
  });

  test("can log its sessions elsewhere, with the same tasks", async () => {
    project.edit(execWith(true, IN_A_BUCKET));
    await to("cluster", () => project.deploy("cluster-local"));
    await to("service", () => project.deploy("demo-local"));

    expect(await sessionsOfCluster()).toMatchObject({
      logConfiguration: { s3BucketName: "sessions", s3KeyPrefix: "local" },
    });
    expect((await rightsOfTasks()).slice(4)).toEqual(["s3:GetBucketLocation", "s3:PutObject"]);
    expect(await state()).toEqual({ tasks: [true], revision: "demo-local:1" });
  });

  test("gets new tasks, in which nobody may, when that is turned off", async () => {
    project.edit(execWith(false, IN_A_BUCKET));
    await to("service", () => project.deploy("demo-local"));

    await expect(rightsOfTasks()).rejects.toMatchObject({ name: "NoSuchEntityException" });
    expect(await state()).toEqual({ tasks: [false], revision: "demo-local:2" });
  });

  test("gets new tasks, in which people may, when that is turned on again", async () => {
    project.edit(execWith(true, IN_A_BUCKET));
    await to("service", () => project.deploy("demo-local"));

    expect(await state()).toEqual({ tasks: [true], revision: "demo-local:3" });
  });

  test("is destroyed", async () => {
    await to("service", () => project.destroy("demo-local"));
    await to("cluster", () => project.destroy("cluster-local"));

    expect(await aws.inventory()).toMatchObject({ services: [], logGroups: ["/exec/local"] });
  });

  test("needs no more than the policies of the deployers allow", () => {
    expect(refusedActions(requested.service, "deploy-services")).toEqual([]);
    expect(refusedActions(requested.cluster, "deploy-cluster")).toEqual([]);
  });
});
