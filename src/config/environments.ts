import type { EnvironmentConfig, RegistryConfig } from "./types";

/** Where the repositories are. Set `accountId` if the environments are in other accounts. */
export const registry: RegistryConfig = {
  region: "us-east-1",
  state: { backend: "local" }, // for a team: in S3, as below, with an accountId
};

export const environments: EnvironmentConfig[] = [
  // The emulator of this repository (npm run emulator).
  {
    name: "local",
    region: "us-east-1",
    network: { vpc: "default", assignPublicIp: true }, // the default VPC has no NAT gateway
    cluster: { existing: "default" },
    state: { backend: "local" },
  },
  {
    name: "staging",
    region: "us-east-1",
    accountId: "111122223333", // PLACEHOLDER: your account
    network: { vpc: { tags: { Name: "staging" } }, subnetTags: { tier: "private" } },
    state: {
      backend: "s3",
      bucket: "placeholder-terraform-state-staging", // PLACEHOLDER: yours
      prefix: "placeholder-project", // PLACEHOLDER: the name of this project
      region: "us-east-1",
    },
    tags: { "cost-center": "engineering" },
  },
  {
    name: "production",
    region: "us-east-1",
    accountId: "111122223333", // PLACEHOLDER: your account
    network: {
      subnets: ["subnet-0placeholder0000a", "subnet-0placeholder0000b"], // PLACEHOLDER: yours
      securityGroups: ["sg-0placeholder00000"], // PLACEHOLDER: yours
    },
    cluster: { containerInsights: "enhanced" },
    state: {
      backend: "s3",
      bucket: "placeholder-terraform-state-production", // PLACEHOLDER: yours
      prefix: "placeholder-project", // PLACEHOLDER: the name of this project
      region: "us-east-1",
    },
    tags: { "cost-center": "engineering" },
  },
];
