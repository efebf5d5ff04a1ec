import { ServiceDiscoveryHttpNamespace } from "@cdktf/provider-aws/lib/service-discovery-http-namespace";
import type { TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../src";
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
    ingress: [{ port: 8080, cidrIpv4: "10.0.0.0/16" }],
    serviceConnect: {
      namespace: "shop",
      services: { http: { discoveryName: "orders", clientAlias: { port: 80, dnsName: "orders" } } },
    },
    serviceDiscovery: { namespaceId: "ns-0123456789abcdef", ttl: 10 },
    only: ["staging"],
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
    only: ["staging"],
  },
  {
    name: "payments",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "payments",
        image: { repository: "payments", tag: "1.10" },
        portMappings: [{ containerPort: 8080, name: "http", appProtocol: "http" }],
      },
    ],
    serviceConnect: {
      namespace: "shop",
      services: {
        http: {
          timeout: { perRequestTimeoutSeconds: 60 },
          tls: { awsPcaAuthorityArn: "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/placeholder" },
        },
      },
    },
    serviceDiscovery: { namespaceId: "ns-0123456789abcdef", recordType: "SRV" },
    only: ["staging"],
  },
];

/** In a stack of one's own, the namespace and the security group of the clients are references. */
export function withNamespace(stack: TerraformStack, clients: PinnedFargateService): PinnedFargateService {
  const namespace = new ServiceDiscoveryHttpNamespace(stack, "namespace", { name: "shop" });
  return new PinnedFargateService(stack, "orders", {
    name: "orders",
    cluster: "default",
    network: { vpc: "default" },
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "orders",
        image: { repository: "orders", tag: "1.10" },
        portMappings: [{ containerPort: 8080, name: "http" }],
      },
    ],
    serviceConnect: { namespace: namespace.arn, services: { http: { clientAlias: { dnsName: "orders" } } } },
    ...(clients.securityGroup && { ingress: [{ port: 8080, securityGroup: clients.securityGroup.id }] }),
  });
}
