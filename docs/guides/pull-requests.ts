import type { EnvironmentConfig, ServiceConfig } from "../../src/config/types";

const PLACE = {
  region: "us-east-1",
  accountId: "111122223333",
  network: { vpc: { tags: { Name: "staging" } }, subnetTags: { tier: "private" } },
  state: {
    backend: "s3",
    bucket: "placeholder-terraform-state-staging",
    prefix: "placeholder-project",
    region: "us-east-1",
  },
} as const;

export const environments: EnvironmentConfig[] = [
  { name: "staging", ...PLACE },
  {
    name: "pr-*",
    fromVariable: "PR_NUMBER",
    cluster: { existing: "staging" },
    ...PLACE,
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
    name: "billing",
    cpu: 256,
    memory: 512,
    containers: [{ name: "billing", image: { repository: "billing" } }],
    only: ["staging"],
  },
];
