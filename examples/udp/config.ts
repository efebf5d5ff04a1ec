import type { ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "syslog",
    cpu: 256,
    memory: 512,
    desiredCount: 2,
    containers: [
      {
        name: "syslog",
        image: { repository: "syslog", tag: "1.10" },
        portMappings: [{ containerPort: 5514, protocol: "udp" }, { containerPort: 8080 }],
      },
    ],
    loadBalancers: {
      messages: {
        containerPort: 5514,
        networkLoadBalancer: { scheme: "internal", port: 514, ingress: [{ cidrIpv4: "10.0.0.0/8" }] },
        targetGroup: { healthCheck: { protocol: "HTTP", port: 8080, path: "/health" } },
      },
    },
  },
];
