import type { ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "orders",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "orders",
        image: { repository: "orders", tag: "1.10" },
        portMappings: [{ containerPort: 8080, name: "http", appProtocol: "http" }],
      },
    ],
    ingress: [{ port: 8080, cidrIpv4: "10.0.0.0/16" }], // where the tasks of its clients run
    serviceConnect: {
      namespace: "shop",
      services: { http: { discoveryName: "orders", clientAlias: { port: 80, dnsName: "orders" } } },
    },
  },
  {
    name: "storefront",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "storefront",
        image: { repository: "storefront", tag: "1.10" },
        environment: { ORDERS_URL: "http://orders" },
      },
    ],
    serviceConnect: { namespace: "shop" },
  },
];
