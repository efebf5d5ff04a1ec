import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

import { ServiceStack, type ServiceStackProps } from "../../src/stacks";
import { newApp, synthesizedStack, type SynthesizedStack } from "../support/synthesized-stack";
import { containerProps, serviceProps } from "../support/task-stack";

const CONTAINERS = [
  containerProps({ image: { repository: "team/web", tag: "1.10" } }),
  containerProps({
    name: "proxy",
    image: `public.ecr.aws/nginx/nginx:1.27@sha256:${"a".repeat(64)}`,
    essential: false,
  }),
  containerProps({ name: "pinned", image: `quay.io/team/pinned@sha256:${"b".repeat(64)}`, essential: false }),
];

type Service = Partial<ServiceStackProps["service"]>;

const stackOf = (changes: Service = {}, extend?: ServiceStackProps["extend"]): SynthesizedStack =>
  synthesizedStack(
    new ServiceStack(newApp(), {
      stackName: "web-staging",
      region: "eu-central-1",
      state: { backend: "local" },
      tags: { service: "web" },
      service: serviceProps({
        name: "web-staging",
        cluster: "staging",
        network: { vpc: "default" },
        containers: CONTAINERS,
        ...changes,
      }),
      extend,
    }),
  );

describe("the service stack", () => {
  test("passes every setting on", () => {
    const stack = stackOf({
      desiredCount: 0,
      minimumHealthyPercent: 50,
      maximumPercent: 150,
      availabilityZoneRebalancing: "DISABLED",
      waitForSteadyState: false,
      cpuArchitecture: "ARM64",
      logRetentionDays: 7,
      logKmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
      ingress: [{ port: 8080, cidrIpv4: "10.0.0.0/8" }],
    });

    expect(stack.resource("aws_ecs_service")).toMatchObject({
      name: "web-staging",
      desired_count: 0,
      deployment_minimum_healthy_percent: 50,
      deployment_maximum_percent: 150,
      availability_zone_rebalancing: "DISABLED",
      wait_for_steady_state: false,
    });
    expect(stack.resource("aws_ecs_task_definition")["runtime_platform"]).toMatchObject({ cpu_architecture: "ARM64" });
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      retention_in_days: 7,
      kms_key_id: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
    });
    expect(stack.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({
      from_port: 8080,
      cidr_ipv4: "10.0.0.0/8",
    });
  });

  test("logs in the region that it is deployed to", () => {
    for (const { logConfiguration } of stackOf().containers()) {
      expect(logConfiguration).toMatchObject({
        options: { "awslogs-group": "/ecs/web-staging", "awslogs-region": "eu-central-1" },
      });
    }
  });

  test("starts no task before its log group, the permissions to pull and to log, and the egress rules exist", () => {
    const stack = stackOf();
    const addresses = ["aws_iam_role_policy", "aws_vpc_security_group_egress_rule"].flatMap((type) =>
      Object.keys(stack.resources(type)).map((id) => `${type}.${id}`),
    );

    expect(addresses).toHaveLength(3);
    expect(stack.resource("aws_ecs_service")["depends_on"]).toEqual([
      "aws_cloudwatch_log_group.log-group",
      ...addresses,
    ]);
  });
});

describe("the service stack outputs", () => {
  test("service, cluster, revision and logs", () => {
    const stack = stackOf();

    expect(stack.output("service_name")).toBe("${aws_ecs_service.service.name}");
    expect(stack.output("cluster_arn")).toBe("${data.aws_ecs_cluster.cluster.arn}");
    expect(stack.output("task_definition_arn")).toBe("${aws_ecs_service.service.task_definition}");
    expect(stack.output("log_group_name")).toBe("/ecs/web-staging");
  });

  test("the planned images, and the running ones unless another revision runs", () => {
    const stack = stackOf();

    expect(stack.output("planned_images")).toBe("${local.planned-images}");
    expect(stack.output("images")).toBe(
      "${(aws_ecs_service.service.task_definition == aws_ecs_task_definition.task-definition.arn) ? local.planned-images : null}",
    );
    expect(stack.local("planned-images")).toEqual({
      web: {
        repository: "${local.web-image_repository-url}",
        tag: "1.10",
        digest: "${data.aws_ecr_image.web-image.image_digest}",
        reference: "${data.aws_ecr_image.web-image.image_uri}",
      },
      proxy: {
        repository: "public.ecr.aws/nginx/nginx",
        tag: "1.27",
        digest: `sha256:${"a".repeat(64)}`,
        reference: `public.ecr.aws/nginx/nginx@sha256:${"a".repeat(64)}`,
      },
      pinned: {
        repository: "quay.io/team/pinned",
        digest: `sha256:${"b".repeat(64)}`,
        reference: `quay.io/team/pinned@sha256:${"b".repeat(64)}`,
      },
    });
  });

  test("the security group, if the service has one of its own", () => {
    const stack = stackOf();
    const id = Object.keys(stack.resources("aws_security_group")).join();

    expect(stack.output("security_group_id")).toBe(`\${aws_security_group.${id}.id}`);
  });

  test("no security group if the network names existing ones", () => {
    const stack = stackOf({ network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] } });

    expect(stack.outputs()).toEqual([
      "cluster_arn",
      "images",
      "log_group_name",
      "planned_images",
      "service_name",
      "task_definition_arn",
    ]);
  });
});

describe("extend", () => {
  test("adds resources, variables and permissions to the service", () => {
    const stack = stackOf({}, (service) => {
      const queue = new SqsQueue(service, "orders", {});
      service.container("web").addEnvironment("QUEUE_URL", queue.url);
      service.taskRole.allow({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
    });

    expect(Object.keys(stack.resources("aws_sqs_queue"))).toEqual(["orders"]);
    expect(stack.containers()).toMatchObject([
      { name: "web", environment: [{ name: "QUEUE_URL", value: "${aws_sqs_queue.orders.url}" }] },
      { name: "proxy" },
      { name: "pinned" },
    ]);
    const policies = Object.keys(stack.resources("aws_iam_role_policy")).map((id) => `aws_iam_role_policy.${id}`);
    expect(policies).toHaveLength(2);
    expect(stack.resource("aws_ecs_service")["depends_on"]).toEqual(expect.arrayContaining(policies));
  });

  test("changes what the config has no property for", () => {
    const stack = stackOf({}, ({ service }) => service.resource.addOverride("enable_execute_command", true));

    expect(stack.resource("aws_ecs_service")).toMatchObject({ enable_execute_command: true });
  });
});
