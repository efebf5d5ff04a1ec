import type { ServiceConfig } from "../../src/config/types";

const repository = "team/shop";

export const services: ServiceConfig[] = [
  {
    name: "shop",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "web",
        image: { repository, tag: "1.10" },
        dependsOn: { migrate: "SUCCESS", cache: "HEALTHY" },
      },
      {
        name: "migrate",
        image: { repository, tag: "1.10" },
        command: ["bin/migrate"],
        essential: false,
        startTimeout: 120,
      },
      {
        name: "cache",
        image: { repository: "team/cache", tag: "8" },
        healthCheck: { command: ["CMD", "redis-cli", "ping"], interval: 5 },
      },
    ],
  },
  {
    name: "gateway",
    cpu: 1024,
    memory: 2048,
    pidMode: "task",
    containers: [
      {
        name: "gateway",
        image: { repository: "team/gateway", tag: "1.10" },
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["NET_RAW"] } },
        systemControls: { "net.core.somaxconn": "4096", "net.ipv4.tcp_keepalive_time": "300" },
      },
      {
        name: "tracer",
        image: { repository: "team/tracer", tag: "1.10" },
        essential: false,
        linuxParameters: { capabilities: { add: ["SYS_PTRACE"] } },
      },
    ],
  },
];
