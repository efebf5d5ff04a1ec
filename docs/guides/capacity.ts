import type { EnvironmentConfig, ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "reports",
    cpu: 256,
    memory: 512,
    containers: [{ name: "reports", image: { repository: "reports", tag: "1.10" } }],
    desiredCount: 4,
    capacityProviderStrategy: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 3 } },
    environments: {
      production: { capacityProviderStrategy: { FARGATE: { base: 2 } } },
    },
  },
  {
    name: "worker",
    cpu: 256,
    memory: 512,
    containers: [{ name: "worker", image: { repository: "worker", tag: "1.10" }, stopTimeout: 110 }],
    capacityProviderStrategy: "default",
    platformVersion: "1.4.0",
    cpuArchitecture: "ARM64",
  },
];

export const environments: EnvironmentConfig[] = [
  {
    name: "staging",
    region: "us-east-1",
    network: { vpc: "default" },
    cluster: {
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategy: { FARGATE_SPOT: { weight: 1 } },
    },
    state: { backend: "local" },
  },
  {
    name: "production",
    region: "us-east-1",
    network: { vpc: "default" },
    cluster: { existing: "production" },
    state: { backend: "local" },
  },
];
