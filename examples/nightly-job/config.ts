import type { JobConfig, ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "order-api",
    cpu: 512,
    memory: 1024,
    containers: [{ name: "order-api", image: { repository: "order-api", tag: "1.10" } }],
  },
];

export const jobs: JobConfig[] = [
  {
    name: "nightly-report",
    service: "order-api",
    cpu: 256,
    memory: 512,
    containers: [{ name: "report", image: { repository: "order-api" }, command: ["bin/report"] }],
    schedule: {
      expression: "cron(0 3 * * ? *)", // at 3:00 every day
      timezone: "Europe/Berlin",
      maximumWindowInMinutes: 15,
      maximumRetryAttempts: 3,
    },
  },
];
