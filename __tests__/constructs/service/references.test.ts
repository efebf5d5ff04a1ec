import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Fn, Token, type TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../../src/constructs/service/pinned-fargate-service";
import type { ContainerProps } from "../../../src/model/container";
import type { PinnedFargateServiceProps } from "../../../src/model/service";
import {
  stackWithoutProvider,
  synthesized,
  synthesizedStack,
  variable,
  type Block,
  type SynthesizedStack,
} from "../../support/synthesized-stack";
import { containerProps, serviceProps } from "../../support/task-stack";

/** A service with values that are references to resources of the same stack. */
function synthesizedWith(
  props: (stack: TerraformStack) => Partial<PinnedFargateServiceProps>,
  extend: (service: PinnedFargateService) => void = () => undefined,
): SynthesizedStack {
  return synthesized((stack) => extend(new PinnedFargateService(stack, "web", serviceProps(props(stack)))));
}

const containerWith = (props: (stack: TerraformStack) => Partial<ContainerProps>): SynthesizedStack =>
  synthesizedWith((stack) => ({ containers: [containerProps(props(stack))] }));

const addQueue = (stack: TerraformStack): SqsQueue => new SqsQueue(stack, "orders", {});

describe("in the environment,", () => {
  test("the URL of a queue is encoded by Terraform, at construction and later", () => {
    const stack = synthesized((scope) => {
      const { url } = addQueue(scope);
      const containers = [containerProps({ environment: { A: url } })];
      new PinnedFargateService(scope, "web", serviceProps({ containers })).container("web").addEnvironment("B", url);
    });
    expect(stack.containersText()).toContain(
      '"environment":[{"name":"A","value":${jsonencode(tostring(aws_sqs_queue.orders.url))}},{"name":"B","value":${jsonencode(tostring(aws_sqs_queue.orders.url))}}]',
    );
    expect(stack.container()["environment"]).toEqual([
      { name: "A", value: "${aws_sqs_queue.orders.url}" },
      { name: "B", value: "${aws_sqs_queue.orders.url}" },
    ]);
  });

  test("a reference in a text leaves the quotes and backslashes of the text as they are", () => {
    const stack = containerWith((scope) => {
      const { stringValue: host } = variable(scope, "host");
      return { environment: { URL: `https://${host}/path`, QUERY: `{"host": "${host}", "path": "C:\\new"}\n` } };
    });
    expect(stack.containersText()).toContain('"value":${jsonencode("https://${var.host}/path")}');
    expect(stack.container()["environment"]).toEqual([
      { name: "QUERY", value: '{"host": "${var.host}", "path": "C:\\new"}\n' },
      { name: "URL", value: "https://${var.host}/path" },
    ]);
  });

  test("a reference replaces a text, and a text a reference", () => {
    const stack = synthesized((scope) => {
      const { url } = addQueue(scope);
      const containers = [containerProps({ environment: { A: "a", B: url } })];
      const web = new PinnedFargateService(scope, "web", serviceProps({ containers })).container("web");
      web.addEnvironment("A", url);
      web.addEnvironment("B", "b");
    });
    expect(stack.container()["environment"]).toEqual([
      { name: "A", value: "${aws_sqs_queue.orders.url}" },
      { name: "B", value: "b" },
    ]);
  });

  test("a reference leaves the image next to it as it is", () => {
    const stack = containerWith((scope) => ({
      image: { repository: "demo", tag: "1.10" },
      environment: { LITERAL: "${a}", URL: addQueue(scope).url },
    }));
    expect(stack.container()).toMatchObject({
      image: expect.stringMatching(/^\$\{data\.aws_ecr_image\.web_web-image_\w+\.image_uri\}$/) as unknown,
      environment: [{ value: "${a}" }, { value: "${aws_sqs_queue.orders.url}" }],
    });
  });

  test("a number becomes text, as ECS needs it", () => {
    const stack = containerWith((scope) => ({
      environment: { DELAY: Token.asString(addQueue(scope).delaySeconds) },
    }));
    expect(stack.containersText()).toContain('"value":${jsonencode(tostring(aws_sqs_queue.orders.delay_seconds))}');
  });

  test("a function of Terraform is encoded as one", () => {
    const stack = containerWith((scope) => ({
      environment: { LEVEL: Fn.lower(variable(scope, "level").stringValue) },
    }));
    expect(stack.containersText()).toContain('"value":${jsonencode(tostring(lower(var.level)))}');
  });
});

test("other texts of a container may be references too", () => {
  const stack = containerWith((scope) => {
    const value = (name: string): string => variable(scope, name).stringValue;
    return {
      command: ["--queue", value("queue")],
      entryPoint: [value("entry")],
      workingDirectory: value("directory"),
      user: value("user"),
      dockerLabels: { team: value("team") },
      healthCheck: { command: ["CMD-SHELL", `curl ${value("host")}`] },
      portMappings: [{ containerPort: 80, name: value("port") }],
    };
  });
  expect(stack.container()).toMatchObject({
    command: ["--queue", "${var.queue}"],
    entryPoint: ["${var.entry}"],
    workingDirectory: "${var.directory}",
    user: "${var.user}",
    dockerLabels: { team: "${var.team}" },
    healthCheck: { command: ["CMD-SHELL", "curl ${var.host}"] },
    portMappings: [{ name: "${var.port}" }],
  });
});

test("the key of the logs may be made in the stack", () => {
  const stack = synthesizedWith((scope) => ({ logKmsKeyArn: new KmsKey(scope, "logs", {}).arn }));
  expect(stack.resource("aws_cloudwatch_log_group")["kms_key_id"]).toBe("${aws_kms_key.logs.arn}");
});

test("the cluster may be made in the stack, and is not looked up", () => {
  const stack = synthesizedWith((scope) => ({ cluster: new EcsCluster(scope, "cluster", { name: "staging" }).arn }));
  expect(stack.resource("aws_ecs_service")["cluster"]).toBe("${aws_ecs_cluster.cluster.arn}");
  expect(stack.data("aws_ecs_cluster")).toEqual({});
});

describe("the network", () => {
  const networkOf = (stack: SynthesizedStack): Block =>
    stack.resource("aws_ecs_service")["network_configuration"] as Block;

  test("may be subnets and security groups that are made in the stack", () => {
    const stack = synthesizedWith((scope) => {
      const subnets = ["a", "b"].map((name) => new Subnet(scope, name, { vpcId: "vpc-1" }).id);
      return { network: { subnets, securityGroups: [new SecurityGroup(scope, "group", {}).id] } };
    });
    expect(networkOf(stack)).toMatchObject({
      subnets: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"],
      security_groups: ["${aws_security_group.group.id}"],
    });
  });

  test("may be lists that only Terraform knows", () => {
    const stack = synthesizedWith((scope) => {
      const subnets = new DataAwsSubnets(scope, "private", {}).ids;
      return { network: { subnets, securityGroups: Token.asList(variable(scope, "groups").value) } };
    });
    expect(networkOf(stack)).toMatchObject({
      subnets: "${data.aws_subnets.private.ids}",
      security_groups: "${var.groups}",
    });
  });

  test("may be a VPC that is made in the stack, with ingress from a group that is too", () => {
    const stack = synthesizedWith((scope) => ({
      network: { vpc: { id: new Vpc(scope, "main", {}).id } },
      ingress: [{ port: 80, securityGroup: variable(scope, "loadBalancer").stringValue }],
    }));
    expect(stack.lookup("aws_vpc")).toEqual({ id: "${aws_vpc.main.id}" });
    expect(stack.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({
      referenced_security_group_id: "${var.loadBalancer}",
    });
  });
});

test("a permission may be for what is made in the stack", () => {
  const stack = synthesized((scope) => {
    const { taskRole } = new PinnedFargateService(scope, "web", serviceProps());
    taskRole.allow({ actions: ["sqs:SendMessage"], resources: [addQueue(scope).arn] });
  });
  expect(Object.values(stack.resources("aws_iam_role_policy")).map(({ policy }) => policy)).toContainEqual(
    expect.stringContaining('"Resource":["${aws_sqs_queue.orders.arn}"]'),
  );
});

test("logs go to the region of the credentials if the provider names none", () => {
  const stack = stackWithoutProvider();
  new AwsProvider(stack, "aws", {});
  new PinnedFargateService(stack, "web", serviceProps());
  const written = synthesizedStack(stack);
  const region = Object.keys(written.data("aws_region")).join();
  expect(written.container()).toMatchObject({
    logConfiguration: { options: { "awslogs-region": `\${data.aws_region.${region}.id}` } },
  });
});
