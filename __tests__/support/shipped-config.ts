import type { Config } from "../../src/config";

/** The config that the repository shipped with: a copy, so that yours may change. The addresses must not. */
export const shippedConfig: Config = {
  registry: { region: "us-east-1", state: { backend: "local" } },
  environments: [
    {
      name: "local",
      region: "us-east-1",
      network: { vpc: "default", assignPublicIp: true },
      cluster: { existing: "default" },
      state: { backend: "local" },
    },
    {
      name: "staging",
      region: "us-east-1",
      accountId: "111122223333",
      network: { vpc: { tags: { Name: "staging" } }, subnetTags: { tier: "private" } },
      state: {
        backend: "s3",
        bucket: "placeholder-terraform-state-staging",
        prefix: "placeholder-project",
        region: "us-east-1",
      },
      tags: { "cost-center": "engineering" },
    },
    {
      name: "production",
      region: "us-east-1",
      accountId: "111122223333",
      network: {
        subnets: ["subnet-0placeholder0000a", "subnet-0placeholder0000b"],
        securityGroups: ["sg-0placeholder00000"],
      },
      cluster: { containerInsights: "enhanced" },
      state: {
        backend: "s3",
        bucket: "placeholder-terraform-state-production",
        prefix: "placeholder-project",
        region: "us-east-1",
      },
      tags: { "cost-center": "engineering" },
    },
  ],
  services: [
    {
      name: "demo",
      cpu: 256,
      memory: 512,
      containers: [
        {
          name: "demo",
          image: { repository: "demo", tag: "1.10" },
          environment: { GREETING: "hello" },
          portMappings: [{ containerPort: 8080, name: "http", appProtocol: "http" }],
        },
      ],
      environments: { production: { desiredCount: 3, logRetentionDays: 365 } },
    },
  ],
};
