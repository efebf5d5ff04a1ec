import type { EnvironmentConfig, ServiceConfig } from "../../src/config/types";

export const environments: EnvironmentConfig[] = [
  {
    name: "pr-*",
    fromVariable: "PR_NUMBER",
    region: "us-east-1",
    accountId: "111122223333", // PLACEHOLDER: your account
    network: { vpc: { tags: { Name: "staging" } }, subnetTags: { tier: "private" } },
    cluster: { existing: "staging" },
    state: {
      backend: "s3",
      bucket: "placeholder-terraform-state-staging", // PLACEHOLDER: yours
      prefix: "placeholder-project", // PLACEHOLDER: the name of this project
      region: "us-east-1",
    },
  },
];

export const services: ServiceConfig[] = [
  {
    name: "order-api",
    cpu: 512,
    memory: 1024,
    desiredCount: 2,
    containers: [{ name: "order-api", image: { repository: "order-api" } }],
    environments: {
      "pr-*": { cpu: 256, memory: 512, desiredCount: 1, logRetentionDays: 3, stack: "all" },
    },
  },
  {
    name: "storefront",
    cpu: 256,
    memory: 512,
    containers: [{ name: "storefront", image: { repository: "storefront" } }],
    environments: { "pr-*": { logRetentionDays: 3, stack: "all" } },
  },
];
