import type { ServiceConfig } from "./types";

export const services: ServiceConfig[] = [
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
];
