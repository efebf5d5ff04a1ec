import type { ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "invoices",
    cpu: 256,
    memory: 512,
    containers: [{ name: "app", image: { repository: "invoices", tag: "1.10" } }],
    names: {
      service: "invoices",
      family: "invoices",
      logGroup: "/services/invoices",
      executionRole: "InvoicesExecution",
      taskRole: "InvoicesTask",
    },
    logRetentionDays: 90,
    taskRole: {
      statements: [{ actions: ["s3:GetObject", "s3:PutObject"], resources: ["arn:aws:s3:::invoices/*"] }],
    },
  },
];
