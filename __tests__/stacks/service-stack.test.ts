import { ServiceStack, type ServiceStackProps } from "../../src/stacks";
import { rejection } from "../support/rejection";
import { newApp, synthesizedStack } from "../support/synthesized-stack";

const PROPS: ServiceStackProps = {
  region: "eu-central-1",
  state: { backend: "local" },
  tags: { service: "web" },
  cluster: "staging",
  network: { vpc: "default" },
  cpu: 256,
  memory: 512,
  containers: [
    { name: "web", image: { repository: "team/web", tag: "1.10" } },
    { name: "proxy", image: `public.ecr.aws/nginx/nginx:1.27@sha256:${"a".repeat(64)}`, essential: false },
    { name: "pinned", image: `quay.io/team/pinned@sha256:${"b".repeat(64)}`, essential: false },
  ],
};

const service = (props: Partial<ServiceStackProps> = {}) =>
  synthesizedStack(new ServiceStack(newApp(), "web-staging", { ...PROPS, ...props }));
const rejected = (props: Partial<ServiceStackProps>): string => rejection(() => service(props));

describe("the service stack", () => {
  test("names everything after itself", () => {
    const stack = service();

    expect(stack.resource("aws_ecs_service")["name"]).toBe("web-staging");
    expect(stack.resource("aws_ecs_task_definition")["family"]).toBe("web-staging");
    expect(stack.resource("aws_cloudwatch_log_group")["name"]).toBe("/ecs/web-staging");
    expect(stack.resource("aws_security_group")["name"]).toBe("web-staging");
    expect(Object.values(stack.resources("aws_iam_role")).map(({ name }) => name)).toEqual([
      "web-staging-execution",
      "web-staging-task",
    ]);
  });

  test("finds the cluster by its name and hands its ARN to the service", () => {
    const stack = service();

    expect(stack.lookup("aws_ecs_cluster")["cluster_name"]).toBe("staging");
    expect(stack.resource("aws_ecs_service")["cluster"]).toBe("${data.aws_ecs_cluster.cluster.arn}");
  });

  test("starts no task before its log group, the rights to pull and to log, and the way out are there", () => {
    const stack = service();
    const addresses = ["aws_iam_role_policy", "aws_vpc_security_group_egress_rule"].flatMap((type) =>
      Object.keys(stack.resources(type)).map((id) => `${type}.${id}`),
    );

    expect(addresses).toHaveLength(3);
    expect(stack.resource("aws_ecs_service")["depends_on"]).toEqual([
      "aws_cloudwatch_log_group.log-group",
      ...addresses,
    ]);
  });

  test("lets tasks pull the one repository and write to the one log group", () => {
    const { Statement } = JSON.parse(String(service().resource("aws_iam_role_policy")["policy"])) as {
      Statement: { Resource: string[] }[];
    };

    expect(Statement.map(({ Resource }) => Resource)).toEqual([
      ["*"],
      ["${data.aws_ecr_repository.web-image.arn}"],
      ["${aws_cloudwatch_log_group.log-group.arn}:*"],
    ]);
  });

  test("logs in the region it is deployed to", () => {
    for (const { logConfiguration } of service().containers()) {
      expect(logConfiguration).toMatchObject({
        options: { "awslogs-group": "/ecs/web-staging", "awslogs-region": "eu-central-1" },
      });
    }
  });

  test("says what was deployed, image by image", () => {
    const stack = service();

    expect(stack.output("service_name")).toBe("${aws_ecs_service.service.name}");
    expect(stack.output("cluster_arn")).toBe("${data.aws_ecs_cluster.cluster.arn}");
    expect(stack.output("task_definition_arn")).toBe("${aws_ecs_service.service.task_definition}");
    expect(stack.output("log_group_name")).toBe("/ecs/web-staging");
    expect(stack.output("images")).toBe(
      "${(aws_ecs_service.service.task_definition == aws_ecs_task_definition.task-definition.arn) ? local.planned-images : null}",
    );
    expect(stack.local("planned-images")).toEqual({
      web: {
        repository: "${data.aws_ecr_repository.web-image.repository_url}",
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

  test("hands every setting on", () => {
    const stack = service({
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

  test("rejects the name of a cluster that ECS does not take", () => {
    expect(rejected({ cluster: "my cluster" })).toBe(
      'cluster "my cluster" is not valid; use 1 to 255 letters, digits, "_" or "-"',
    );
  });

  test("rejects a key of another region, which CloudWatch Logs cannot use", () => {
    expect(rejected({ logKmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd" })).toBe(
      "logKmsKeyArn is a key of us-east-1; use one of eu-central-1, where it is needed",
    );
  });

  test("rejects a retention that CloudWatch Logs lacks, and lists what it has", () => {
    expect(rejected({ logRetentionDays: 31 })).toBe(
      "logRetentionDays 31 is not a period of CloudWatch Logs; choose 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653",
    );
  });

  test("rejects ingress where the network names security groups that are not ours", () => {
    expect(
      rejected({
        network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
        ingress: [{ port: 80, cidrIpv4: "10.0.0.0/8" }],
      }),
    ).toBe(
      "ingress needs a security group of the service's own, and the network names existing ones; add the rules to those, or move ingress to the environments whose network is a vpc: environments: { staging: { ingress: [ … ] } }",
    );
  });
});
