import type { ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "blog",
    cpu: 512,
    memory: 1024,
    volumes: { site: {} },
    containers: [
      {
        name: "php",
        image: { repository: "blog-php", tag: "1.10" },
        mountPoints: { site: "/var/www/html" },
      },
      {
        name: "nginx",
        image: { repository: "blog-nginx", tag: "1.4" },
        dependsOn: { php: "START" },
        mountPoints: { site: { containerPath: "/var/www/html", readOnly: true } },
        portMappings: [{ containerPort: 8080 }],
      },
    ],
    loadBalancers: {
      public: {
        listener: { loadBalancer: { name: "shared" }, port: 443 },
        rule: { priority: 20, hosts: ["blog.example.com"] },
        targetGroup: { healthCheck: { path: "/ping" } },
      },
    },
  },
];
