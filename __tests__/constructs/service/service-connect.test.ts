import { PinnedFargateService, type PinnedFargateServiceProps } from "../../../src";
import { synthesized, type SynthesizedStack } from "../../support/synthesized-stack";
import { VALID_SERVICE } from "../../support/valid-service";

const [WEB] = VALID_SERVICE.containers;
const CA = "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/a-1";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1";

function pinned(
  serviceConnect: PinnedFargateServiceProps["serviceConnect"],
  more: Partial<PinnedFargateServiceProps> = {},
): SynthesizedStack {
  const portMappings = [
    { containerPort: 8080, name: "http", appProtocol: "http" as const },
    { containerPort: 6379, name: "redis" },
  ];
  const containers = WEB ? [{ ...WEB, portMappings }] : [];
  return synthesized(
    (stack) =>
      new PinnedFargateService(stack, "shop", {
        ...VALID_SERVICE,
        containers,
        ...(serviceConnect && { serviceConnect }),
        ...more,
      }),
  );
}

const configuration = (serviceConnect: PinnedFargateServiceProps["serviceConnect"]): unknown =>
  pinned(serviceConnect).resource("aws_ecs_service")["service_connect_configuration"];

test("a service has none unless it says so", () => expect(configuration(undefined)).toBeUndefined());

test("a service that only reaches others has a proxy, which logs next to the containers", () =>
  expect(configuration({ namespace: "shop" })).toEqual({
    enabled: true,
    namespace: "shop",
    log_configuration: {
      log_driver: "awslogs",
      options: {
        "awslogs-group": "/ecs/shop",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "service-connect",
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    },
  }));

test("the proxy may write to the log group of the service, even if no container does", () => {
  const elsewhere = WEB ? [{ ...WEB, logging: { logGroup: "/shared" } }] : [];
  const stack = synthesized(
    (scope) =>
      new PinnedFargateService(scope, "shop", {
        ...VALID_SERVICE,
        containers: elsewhere,
        serviceConnect: { namespace: "shop" },
      }),
  );
  expect(stack.text).toContain("${aws_cloudwatch_log_group.shop_log-group");
  expect(JSON.stringify(stack.statements())).toMatch(/shop_log-group_\w+\.arn\}:\*/);
});

test("a port is reached at the port of the container, by the names that AWS would give it", () =>
  expect(configuration({ namespace: "shop", services: { http: {} }, logging: false })).toEqual({
    enabled: true,
    namespace: "shop",
    service: [{ port_name: "http", discovery_name: "http", client_alias: { port: 8080, dns_name: "http.shop" } }],
  }));

test("only AWS knows the name in a namespace that is given by its ARN", () =>
  expect(
    configuration({
      namespace: "arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-abc123",
      services: { http: { discoveryName: "orders" } },
    }),
  ).toMatchObject({ service: [{ discovery_name: "orders", client_alias: { port: 8080 } }] }));

test("everything that a port has is written, and limits that are not given are AWS's, not 0", () =>
  expect(
    configuration({
      namespace: "shop",
      logging: false,
      services: {
        http: {
          discoveryName: "orders",
          clientAlias: { port: 80, dnsName: "orders" },
          ingressPortOverride: 8443,
          timeout: { perRequestTimeoutSeconds: 60 },
        },
        redis: { timeout: {} },
      },
    }),
  ).toMatchObject({
    service: [
      {
        port_name: "http",
        discovery_name: "orders",
        client_alias: { port: 80, dns_name: "orders" },
        ingress_port_override: 8443,
        timeout: { idle_timeout_seconds: 300, per_request_timeout_seconds: 60 },
      },
      { port_name: "redis", timeout: { idle_timeout_seconds: 3600 } },
    ],
  }));

test("ECS issues certificates under a role of the service's own, which may use the key", () => {
  const stack = pinned({ namespace: "shop", services: { http: { tls: { awsPcaAuthorityArn: CA, kmsKey: KEY } } } });
  const role = "aws_iam_role.shop_infrastructure-role_0B558410";
  expect(stack.resource("aws_ecs_service")["service_connect_configuration"]).toMatchObject({
    service: [
      {
        tls: {
          issuer_cert_authority: { aws_pca_authority_arn: CA },
          kms_key: KEY,
          role_arn: `\${${role}.arn}`,
        },
      },
    ],
  });
  expect(stack.resource("aws_iam_role_policy_attachment")).toEqual({
    role: `\${${role}.name}`,
    policy_arn:
      "arn:${data.aws_partition.shop_account_partition_B66F905F.partition}:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity",
  });
  expect(stack.text).toContain("kms:GenerateDataKeyPair");
});

test("another role may be given, and then there is none of its own", () => {
  const roleArn = "arn:aws:iam::111122223333:role/tls";
  const stack = pinned({ namespace: "shop", services: { http: { tls: { awsPcaAuthorityArn: CA, roleArn } } } });
  expect(stack.resource("aws_ecs_service")["service_connect_configuration"]).toMatchObject({
    service: [{ tls: { role_arn: roleArn } }],
  });
  expect(stack.text).not.toContain("infrastructure");
});

test("requests with a header reach the new tasks while they are tested", () => {
  const testHeader = { name: "X-Test", value: "yes" };
  const connect = { namespace: "shop", services: { http: { clientAlias: { testHeader } } }, logging: false };
  const stack = pinned(connect, { deploymentStrategy: { type: "BLUE_GREEN", bakeTimeInMinutes: 5 } });
  expect(stack.resource("aws_ecs_service")["service_connect_configuration"]).toMatchObject({
    service: [
      {
        client_alias: {
          port: 8080,
          dns_name: "http.shop",
          test_traffic_rules: [{ header: { name: "X-Test", value: { exact: "yes" } } }],
        },
      },
    ],
  });
});
