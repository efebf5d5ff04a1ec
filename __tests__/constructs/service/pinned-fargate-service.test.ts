import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SecurityGroupRule } from "@cdktf/provider-aws/lib/security-group-rule";
import { TerraformOutput, type TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../../src/constructs/service/pinned-fargate-service";
import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { rejection, rejections } from "../../support/rejection";
import {
  emptyStack,
  stackWithoutProvider,
  synthesized,
  type Block,
  type SynthesizedStack,
} from "../../support/synthesized-stack";
import { CLUSTER, FOREIGN_IMAGE, containerProps, serviceProps } from "../../support/task-stack";

const LOOKED_UP = { repository: "team/web", tag: "1.10" };

const addWeb = (stack: TerraformStack, changes: Partial<PinnedFargateServiceProps> = {}): PinnedFargateService =>
  new PinnedFargateService(stack, "web", serviceProps({ name: "web", ...changes }));

const synthesizedWeb = (
  changes: Partial<PinnedFargateServiceProps> = {},
  extend: (service: PinnedFargateService) => void = () => undefined,
): SynthesizedStack => synthesized((stack) => extend(addWeb(stack, changes)));

/** The types of every resource and lookup, with how often each is there. */
const typesOf = (stack: SynthesizedStack): Readonly<Record<string, number>> => {
  const types = stack.addresses().map((address) => address.slice(0, address.lastIndexOf(".")));
  return Object.fromEntries(types.map((type) => [type, types.filter((other) => other === type).length]));
};

const PARTS_OF_ONE = {
  aws_cloudwatch_log_group: 1,
  aws_ecs_service: 1,
  aws_ecs_task_definition: 1,
  aws_iam_role: 2,
  aws_iam_role_policy: 1,
  terraform_data: 1,
  "data.aws_caller_identity": 1,
  "data.aws_partition": 1,
};

describe("a service in another app's stack", () => {
  test("brings what it needs, under addresses that begin with its id", () => {
    const stack = synthesizedWeb();
    expect(typesOf(stack)).toEqual(PARTS_OF_ONE);
    expect(stack.addresses().filter((address) => !address.includes(".web_"))).toEqual([]);
  });

  test("looks up and makes what the props say", () => {
    const containers = [containerProps({ image: LOOKED_UP })];
    const network = { vpc: "default" } as const;
    expect(typesOf(synthesizedWeb({ cluster: "staging", network, containers }))).toEqual({
      ...PARTS_OF_ONE,
      aws_security_group: 1,
      aws_vpc_security_group_egress_rule: 2,
      "data.aws_ecr_image": 1,
      "data.aws_ecs_cluster": 1,
      "data.aws_subnets": 1,
      "data.aws_vpc": 1,
    });
  });

  test("has the name in its props, whatever its id", () => {
    const stack = synthesized((scope) => new PinnedFargateService(scope, "Default", serviceProps({ name: "shop" })));
    expect(stack.resource("aws_ecs_service")["name"]).toBe("shop");
    expect(stack.resource("aws_ecs_task_definition")["family"]).toBe("shop");
    expect(stack.resource("aws_cloudwatch_log_group")["name"]).toBe("/ecs/shop");
    expect(Object.values(stack.resources("aws_iam_role")).map(({ name }) => name)).toEqual([
      "shop-execution",
      "shop-task",
    ]);
  });

  test("can be next to another one", () => {
    const stack = synthesized((scope) => {
      addWeb(scope);
      new PinnedFargateService(scope, "worker", serviceProps({ name: "worker" }));
    });
    expect(typesOf(stack)).toEqual(
      Object.fromEntries(Object.entries(PARTS_OF_ONE).map(([type, count]) => [type, 2 * count])),
    );
    expect(Object.values(stack.resources("aws_ecs_service")).map(({ name }) => name)).toEqual(["web", "worker"]);
  });

  test("needs an AWS provider, and says so", () => {
    expect(rejection(() => addWeb(stackWithoutProvider()))).toBe(
      'stack "stack" has no AWS provider; begin it with new AwsProvider(this, "aws", { region: … })',
    );
  });

  test("logs in the region that the provider has", () => {
    expect(synthesizedWeb().container()).toMatchObject({
      logConfiguration: { options: { "awslogs-region": "us-east-1" } },
    });
  });

  test("says what is wrong with its props, a line each", () => {
    const containers = [containerProps(), containerProps({ name: "agent", portMappings: [{ containerPort: 0 }] })];
    expect(rejections(() => addWeb(emptyStack(), { desiredCount: -1, containers }))).toEqual([
      'PinnedFargateService "web": containers[1] "agent": portMappings[0]: containerPort 0 is not valid; use a whole number from 1 to 65535',
      'PinnedFargateService "web": desiredCount -1 is not valid; use a whole number from 0 to 5000, or "keep"',
    ]);
  });

  test("says which container does not exist", () => {
    expect(rejection(() => addWeb(emptyStack()).container("agent"))).toBe(
      'service "web": there is no container "agent"; choose "web"',
    );
  });
});

describe("the cluster", () => {
  const clusterOf = (stack: SynthesizedStack): unknown => stack.resource("aws_ecs_service")["cluster"];

  test("by ARN is not looked up", () => {
    expect(clusterOf(synthesizedWeb({ cluster: CLUSTER }))).toBe(CLUSTER);
  });

  test("by name is looked up, and the service gets its ARN", () => {
    const stack = synthesizedWeb({ cluster: "staging" });
    expect(stack.lookup("aws_ecs_cluster")).toEqual({ cluster_name: "staging" });
    expect(clusterOf(stack)).toMatch(/^\$\{data\.aws_ecs_cluster\.web_cluster_\w+\.arn\}$/);
  });

  test("is given as ARN", () => {
    expect(addWeb(emptyStack(), { cluster: CLUSTER }).cluster.arn).toBe(CLUSTER);
  });
});

describe("the network", () => {
  const vpc = { vpc: "default" } as const;

  test("has a security group of the service's own, named after it, with the given ingress", () => {
    const stack = synthesizedWeb({ network: vpc, ingress: [{ port: 80, cidrIpv4: "10.0.0.0/8" }] });
    expect(stack.resource("aws_security_group")).toMatchObject({ name_prefix: "web-" });
    expect(stack.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({ from_port: 80 });
  });

  test("has groups besides the service's own", () => {
    const stack = synthesizedWeb({ network: { ...vpc, securityGroups: ["sg-1", "sg-2"] } });
    expect(stack.resource("aws_ecs_service")["network_configuration"]).toMatchObject({
      security_groups: [expect.stringMatching(/^\$\{aws_security_group\.web_.+\.id\}$/), "sg-1", "sg-2"],
    });
  });

  test("gives the group to others, so that they let the service in", () => {
    const stack = synthesized((scope) => {
      const { securityGroup } = addWeb(scope, { network: vpc });
      new SecurityGroupRule(scope, "database", {
        type: "ingress",
        securityGroupId: "sg-database",
        fromPort: 5432,
        toPort: 5432,
        protocol: "tcp",
        sourceSecurityGroupId: securityGroup?.id,
      });
    });
    expect(stack.resource("aws_security_group_rule")["source_security_group_id"]).toMatch(
      /^\$\{aws_security_group\.web_.+\.id\}$/,
    );
  });

  test("without a VPC has no group of the service's own", () => {
    const { securityGroup, network } = addWeb(emptyStack());
    expect(securityGroup).toBeUndefined();
    expect(network.securityGroups).toEqual(["sg-1"]);
  });
});

describe("permissions that are added after construction", () => {
  const SEND = { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:123456789012:orders"] };
  const READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

  const policiesOf = (stack: SynthesizedStack): Readonly<Record<string, Block>> =>
    Object.fromEntries(
      Object.values(stack.resources("aws_iam_role_policy")).map((each) => [String(each["name"]), each]),
    );

  test("go to the task role, which has none to begin with", () => {
    const { application } = policiesOf(synthesizedWeb({}, ({ taskRole }) => taskRole.allow(SEND)));
    expect(application?.["role"]).toMatch(/^\$\{aws_iam_role\.web_task-role_\w+\.name\}$/);
    expect(JSON.parse(String(application?.["policy"]))).toMatchObject({
      Statement: [{ Action: SEND.actions, Resource: SEND.resources }],
    });
  });

  test("go to the execution role, besides those to pull and to log", () => {
    const policies = policiesOf(synthesizedWeb({}, ({ executionRole }) => executionRole.allow(SEND)));
    expect(Object.keys(policies)).toEqual(["start-tasks"]);
    expect(JSON.parse(String(policies["start-tasks"]?.["policy"]))).toMatchObject({
      Statement: [{ Action: ["logs:CreateLogStream", "logs:PutLogEvents"] }, { Action: SEND.actions }],
    });
  });

  test("are in effect before a task starts, as are the log group and all rules", () => {
    const web = { network: { vpc: "default" }, ingress: [{ port: 80, cidrIpv4: "10.0.0.0/8" }] } as const;
    const stack = synthesizedWeb(web, ({ taskRole, executionRole }) => {
      taskRole.attach(READ_ONLY);
      taskRole.allow(SEND);
      executionRole.attach(READ_ONLY);
    });
    const needed = [
      "aws_cloudwatch_log_group",
      "aws_iam_role_policy",
      "aws_iam_role_policy_attachment",
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ];
    const addresses = stack.addresses().filter((address) => needed.includes(address.split(".")[0] ?? ""));
    expect(addresses).toHaveLength(8);
    expect([...(stack.resource("aws_ecs_service")["depends_on"] as string[])].sort()).toEqual(addresses);
  });
});

test("starts no task before what it is told to start after", () => {
  const stack = synthesized((scope) => {
    addWeb(scope).startAfter(new SqsQueue(scope, "orders"));
  });
  expect(stack.resource("aws_ecs_service")["depends_on"]).toContain("aws_sqs_queue.orders");
});

test("its parts are public", () => {
  const stack = synthesized((scope) => {
    const { taskRole, executionRole, logGroup, taskDefinition, service } = addWeb(scope);
    const value = [taskRole.arn, executionRole.arn, logGroup.arn, logGroup.name, taskDefinition.arn, service.name];
    new TerraformOutput(scope, "parts", { value });
  });
  expect(stack.output("parts")).toEqual([
    expect.stringMatching(/^\$\{aws_iam_role\.web_task-role_\w+\.arn\}$/),
    expect.stringMatching(/^\$\{aws_iam_role\.web_execution-role_\w+\.arn\}$/),
    expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.web_log-group_\w+\.arn\}$/),
    "/ecs/web",
    expect.stringMatching(/^\$\{aws_ecs_task_definition\.web_task-definition_\w+\.arn\}$/),
    expect.stringMatching(/^\$\{aws_ecs_service\.web_service_\w+\.name\}$/),
  ]);
});

test("gives the image of each container by its name", () => {
  const containers = [containerProps({ image: LOOKED_UP }), containerProps({ name: "agent" })];
  const { images } = addWeb(emptyStack(), { containers });
  expect([...images.keys()]).toEqual(["web", "agent"]);
  expect(images.get("web")).toMatchObject({ tag: "1.10" });
  expect(images.get("agent")).toMatchObject({ reference: FOREIGN_IMAGE });
});

test("exposes its resources", () => {
  const stack = synthesizedWeb({}, ({ service, taskDefinition }) => {
    service.resource.addOverride("enable_execute_command", true);
    taskDefinition.resource.addOverride("ephemeral_storage.size_in_gib", 30);
  });
  expect(stack.resource("aws_ecs_service")).toMatchObject({ enable_execute_command: true });
  expect(stack.resource("aws_ecs_task_definition")).toMatchObject({ ephemeral_storage: { size_in_gib: 30 } });
});
