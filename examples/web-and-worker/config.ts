import type { ServiceConfig } from "../../src/config/types";

const image = { repository: "shop", tag: "1.10" };
const environment = { RAILS_ENV: "production", RAILS_LOG_TO_STDOUT: "1" };
const secrets = {
  DATABASE_URL: { secretsManager: "shop/rails", key: "database-url" },
  REDIS_URL: { secretsManager: "shop/rails", key: "redis-url" },
  SECRET_KEY_BASE: { secretsManager: "shop/rails", key: "secret-key-base" },
};

export const services: ServiceConfig[] = [
  {
    name: "shop-web",
    stack: "shop",
    cpu: 512,
    memory: 1024,
    desiredCount: 2,
    containers: [
      {
        name: "web",
        image,
        command: ["bin/rails", "server", "--binding", "0.0.0.0"],
        environment,
        secrets,
        portMappings: [{ containerPort: 3000 }],
      },
    ],
    loadBalancers: {
      public: {
        listener: { loadBalancer: { name: "shared" }, port: 443 },
        rule: { priority: 30, hosts: ["shop.example.com"] },
        targetGroup: { healthCheck: { path: "/up" } },
      },
    },
    healthCheckGracePeriod: 60,
  },
  {
    name: "shop-worker",
    stack: "shop",
    cpu: 256,
    memory: 1024,
    containers: [
      {
        name: "worker",
        image,
        command: ["bundle", "exec", "sidekiq"],
        environment,
        secrets,
        stopTimeout: 60, // seconds between SIGTERM and SIGKILL, for jobs that are running
      },
    ],
  },
];
