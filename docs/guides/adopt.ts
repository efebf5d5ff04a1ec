import type { ServiceConfig } from "../../src/config/types";

/** Its roles and its log group belong to somebody else, and stay as they are. */
const orders: ServiceConfig = {
  name: "orders",
  cpu: 256,
  memory: 512,
  containers: [{ name: "app", image: { repository: "orders", tag: "1.10" }, environment: { LOG_LEVEL: "info" } }],
  names: { service: "orders", family: "orders" },
  existing: { executionRole: "ecsTaskExecutionRole", taskRole: "OrdersTask", logGroup: "/services/orders" },
};

/** Everything that belongs to it is taken over, under the names that it has. */
const invoices: ServiceConfig = {
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
};

export const services: ServiceConfig[] = [orders, invoices];
