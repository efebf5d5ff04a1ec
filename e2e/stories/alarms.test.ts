import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";

import type { Config, ServiceConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions, unusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { succeeded } from "../support/run";
import { useLocalAws } from "./local-aws";

type Alarms = NonNullable<ServiceConfig["alarms"]>;

const SERVICE = "demo-local";
const RULE = `${SERVICE}-deployment-failed`;
const TOPICS = ["on-call", "team"].map((name) => `arn:aws:sns:us-east-1:${ACCOUNT}:${name}`);

const ALARMS: Alarms = {
  topics: TOPICS,
  cpu: 80,
  memory: { threshold: 90.5, minutes: 10 },
  runningTasks: true,
  deploymentFailed: true,
};
/** Another value for each, and one alarm and one topic fewer. */
const CHANGED: Alarms = {
  topics: TOPICS.slice(0, 1),
  cpu: { threshold: 95, minutes: 2 },
  runningTasks: { minutes: 15 },
  deploymentFailed: true,
};

const aws = useLocalAws();
let project: Project;
const seen: string[] = [];

function demoWatched(alarms: Alarms, tags: Record<string, string>): Config {
  const { services, ...config } = demoLocal({}, { tags });
  return { ...config, services: services.map((service) => ({ ...service, alarms })) };
}

/** As the deployer, whose rights the policies grant. The proof of a deploy is that a second plan is empty. */
async function asDeployer(something: () => Promise<unknown>): Promise<void> {
  seen.push(...(await aws.actionsOf(something)));
}

async function alarms(): Promise<Record<string, MetricAlarm>> {
  const cloudwatch = new CloudWatchClient(clientConfiguration(aws.endpoint));
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  return Object.fromEntries(MetricAlarms.map((alarm) => [alarm.AlarmName ?? "", alarm]));
}

async function rules(): Promise<string[]> {
  const events = new EventBridgeClient(clientConfiguration(aws.endpoint));
  const { Rules = [] } = await events.send(new ListRulesCommand({}));
  return Rules.map(({ EventPattern = "" }) => EventPattern);
}

async function notified(): Promise<(string | undefined)[]> {
  const events = new EventBridgeClient(clientConfiguration(aws.endpoint));
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: RULE }));
  return Targets.map(({ Arn }) => Arn).sort();
}

beforeAll(async () => {
  const sns = new SNSClient(clientConfiguration(aws.endpoint));
  for (const name of ["on-call", "team"]) await sns.send(new CreateTopicCommand({ Name: name }));
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(demoWatched(ALARMS, { team: "web", phase: "trial" }));
  await asDeployer(async () => succeeded(await project.npmDeploy([SERVICE])));
});

describe("a service with alarms", () => {
  test("has each as it was written, with the topics for its begin and its end", async () => {
    const found = await alarms();

    expect(Object.keys(found).sort()).toEqual([`${SERVICE}-cpu`, `${SERVICE}-memory`, `${SERVICE}-running-tasks`]);
    for (const { AlarmActions = [], OKActions = [] } of Object.values(found)) {
      expect([AlarmActions.sort(), OKActions.sort()]).toEqual([TOPICS, TOPICS]);
    }
    expect(found[`${SERVICE}-cpu`]).toMatchObject({
      MetricName: "CPUUtilization",
      Threshold: 80,
      EvaluationPeriods: 5,
      Period: 60,
      TreatMissingData: "missing",
    });
    expect(found[`${SERVICE}-running-tasks`]).toMatchObject({
      Metrics: expect.arrayContaining([
        expect.objectContaining({ Id: "result", Expression: "desired - running", ReturnData: true }),
      ]) as unknown,
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 0,
    });
  });

  test("reports failed deployments of its own", async () => {
    expect((await rules()).map((pattern) => JSON.parse(pattern) as unknown)).toEqual([
      {
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change"],
        resources: [`arn:aws:ecs:us-east-1:${ACCOUNT}:service/default/${SERVICE}`],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      },
    ]);
    expect(await notified()).toEqual(TOPICS);
  });

  test("can be changed", async () => {
    project.edit(demoWatched(CHANGED, { team: "shop" }));
    await asDeployer(async () => succeeded(await project.npmDeploy([SERVICE])));

    expect(await alarms()).toEqual({
      [`${SERVICE}-cpu`]: expect.objectContaining({
        Threshold: 95,
        EvaluationPeriods: 2,
        AlarmActions: TOPICS.slice(0, 1),
      }) as unknown,
      [`${SERVICE}-running-tasks`]: expect.objectContaining({ EvaluationPeriods: 15 }) as unknown,
    });
    expect(await notified()).toEqual(TOPICS.slice(0, 1));
  });

  test("leaves nothing behind", async () => {
    await asDeployer(() => project.destroy(SERVICE));

    expect([await alarms(), await rules()]).toEqual([{}, []]);
  });
});

test("the deployer's policies allow what was requested, and nothing else", () => {
  expect(refusedActions(seen, "deploy-services", "deploy-alarms")).toEqual([]);
  expect(unusedActions(seen, "deploy-alarms")).toEqual([]);
});
