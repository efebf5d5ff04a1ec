import { TerraformOutput, type TerraformStack } from "cdktf";

import { FargateService, type FargateServiceProps } from "../../src/constructs/fargate-service";
import { ServiceLogGroup } from "../../src/constructs/service-log-group";
import { ServiceNetwork } from "../../src/constructs/service-network";
import { emptyStack, synthesized, variable, type Block } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";
import { addTask } from "../support/task-stack";

const CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/staging";

function addService(stack: TerraformStack, props: Partial<FargateServiceProps> = {}): FargateService {
  const network = { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"] };
  return new FargateService(stack, "service", {
    name: "demo",
    clusterArn: CLUSTER,
    taskDefinition: addTask(stack),
    network: new ServiceNetwork(stack, "network", { name: "demo", network }),
    startsAfter: [],
    ...props,
  });
}

const serviceOf = (props: Partial<FargateServiceProps> = {}): Block =>
  synthesized((stack) => addService(stack, props)).resource("aws_ecs_service");
const serviceRejection = (props: object): string => rejection(() => addService(emptyStack(), props));

test("runs one task, replaces it without a gap, and rolls a failed deployment back", () => {
  expect(serviceOf()).toEqual({
    name: "demo",
    cluster: CLUSTER,
    task_definition: "${aws_ecs_task_definition.task-definition.arn}",
    desired_count: 1,
    launch_type: "FARGATE",
    network_configuration: { subnets: ["subnet-1", "subnet-2"], security_groups: ["sg-1"], assign_public_ip: false },
    deployment_circuit_breaker: { enable: true, rollback: true },
    deployment_minimum_healthy_percent: 100,
    deployment_maximum_percent: 200,
    availability_zone_rebalancing: "ENABLED",
    wait_for_steady_state: true,
    depends_on: [],
    lifecycle: expect.any(Object) as unknown,
  });
});

test("fails a deploy that ECS rolled back, and names both revisions", () => {
  expect(serviceOf()["lifecycle"]).toEqual({
    postcondition: [
      {
        condition: "${(self.task_definition == aws_ecs_task_definition.task-definition.arn)}",
        error_message:
          "ECS rolled the deployment back: ${self.name} runs ${self.task_definition}, not ${aws_ecs_task_definition.task-definition.arn}. The events of the service and the stopped tasks say why.",
      },
    ],
  });
});

describe("a value that is nothing stays a value:", () => {
  test.each<[Partial<FargateServiceProps>, Block]>([
    [{ desiredCount: 0 }, { desired_count: 0 }],
    [{ minimumHealthyPercent: 0 }, { deployment_minimum_healthy_percent: 0 }],
    [{ waitForSteadyState: false }, { wait_for_steady_state: false }],
  ])("%j", (props, expected) => {
    expect(serviceOf(props)).toMatchObject(expected);
  });
});

test("keeps every setting of the deployment", () => {
  expect(
    serviceOf({
      desiredCount: 5000,
      minimumHealthyPercent: 50,
      maximumPercent: 100,
      availabilityZoneRebalancing: "DISABLED",
      waitForSteadyState: true,
    }),
  ).toMatchObject({
    desired_count: 5000,
    deployment_minimum_healthy_percent: 50,
    deployment_maximum_percent: 100,
    availability_zone_rebalancing: "DISABLED",
    wait_for_steady_state: true,
  });
});

describe("takes percentages that leave a whole task to stop or to start:", () => {
  test.each([
    [0, 50, 100],
    [1, 0, 100],
    [2, 50, 100],
    [1, 100, 200],
    [2, 100, 150],
    [9, 100, 112],
  ])("%d at %d to %d percent", (desiredCount, minimumHealthyPercent, maximumPercent) => {
    const props = { desiredCount, minimumHealthyPercent, maximumPercent };
    expect(serviceOf({ ...props, availabilityZoneRebalancing: "DISABLED" })).toMatchObject({
      deployment_maximum_percent: maximumPercent,
    });
  });
});

test("rebalances where there is room for one task more", () => {
  expect(serviceOf({ desiredCount: 100, maximumPercent: 101 })).toMatchObject({
    deployment_maximum_percent: 101,
    availability_zone_rebalancing: "ENABLED",
  });
});

test("waits for what a task needs to start", () => {
  const stack = synthesized((scope) => {
    const logGroup = new ServiceLogGroup(scope, "other-log-group", { name: "/ecs/other" });
    addService(scope, { startsAfter: [logGroup.resource] });
  });
  expect(stack.resource("aws_ecs_service")["depends_on"]).toEqual(["aws_cloudwatch_log_group.other-log-group"]);
});

test("gives tasks a public address if the network says so", () => {
  const stack = synthesized((scope) => {
    const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: true };
    addService(scope, { network: new ServiceNetwork(scope, "public", { name: "demo", network }) });
  });
  expect(stack.resource("aws_ecs_service")).toMatchObject({ network_configuration: { assign_public_ip: true } });
});

test("gives the name of the resource", () => {
  const stack = synthesized((scope) => new TerraformOutput(scope, "name", { value: addService(scope).name }));
  expect(stack.output("name")).toBe("${aws_ecs_service.service.name}");
});

describe("rejects", () => {
  test("a name that ECS does not take", () => {
    expect(serviceRejection({ name: "my demo" })).toBe(
      'service name "my demo" is not valid; use 1 to 255 letters, digits, "_" or "-"',
    );
  });

  test.each([
    ["desiredCount", -1, 0, 5000],
    ["desiredCount", 5001, 0, 5000],
    ["desiredCount", 1.5, 0, 5000],
    ["minimumHealthyPercent", -1, 0, 100],
    ["minimumHealthyPercent", 101, 0, 100],
    ["maximumPercent", 99, 100, 200],
    ["maximumPercent", 201, 100, 200],
  ])("%s %d", (property, value, minimum, maximum) => {
    expect(serviceRejection({ [property]: value })).toBe(
      `${property} ${value} is not valid; use a whole number from ${minimum} to ${maximum}`,
    );
  });

  test("text for whether to wait", () => {
    expect(serviceRejection({ waitForSteadyState: "false" })).toBe(
      'waitForSteadyState "false" is not valid; use true or false',
    );
  });

  test("a rebalancing that does not exist", () => {
    expect(serviceRejection({ availabilityZoneRebalancing: true })).toBe(
      "availabilityZoneRebalancing true is not valid; choose ENABLED, DISABLED",
    );
  });

  test.each([0, 1, 4])("percentages that leave no room to deploy %d tasks", (desiredCount) => {
    const percents = { minimumHealthyPercent: 100, maximumPercent: 100, availabilityZoneRebalancing: "DISABLED" };
    expect(serviceRejection({ ...percents, desiredCount })).toBe(
      "minimumHealthyPercent 100 and maximumPercent 100 leave no room to deploy; lower the one or raise the other",
    );
  });

  test.each([
    [1, 50, 100, 1, 1],
    [1, 100, 150, 1, 1],
    [3, 67, 100, 3, 3],
    [9, 100, 111, 9, 9],
  ])("percentages that leave no whole task: %d at %d to %d percent", (desiredCount, minimum, maximum, up, running) => {
    const percents = { minimumHealthyPercent: minimum, maximumPercent: maximum };
    expect(serviceRejection({ desiredCount, ...percents, availabilityZoneRebalancing: "DISABLED" })).toBe(
      `minimumHealthyPercent ${minimum} and maximumPercent ${maximum} leave no room to deploy with desiredCount ${desiredCount} (at least ${up} stay up, at most ${running} run); lower the one or raise the other`,
    );
  });

  test("rebalancing without room for it", () => {
    expect(serviceRejection({ desiredCount: 2, minimumHealthyPercent: 50, maximumPercent: 100 })).toBe(
      'maximumPercent 100 leaves no room for availabilityZoneRebalancing; raise it, or set "DISABLED"',
    );
  });
});

test("takes a name, a count, percentages and a rebalancing that only Terraform knows", () => {
  const stack = synthesized((scope) => {
    const number = (name: string): number => variable(scope, name).numberValue;
    addService(scope, {
      name: variable(scope, "name").stringValue,
      desiredCount: number("count"),
      minimumHealthyPercent: number("minimum"),
      maximumPercent: number("maximum"),
      availabilityZoneRebalancing: variable(scope, "rebalancing").stringValue as "ENABLED",
    });
  });
  expect(stack.resource("aws_ecs_service")).toMatchObject({
    name: "${var.name}",
    desired_count: "${var.count}",
    deployment_minimum_healthy_percent: "${var.minimum}",
    deployment_maximum_percent: "${var.maximum}",
    availability_zone_rebalancing: "${var.rebalancing}",
  });
});
