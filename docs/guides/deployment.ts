import type { EnvironmentConfig, ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "orders",
    cpu: 512,
    memory: 1024,
    containers: [{ name: "orders", image: { repository: "orders", tag: "1.10" } }],
    desiredCount: 4,
    minimumHealthyPercent: 50,
    maximumPercent: 150,
    deploymentAlarms: { alarmNames: ["orders 5xx", "orders latency"] },
    timeouts: { update: "30m" },
    only: ["staging"],
  },
  {
    name: "importer",
    cpu: 256,
    memory: 512,
    containers: [{ name: "importer", image: { repository: "importer", tag: "1.10" } }],
    deploymentCircuitBreaker: { enable: false },
    timeouts: { update: "10m" },
    only: ["staging"],
  },
  {
    name: "catalog",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "catalog",
        image: { repository: "catalog", tag: "1.10" },
        portMappings: [{ containerPort: 8080, name: "http", appProtocol: "http" }],
      },
    ],
    desiredCount: 4,
    serviceConnect: {
      namespace: "shop",
      services: { http: { clientAlias: { testHeader: { name: "X-Test", value: "yes" } } } },
    },
    deploymentStrategy: {
      type: "CANARY",
      canaryPercent: 10,
      canaryBakeTimeInMinutes: 5,
      bakeTimeInMinutes: 5,
      lifecycleHooks: {
        smoke: {
          functionArn: "arn:aws:lambda:us-east-1:111122223333:function:smoke-test",
          stages: ["POST_SCALE_UP"],
        },
      },
    },
    only: ["next"],
  },
  {
    name: "storefront",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "storefront",
        image: { repository: "storefront", tag: "1.10" },
        portMappings: [{ containerPort: 8080 }],
      },
    ],
    desiredCount: 4,
    loadBalancers: {
      public: {
        listener: { loadBalancer: { name: "shared" }, port: 443 },
        rule: { priority: 20, hosts: ["shop.example.com"] },
        testRule: { priority: 19, hosts: ["shop.example.com"], headers: { "X-Test": ["yes"] } },
      },
    },
    deploymentStrategy: { type: "BLUE_GREEN", bakeTimeInMinutes: 10 },
    only: ["next"],
  },
];

export const environments: EnvironmentConfig[] = [
  { name: "staging", region: "us-east-1", network: { vpc: "default" }, state: { backend: "local" } },
  {
    name: "next",
    region: "us-east-1",
    network: { vpc: "default" },
    state: { backend: "local" },
    providerVersion: "6.25.0",
  },
];
