import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  RegisterScalableTargetCommand,
  type ScalingPolicy,
} from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";

import type { Config, ServiceConfig } from "../../src/config";
import { clientConfiguration, describeService, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions, unusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { succeeded } from "../support/run";
import { useLocalAws } from "./local-aws";

type Scaling = NonNullable<ServiceConfig["scaling"]>;

const DEPTH = {
  namespace: "AWS/SQS",
  name: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: "orders" },
};

/** Every kind of policy, and of metric. */
const SCALING: Scaling = {
  minCapacity: 2,
  maxCapacity: 10,
  targetTracking: {
    load: { cpu: 60, scaleOutCooldown: 0 },
    memory: { memory: 70.5, disableScaleIn: true },
    depth: { metric: { ...DEPTH, statistic: "Maximum", unit: "Count" }, target: 100 },
    backlog: {
      metric: { expression: "depth / running", metrics: { depth: DEPTH, running: "runningTasks" } },
      target: 0.5,
    },
  },
  stepScaling: {
    cpu: { metric: "cpu", above: [{ from: 90, adjustment: 3 }], below: [{ from: 10.5, adjustment: -1 }] },
    bytes: {
      metric: { expression: "size * 2", metrics: { size: { namespace: "Orders", name: "Bytes" } } },
      above: [
        { from: 0.5, adjustment: 10 },
        { from: 0.5001, adjustment: 50 },
        { from: 1_000_000, adjustment: 100 },
      ],
      adjustmentType: "PercentChangeInCapacity",
      minAdjustmentMagnitude: 2,
      cooldown: 0,
      period: 300,
      evaluationPeriods: 3,
    },
  },
  scheduledActions: {
    morning: {
      schedule: "cron(0 8 ? * MON-FRI *)",
      timezone: "Europe/Berlin",
      minCapacity: 4,
      startTime: "2030-01-01T00:00:00+01:00",
      endTime: "2031-01-01T00:00:00Z",
    },
    night: { schedule: "rate(1 day)", minCapacity: 0, maxCapacity: 5 },
  },
};

/** Another value for what can be changed, and one policy fewer. */
const CHANGED: Scaling = {
  ...SCALING,
  minCapacity: 3,
  targetTracking: { ...SCALING.targetTracking, load: { cpu: 50 }, memory: { memory: 70.5, scaleInCooldown: 60 } },
  stepScaling: {
    cpu: { metric: "memory", above: [{ from: 80, adjustment: 1 }], below: [{ from: 20, adjustment: -1 }] },
  },
  scheduledActions: { morning: { ...SCALING.scheduledActions?.["morning"], schedule: "cron(0 7 ? * MON-FRI *)" } },
};

const aws = useLocalAws();
let project: Project;
let scaling: ApplicationAutoScalingClient;
const seen: string[] = [];

const SERVICE = "demo-local";
const RESOURCE = { ServiceNamespace: "ecs", ResourceId: `service/default/${SERVICE}` } as const;
const TARGET = { ...RESOURCE, ScalableDimension: "ecs:service:DesiredCount" } as const;

function demoScaled(scaling: Scaling, tags: Record<string, string>): Config {
  const config = demoLocal({}, { tags });
  const { services } = config;
  return { ...config, services: services.map((service) => ({ ...service, desiredCount: "keep", scaling })) };
}

/** As the deployer, whose rights the policies grant. */
async function asDeployer(something: () => Promise<unknown>): Promise<void> {
  seen.push(...(await aws.actionsOf(something)));
}

async function policies(): Promise<Record<string, ScalingPolicy>> {
  const { ScalingPolicies = [] } = await scaling.send(new DescribeScalingPoliciesCommand(TARGET));
  return Object.fromEntries(ScalingPolicies.map((policy) => [policy.PolicyName ?? "", policy]));
}

/** Our own alarms, without those that AWS makes for target tracking. */
async function alarms(): Promise<Record<string, MetricAlarm>> {
  const cloudwatch = new CloudWatchClient(clientConfiguration(aws.endpoint));
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  return Object.fromEntries(MetricAlarms.map((alarm) => [alarm.AlarmName ?? "", alarm]));
}

const capacity = async () => (await scaling.send(new DescribeScalableTargetsCommand(RESOURCE_IDS))).ScalableTargets;
const RESOURCE_IDS = { ServiceNamespace: "ecs" as const, ResourceIds: [RESOURCE.ResourceId] };
const actions = async () => (await scaling.send(new DescribeScheduledActionsCommand(TARGET))).ScheduledActions;

beforeAll(async () => {
  scaling = new ApplicationAutoScalingClient(clientConfiguration(aws.endpoint));
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(demoScaled(SCALING, { team: "web", phase: "trial" }));
  await asDeployer(() => project.deploy(SERVICE));
});

describe("a service that is scaled in every way", () => {
  test("begins with the least number of tasks", async () => {
    expect(await describeService(aws.ecs, SERVICE)).toMatchObject({ desiredCount: 2, runningCount: 2 });
    expect(await capacity()).toMatchObject([{ MinCapacity: 2, MaxCapacity: 10 }]);
  });

  test("has its policies, as they were written", async () => {
    const found = await policies();

    expect(Object.keys(found).sort()).toEqual([
      "backlog",
      "bytes-above",
      "cpu-above",
      "cpu-below",
      "depth",
      "load",
      "memory",
    ]);
    expect(found["load"]?.TargetTrackingScalingPolicyConfiguration).toEqual({
      TargetValue: 60,
      PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
      ScaleOutCooldown: 0,
      ScaleInCooldown: 300,
      DisableScaleIn: false,
    });
    expect(found["bytes-above"]?.StepScalingPolicyConfiguration).toMatchObject({
      AdjustmentType: "PercentChangeInCapacity",
      Cooldown: 0,
      MinAdjustmentMagnitude: 2,
      MetricAggregationType: "Average",
    });
    expect(found["bytes-above"]?.StepScalingPolicyConfiguration?.StepAdjustments).toHaveLength(3);
  });

  test("has an alarm for each direction of its steps, which tells the policy", async () => {
    const [{ "demo-local-scale-cpu-above": above, "demo-local-scale-cpu-below": below }, found] = [
      await alarms(),
      await policies(),
    ];

    expect(above).toMatchObject({
      Namespace: "AWS/ECS",
      MetricName: "CPUUtilization",
      Dimensions: expect.arrayContaining([
        { Name: "ClusterName", Value: "default" },
        { Name: "ServiceName", Value: SERVICE },
      ]) as unknown,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: 90,
      AlarmActions: [found["cpu-above"]?.PolicyARN],
    });
    expect(below).toMatchObject({ ComparisonOperator: "LessThanOrEqualToThreshold", Threshold: 10.5 });
  });

  test("is no change in a second plan", async () => {
    const plan = await project.plan(SERVICE);

    expect(plan.actions).toEqual({});
    expect(plan.exitCode).toBe(0);
  });
});

describe("what the scaler did", () => {
  test("is no change in a plan: neither the number of tasks, nor the capacity that a scheduled action set", async () => {
    await aws.ecs.send(new UpdateServiceCommand({ service: SERVICE, desiredCount: 6 }));
    await scaling.send(new RegisterScalableTargetCommand({ ...TARGET, MinCapacity: 4, MaxCapacity: 8 }));

    expect((await project.plan(SERVICE)).actions).toEqual({});
  });

  test("is kept by a deploy, whose proof is that nothing more would change", async () => {
    const digest = await push(aws.ecr, "demo", manifest("second"), "1.10");
    project.edit(demoScaled(SCALING, { team: "shop" }));

    await asDeployer(async () => succeeded(await project.npmDeploy([SERVICE])));

    expect(await runningDigests(aws.ecs, SERVICE)).toEqual(Array(6).fill(digest));
    expect(await capacity()).toMatchObject([{ MinCapacity: 4, MaxCapacity: 8 }]);
  });
});

describe("a change of the config", () => {
  beforeAll(async () => {
    project.edit(demoScaled(CHANGED, { team: "shop" }));
    await asDeployer(() => project.deploy(SERVICE));
  });

  test("arrives, and leaves nothing to plan", async () => {
    expect(Object.keys(await policies()).sort()).toEqual([
      "backlog",
      "cpu-above",
      "cpu-below",
      "depth",
      "load",
      "memory",
    ]);
    expect(Object.keys(await alarms()).filter((name) => name.startsWith(SERVICE))).toHaveLength(2);
    expect((await alarms())["demo-local-scale-cpu-above"]).toMatchObject({
      MetricName: "MemoryUtilization",
      Threshold: 80,
    });
    expect(await capacity()).toMatchObject([{ MinCapacity: 3, MaxCapacity: 10 }]);
    expect((await project.plan(SERVICE)).actions).toEqual({});
  });

  test("keeps what a scheduled action does not change: its start and its end", async () => {
    expect(await actions()).toMatchObject([
      {
        Schedule: "cron(0 7 ? * MON-FRI *)",
        StartTime: new Date("2029-12-31T23:00:00Z"),
        EndTime: new Date("2031-01-01T00:00:00Z"),
      },
    ]);
  });

  test("keeps the number of tasks", async () => {
    expect((await describeService(aws.ecs, SERVICE)).desiredCount).toBe(6);
  });
});

describe("the end", () => {
  test("a service that is replaced begins with the least number of tasks, and is scaled as before", async () => {
    const terraform = project.stack(SERVICE);
    succeeded(
      await terraform.terraform(
        "apply",
        "-auto-approve",
        "-input=false",
        "-no-color",
        "-replace=aws_ecs_service.service",
      ),
    );

    expect([Object.keys(await policies()).length, (await actions())?.length]).toEqual([6, 1]);
    expect((await project.plan(SERVICE)).actions).toEqual({});
    expect((await describeService(aws.ecs, SERVICE)).desiredCount).toBe(3);
  });

  test("nothing is left when it is destroyed", async () => {
    await asDeployer(() => project.destroy(SERVICE));

    expect([await capacity(), await policies(), await alarms(), await actions()]).toEqual([[], {}, {}, []]);
  });

  test("the deployer's policies allow what was requested, and nothing else", () => {
    expect(refusedActions(seen, "deploy-services", "deploy-scaling")).toEqual([]);
    // AWS checks it when the first service of an account is scaled.
    expect(unusedActions(seen, "deploy-scaling")).toEqual(["iam:CreateServiceLinkedRole"]);
  });
});
