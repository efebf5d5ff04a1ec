import type { ServiceConfig } from "../../src/config/types";

const SMALL = { cpu: 256, memory: 512 } as const;

export const services: ServiceConfig[] = [
  {
    name: "order-api",
    stack: "backend",
    ...SMALL,
    containers: [{ name: "order-api", image: { repository: "order-api", tag: "1.0" } }],
  },
  {
    name: "worker",
    stack: "backend",
    ...SMALL,
    containers: [{ name: "worker", image: { repository: "worker", tag: "1.0" } }],
  },
  {
    name: "web",
    ...SMALL,
    containers: [{ name: "web", image: { repository: "web", tag: "1.0" } }],
    environments: { staging: { stack: "all" } },
  },
];
