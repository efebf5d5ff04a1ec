import type { JobConfig, ServiceConfig } from "../../src/config/types";

const secrets = { DATABASE_URL: { ssmParameter: "/order-api/database-url" } };

export const services: ServiceConfig[] = [
  {
    name: "order-api",
    cpu: 512,
    memory: 1024,
    desiredCount: 2,
    containers: [{ name: "order-api", image: { repository: "order-api" }, secrets }],
  },
];

export const jobs: JobConfig[] = [
  {
    name: "migrate",
    service: "order-api",
    cpu: 256,
    memory: 512,
    containers: [{ name: "migrate", image: { repository: "order-api" }, command: ["bin/migrate"], secrets }],
  },
];
