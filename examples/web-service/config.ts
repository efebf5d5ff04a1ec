import type { ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "web",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "web",
        image: { repository: "web", tag: "1.10" },
        portMappings: [{ containerPort: 8080 }],
        environment: { LOG_LEVEL: "info" },
        secrets: {
          DATABASE_URL: { ssmParameter: "/web/database-url" },
          SESSION_KEY: { ssmParameter: "/web/session-key" },
        },
        linuxParameters: { initProcessEnabled: true }, // cleans up after commands that end badly
      },
    ],
    loadBalancers: {
      public: {
        listener: { loadBalancer: { name: "shared" }, port: 443 },
        rule: { priority: 10, hosts: ["www.example.com"] },
        targetGroup: { healthCheck: { path: "/health" }, deregistrationDelay: 30 },
      },
    },
    healthCheckGracePeriod: 60,
    scaling: {
      minCapacity: 2,
      maxCapacity: 10,
      targetTracking: { load: { cpu: 60 }, requests: { requestsPerTarget: { target: 1000 } } },
    },
    executeCommand: true,
  },
];
