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

const number = Number(process.env["PR_NUMBER"] ?? 0);

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
    containers: [{ name: "storefront", image: { repository: "storefront" }, portMappings: [{ containerPort: 8080 }] }],
    loadBalancers: {
      public: {
        listener: { loadBalancer: { name: "shared" }, port: 443 },
        rule: { priority: 10, hosts: ["shop.example.com"] },
      },
    },
    environments: {
      "pr-*": {
        stack: "all",
        loadBalancers: { public: { rule: { priority: 1000 + number, hosts: [`pr-${number}.example.com`] } } },
      },
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
