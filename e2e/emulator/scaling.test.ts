import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  ListTagsForResourceCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type PutScalingPolicyCommandInput,
} from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DeleteServiceCommand } from "@aws-sdk/client-ecs";

import { clientConfiguration } from "../support/aws";
import { useEmulator, useTestService } from "./test-service";

const emulator = useEmulator();
const demo = useTestService(emulator);
let scaling: ApplicationAutoScalingClient;

const target = () => ({
  ServiceNamespace: "ecs" as const,
  ResourceId: `service/default/${demo.name}`,
  ScalableDimension: "ecs:service:DesiredCount" as const,
});

beforeEach(async () => {
  scaling = new ApplicationAutoScalingClient(clientConfiguration(emulator.endpoint));
  await demo.createGood();
});

async function register(tags?: Record<string, string>): Promise<string> {
  const { ScalableTargetARN = "" } = await scaling.send(
    new RegisterScalableTargetCommand({ ...target(), MinCapacity: 1, MaxCapacity: 5, Tags: tags }),
  );
  return ScalableTargetARN;
}

async function putCpuPolicy(name: string, targetValue: number): Promise<string | undefined> {
  const policy: PutScalingPolicyCommandInput = {
    ...target(),
    PolicyName: name,
    PolicyType: "TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: targetValue,
      PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
    },
  };
  return (await scaling.send(new PutScalingPolicyCommand(policy))).PolicyARN;
}

const putAction = () =>
  scaling.send(
    new PutScheduledActionCommand({
      ...target(),
      ScheduledActionName: "night",
      Schedule: "rate(1 day)",
      ScalableTargetAction: { MinCapacity: 0 },
    }),
  );

async function policies(...names: string[]): Promise<(string | undefined)[]> {
  const { ScalingPolicies = [] } = await scaling.send(
    new DescribeScalingPoliciesCommand({ ...target(), ...(names.length > 0 && { PolicyNames: names }) }),
  );
  return ScalingPolicies.map(({ PolicyName }) => PolicyName);
}

async function alarms(): Promise<number> {
  const cloudwatch = new CloudWatchClient(clientConfiguration(emulator.endpoint));
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  return MetricAlarms.filter(({ AlarmName }) => AlarmName?.includes(`/${demo.name}-`)).length;
}

async function targets(): Promise<number> {
  const { ScalableTargets = [] } = await scaling.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs", ResourceIds: [target().ResourceId] }),
  );
  return ScalableTargets.length;
}

async function actions(): Promise<number> {
  return (await scaling.send(new DescribeScheduledActionsCommand(target()))).ScheduledActions?.length ?? 0;
}

test("a target has the tags that it was registered with, until they are changed", async () => {
  const ResourceARN = await register({ team: "web", phase: "trial" });
  await scaling.send(new TagResourceCommand({ ResourceARN, Tags: { team: "shop" } }));
  await scaling.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["phase"] }));

  const { Tags } = await scaling.send(new ListTagsForResourceCommand({ ResourceARN }));

  expect(Tags).toEqual({ team: "shop" });
});

test("policies are found by their names", async () => {
  await register();
  await putCpuPolicy("first", 50);
  await putCpuPolicy("second", 60);

  expect(await policies("second")).toEqual(["second"]);
  expect(await policies()).toEqual(["first", "second"]);
});

test("a policy that is updated keeps its ARN, and its alarms are replaced", async () => {
  await register();
  const arn = await putCpuPolicy("cpu", 50);

  expect(await putCpuPolicy("cpu", 60)).toBe(arn);
  expect(await alarms()).toBe(2);
});

test("without a target there are no policies and no scheduled actions", async () => {
  await expect(putCpuPolicy("cpu", 50)).rejects.toThrow("No scalable target registered");
  await expect(putAction()).rejects.toThrow("No scalable target registered");
});

test.each([
  ["is deregistered", () => scaling.send(new DeregisterScalableTargetCommand(target()))],
  ["loses its service", () => emulator.ecs.send(new DeleteServiceCommand({ service: demo.name, force: true }))],
])("a target that %s takes its policies, their alarms and its scheduled actions with it", async (_, end) => {
  await register();
  await putCpuPolicy("cpu", 50);
  await putAction();

  await end();

  expect([await targets(), await policies(), await alarms(), await actions()]).toEqual([0, [], 0, 0]);
});
