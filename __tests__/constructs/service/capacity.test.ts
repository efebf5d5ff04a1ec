import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { capacityArguments, ignoredCapacity } from "../../../src/constructs/service/capacity";
import { serviceResource } from "../../support/service-resource";

const keysOf = (changes: Partial<PinnedFargateServiceProps>): string[] => Object.keys(serviceResource(changes));

test("a service has the launch type FARGATE by default", () => {
  expect(capacityArguments({})).toStrictEqual({ launchType: "FARGATE" });
  expect(ignoredCapacity({})).toEqual([]);
});

test("a strategy replaces the launch type, and ECS deploys anew when it changes", () => {
  const service = serviceResource({
    capacityProviderStrategy: { FARGATE_SPOT: { weight: 3 }, FARGATE: { base: 1, weight: 1 } },
  });
  expect(service).toMatchObject({
    capacity_provider_strategy: [
      { capacity_provider: "FARGATE", base: 1, weight: 1 },
      { capacity_provider: "FARGATE_SPOT", weight: 3 },
    ],
    force_new_deployment: true,
  });
  expect(service).not.toHaveProperty("launch_type");
  expect(service["lifecycle"]).not.toHaveProperty("ignore_changes");
});

test("the cluster's default strategy is left to ECS, and to Terraform it is no change", () => {
  const service = serviceResource({ capacityProviderStrategy: "default" });
  expect(service["lifecycle"]).toMatchObject({ ignore_changes: ["capacity_provider_strategy"] });
  expect(Object.keys(service)).not.toContain("launch_type");
  expect(Object.keys(service)).not.toContain("capacity_provider_strategy");
  expect(Object.keys(service)).not.toContain("force_new_deployment");
});

test("ignores the count besides the strategy", () => {
  const service = serviceResource({ capacityProviderStrategy: "default", desiredCount: "keep" });
  expect(service["lifecycle"]).toMatchObject({ ignore_changes: ["desired_count", "capacity_provider_strategy"] });
});

test("the platform version is given only if it is set", () => {
  expect(serviceResource({ platformVersion: "1.4.0" })).toMatchObject({ platform_version: "1.4.0" });
  expect(keysOf({})).not.toContain("platform_version");
});
