import { TerraformOutput } from "cdktf";

import { Cluster } from "../../../src/constructs/cluster/cluster";
import type { ClusterProps } from "../../../src/model/cluster";
import { rejection } from "../../support/rejection";
import { emptyStack, synthesized, type Block, type SynthesizedStack } from "../../support/synthesized-stack";

const synthesizedCluster = (props: Partial<ClusterProps> = {}): SynthesizedStack =>
  synthesized((stack) => {
    const { arn } = new Cluster(stack, "cluster", { name: "staging", ...props });
    new TerraformOutput(stack, "arn", { value: arn });
  });

test("has Container Insights", () => {
  expect(synthesizedCluster().resource("aws_ecs_cluster")).toEqual({
    name: "staging",
    setting: [{ name: "containerInsights", value: "enabled" }],
  });
});

test("has Container Insights as given", () => {
  expect(synthesizedCluster({ containerInsights: "enhanced" }).resource("aws_ecs_cluster")).toMatchObject({
    setting: [{ name: "containerInsights", value: "enhanced" }],
  });
});

test("has no capacity providers by default, since services with the launch type FARGATE need none", () => {
  expect(synthesizedCluster().addresses()).toEqual(["aws_ecs_cluster.cluster"]);
});

test("offers capacity providers, and divides tasks between them by default", () => {
  const capacity = synthesizedCluster({
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    defaultCapacityProviderStrategy: { FARGATE_SPOT: { weight: 3 }, FARGATE: { base: 1, weight: 1 } },
  }).resource("aws_ecs_cluster_capacity_providers");
  expect(capacity).toEqual({
    cluster_name: "${aws_ecs_cluster.cluster.name}",
    capacity_providers: ["FARGATE", "FARGATE_SPOT"],
    default_capacity_provider_strategy: [
      { capacity_provider: "FARGATE", base: 1, weight: 1 },
      { capacity_provider: "FARGATE_SPOT", weight: 3 },
    ],
  });
});

test("may offer capacity providers without a default", () => {
  const capacity = synthesizedCluster({ capacityProviders: ["FARGATE"] }).resource(
    "aws_ecs_cluster_capacity_providers",
  );
  expect(Object.keys(capacity)).toEqual(["capacity_providers", "cluster_name"]);
});

describe("sessions of ECS Exec", () => {
  const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  test.each<[NonNullable<ClusterProps["executeCommand"]>, Block]>([
    [{}, { logging: "DEFAULT" }],
    [
      { logging: "NONE", kmsKeyArn: KEY },
      { logging: "NONE", kms_key_id: KEY },
    ],
    [
      { logGroup: "/exec", cloudWatchEncryptionEnabled: true },
      {
        logging: "OVERRIDE",
        log_configuration: { cloud_watch_log_group_name: "/exec", cloud_watch_encryption_enabled: true },
      },
    ],
    [
      { s3Bucket: "sessions", s3KeyPrefix: "staging", s3EncryptionEnabled: false },
      {
        logging: "OVERRIDE",
        log_configuration: {
          s3_bucket_name: "sessions",
          s3_key_prefix: "staging",
          s3_bucket_encryption_enabled: false,
        },
      },
    ],
  ])("are logged and encrypted as %j", (executeCommand, expected) =>
    expect(synthesizedCluster({ executeCommand }).resource("aws_ecs_cluster")["configuration"]).toEqual({
      execute_command_configuration: expected,
    }),
  );
});

test("gives the ARN of the resource, so that what uses it waits for it", () => {
  expect(synthesizedCluster().output("arn")).toBe("${aws_ecs_cluster.cluster.arn}");
});

test("exposes its resource", () => {
  const stack = synthesized((scope) => {
    const { resource } = new Cluster(scope, "cluster", { name: "staging" });
    resource.addOverride("configuration.execute_command_configuration.logging", "NONE");
  });
  expect(stack.resource("aws_ecs_cluster")).toMatchObject({
    configuration: { execute_command_configuration: { logging: "NONE" } },
  });
});

test("says whose property is rejected", () => {
  expect(rejection(() => new Cluster(emptyStack(), "cluster", { name: "my cluster" }))).toBe(
    'Cluster "cluster": name "my cluster" is not valid; use 1 to 255 letters, digits, "_" or "-"',
  );
});
