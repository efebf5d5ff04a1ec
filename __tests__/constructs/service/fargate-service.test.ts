import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { TerraformOutput, type ITerraformDependable, type TerraformStack } from "cdktf";

import { ServiceNetwork } from "../../../src/constructs/network/service-network";
import type { Registration } from "../../../src/constructs/load-balancing/load-balancing";
import { FargateService } from "../../../src/constructs/service/fargate-service";
import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { synthesized, type Block } from "../../support/synthesized-stack";
import { CLUSTER, addTask, parsedService } from "../../support/task-stack";

function addService(
  stack: TerraformStack,
  changes: Partial<PinnedFargateServiceProps> = {},
  startsAfter: () => readonly ITerraformDependable[] = () => [],
  loadBalancers: Readonly<Record<string, Registration>> = {},
): FargateService {
  const service = parsedService(changes);
  return new FargateService(stack, "service", {
    service,
    clusterArn: CLUSTER,
    taskDefinition: addTask(stack).taskDefinition,
    network: new ServiceNetwork(stack, "network", service),
    logDestination: { logGroup: "/ecs/demo", region: "us-east-1" },
    infrastructureRole: () => addTask(stack).taskRole,
    loadBalancers,
    startsAfter,
  });
}

const serviceOf = (changes: Partial<PinnedFargateServiceProps> = {}): Block =>
  synthesized((stack) => addService(stack, changes)).resource("aws_ecs_service");

test("runs one task, replaces it without a gap, and rolls a failed deployment back", () => {
  expect(serviceOf()).toEqual({
    name: "demo",
    cluster: CLUSTER,
    task_definition: "${aws_ecs_task_definition.task-definition.arn}",
    desired_count: 1,
    launch_type: "FARGATE",
    network_configuration: { subnets: ["subnet-1"], security_groups: ["sg-1"], assign_public_ip: false },
    deployment_circuit_breaker: { enable: true, rollback: true },
    deployment_minimum_healthy_percent: 100,
    deployment_maximum_percent: 200,
    availability_zone_rebalancing: "ENABLED",
    propagate_tags: "SERVICE",
    enable_ecs_managed_tags: true,
    wait_for_steady_state: true,
    lifecycle: expect.any(Object) as unknown,
  });
});

test("fails a deploy that did not end on the planned revision, and names both, and what may have happened", () => {
  expect(serviceOf()["lifecycle"]).toEqual({
    postcondition: [
      {
        condition: "${(self.task_definition == aws_ecs_task_definition.task-definition.arn)}",
        error_message:
          "${self.name} ended on ${self.task_definition}, not on the planned ${aws_ecs_task_definition.task-definition.arn}. Either ECS rolled the deployment back, because its tasks did not start or did not stay up, or another deploy came in between. The deployments and events of the service say which; after a rollback, its stopped tasks and its log group say why.",
      },
    ],
  });
});

test("gets another revision for another network, whatever the order of its subnets", () => {
  const network = { subnets: ["subnet-2", "subnet-1"], securityGroups: ["sg-1"], assignPublicIp: true };
  const stack = synthesized((scope) => addService(scope, { network }));
  expect(stack.resource("terraform_data")).toEqual({
    input: {
      subnets: '${toset(["subnet-2", "subnet-1"])}',
      securityGroups: '${toset(["sg-1"])}',
      assignPublicIp: true,
    },
  });
  expect(stack.resource("aws_ecs_task_definition")["lifecycle"]).toEqual({
    replace_triggered_by: ["terraform_data.service_network_2C638C1E"],
  });
});

test("gets another revision with all else without which its tasks may not start", () => {
  const changes = { platformVersion: "1.4.0", serviceConnect: { namespace: "shop", logging: false } };
  const stack = synthesized((scope) => addService(scope, changes));
  expect(stack.resource("terraform_data")).toMatchObject({
    input: { platformVersion: "1.4.0", serviceConnectConfiguration: { enabled: true, namespace: "shop" } },
  });
});

describe("commands in the containers", () => {
  test.each([true, {}, { logging: "NONE" as const }])(
    "may be run with %j, by tasks of another revision",
    (executeCommand) => {
      const stack = synthesized((scope) => addService(scope, { executeCommand }));
      expect(stack.resource("aws_ecs_service")).toMatchObject({ enable_execute_command: true });
      expect(stack.resource("terraform_data")).toMatchObject({ input: { executeCommand: true } });
    },
  );

  test.each([undefined, false])("may not be run with %j", (executeCommand) => {
    const stack = synthesized((scope) => addService(scope, { executeCommand }));
    expect(stack.resource("aws_ecs_service")).not.toHaveProperty("enable_execute_command");
    expect(stack.resource("terraform_data")["input"]).not.toHaveProperty("executeCommand");
  });
});

test.each([
  [
    { create: "1h", update: "30m", delete: "90s" },
    { create: "1h", update: "30m", delete: "90s" },
  ],
  [{ update: "30m" }, { update: "30m" }],
  [{}, {}],
])("waits as long as timeouts say: %j", (timeouts, expected) => {
  expect(serviceOf({ timeouts })["timeouts"]).toEqual(expected);
});

describe("0 and false are kept as they are:", () => {
  test.each<[Partial<PinnedFargateServiceProps>, Block]>([
    [{ desiredCount: 0 }, { desired_count: 0 }],
    [{ minimumHealthyPercent: 0 }, { deployment_minimum_healthy_percent: 0 }],
    [{ waitForSteadyState: false }, { wait_for_steady_state: false }],
  ])("%j", (changes, expected) => {
    expect(serviceOf(changes)).toMatchObject(expected);
  });
});

test("keeps every setting of the deployment", () => {
  expect(
    serviceOf({
      desiredCount: 5000,
      minimumHealthyPercent: 50,
      maximumPercent: 100,
      availabilityZoneRebalancing: "DISABLED",
    }),
  ).toMatchObject({
    desired_count: 5000,
    deployment_minimum_healthy_percent: 50,
    deployment_maximum_percent: 100,
    availability_zone_rebalancing: "DISABLED",
  });
});

test("gives tasks a public address where the network says so", () => {
  const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: true };
  expect(serviceOf({ network })).toMatchObject({ network_configuration: { assign_public_ip: true } });
});

test("waits for what a task needs to start, even if that is named later", () => {
  const stack = synthesized((scope) => {
    const needed: ITerraformDependable[] = [];
    addService(scope, {}, () => needed);
    needed.push(new IamServiceLinkedRole(scope, "ecs", { awsServiceName: "ecs.amazonaws.com" }));
  });
  expect(stack.resource("aws_ecs_service")["depends_on"]).toEqual(["aws_iam_service_linked_role.ecs"]);
});

test("gives name and revision of the resource", () => {
  const stack = synthesized((scope) => {
    const { name, taskDefinitionArn } = addService(scope);
    new TerraformOutput(scope, "fields", { value: [name, taskDefinitionArn] });
  });
  expect(stack.output("fields")).toEqual([
    "${aws_ecs_service.service.name}",
    "${aws_ecs_service.service.task_definition}",
  ]);
});

test("exposes its resource", () => {
  const stack = synthesized((scope) => addService(scope).resource.addOverride("enable_execute_command", true));
  expect(stack.resource("aws_ecs_service")).toMatchObject({ enable_execute_command: true });
});

test("leaves the number of tasks to others where it says so", () => {
  expect(serviceOf({ desiredCount: "keep" })).toMatchObject({
    desired_count: 1,
    lifecycle: { ignore_changes: ["desired_count"], postcondition: [expect.anything()] },
  });
});

test("leaves the number of tasks to a scaler, which begins with the least", () => {
  const scaling = { minCapacity: 3, maxCapacity: 5, targetTracking: { load: { cpu: 60 } } };
  expect(serviceOf({ scaling })).toMatchObject({
    desired_count: 3,
    lifecycle: { ignore_changes: ["desired_count"], postcondition: [expect.anything()] },
  });
});

test("keeps its postcondition if a count that changes by itself is ignored", () => {
  const stack = synthesized((scope) => {
    addService(scope).resource.addOverride("lifecycle.ignore_changes", ["desired_count"]);
  });
  expect(stack.resource("aws_ecs_service")["lifecycle"]).toMatchObject({
    ignore_changes: ["desired_count"],
    postcondition: [{ condition: expect.stringContaining("self.task_definition") as unknown }],
  });
});
