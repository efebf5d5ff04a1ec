import { TerraformOutput } from "cdktf";

import { PinnedFargateService, type PinnedFargateServiceProps } from "../../../src";
import { synthesized, type SynthesizedStack } from "../../support/synthesized-stack";
import { VALID_SERVICE } from "../../support/valid-service";

const [WEB] = VALID_SERVICE.containers;
const REGISTRY = "arn:aws:servicediscovery:us-east-1:111122223333:service/srv-abc123";
const OWN = "aws_service_discovery_service.shop_discovery_DA88E5A7";

function pinned(serviceDiscovery: NonNullable<PinnedFargateServiceProps["serviceDiscovery"]>): SynthesizedStack {
  const containers = WEB ? [{ ...WEB, portMappings: [{ containerPort: 8080 }] }] : [];
  return synthesized((stack) => {
    const service = new PinnedFargateService(stack, "shop", { ...VALID_SERVICE, containers, serviceDiscovery });
    new TerraformOutput(stack, "discovery", { value: service.discovery?.arn });
  });
}

test("tasks are registered with a Cloud Map service that exists, which stays nobody's", () => {
  const stack = pinned({ registryArn: REGISTRY });
  expect(stack.resource("aws_ecs_service")["service_registries"]).toEqual({ registry_arn: REGISTRY });
  expect(stack.resources("aws_service_discovery_service")).toEqual({});
  expect(stack.output("discovery")).toBe(REGISTRY);
});

test("tasks are registered with a Cloud Map service of the service's own, under its name", () => {
  const stack = pinned({ namespaceId: "ns-abc123" });
  expect(stack.resource("aws_service_discovery_service")).toEqual({
    name: "shop",
    dns_config: {
      namespace_id: "ns-abc123",
      dns_records: [{ type: "A", ttl: 10 }],
      routing_policy: "MULTIVALUE",
    },
    health_check_custom_config: { failure_threshold: 1 },
    force_destroy: true,
    lifecycle: { create_before_destroy: true },
  });
  expect(stack.resource("aws_ecs_service")["service_registries"]).toEqual({ registry_arn: `\${${OWN}.arn}` });
  expect(stack.output("discovery")).toBe(`\${${OWN}.arn}`);
});

test("SRV records have the port of the container", () => {
  const stack = pinned({ namespaceId: "ns-abc123", name: "orders", recordType: "SRV", ttl: 60 });
  expect(stack.resource("aws_service_discovery_service")).toMatchObject({
    name: "orders",
    dns_config: { dns_records: [{ type: "SRV", ttl: 60 }] },
  });
  expect(stack.resource("aws_ecs_service")["service_registries"]).toEqual({
    registry_arn: `\${${OWN}.arn}`,
    container_name: "web",
    container_port: 8080,
  });
});
