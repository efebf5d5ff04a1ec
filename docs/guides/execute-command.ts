import type { EnvironmentConfig, ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "shop",
    cpu: 256,
    memory: 512,
    executeCommand: true,
    containers: [{ name: "web", image: { repository: "shop", tag: "1.10" } }],
    environments: { production: { executeCommand: false } },
  },
  {
    name: "admin",
    cpu: 256,
    memory: 512,
    only: ["tools"],
    executeCommand: { logging: "DEFAULT" },
    containers: [{ name: "web", image: { repository: "admin", tag: "1.10" } }],
  },
];

export const environments: EnvironmentConfig[] = [
  {
    name: "staging",
    region: "us-east-1",
    network: { vpc: { tags: { Name: "staging" } }, subnetTags: { tier: "private" } },
    cluster: {
      executeCommand: {
        logGroup: "/exec/staging",
        s3Bucket: "placeholder-sessions", // PLACEHOLDER: yours
        s3KeyPrefix: "staging",
        kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", // PLACEHOLDER: yours
      },
    },
    state: { backend: "local" },
  },
  {
    name: "tools",
    region: "us-east-1",
    network: { vpc: { tags: { Name: "tools" } }, subnetTags: { tier: "private" } },
    cluster: { existing: "tools", executeCommand: { logGroup: "/exec/tools" } },
    state: { backend: "local" },
  },
  {
    name: "production",
    region: "us-east-1",
    network: { vpc: { tags: { Name: "production" } }, subnetTags: { tier: "private" } },
    cluster: { executeCommand: { logging: "NONE" } },
    state: { backend: "local" },
  },
];
