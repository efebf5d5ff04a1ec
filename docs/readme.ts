/** The code that README.md shows. */
import type { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformOutput, TerraformStack } from "cdktf";

import { PinnedFargateService, type ContainerProps } from "../src";
import type { ServiceConfig } from "../src/config";

export const byLabel: Pick<ContainerProps, "image"> = {
  image: { repository: "demo", tag: "1.10", pinning: "label" },
};

export const services: ServiceConfig[] = [
  {
    name: "order-api",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "order-api",
        image: { repository: "order-api", tag: "1.0" },
        portMappings: [{ containerPort: 8080 }],
        environment: { LOG_LEVEL: "info", DD_VERSION: { image: "tag" } }, // follows the image
      },
      // From any other registry, with its digest:
      // { name: "proxy", image: "public.ecr.aws/nginx/nginx:1.27@sha256:…", essential: false },
    ],
    only: ["staging", "production"], // default: every environment
    environments: {
      // What differs, merged property by property; lists are replaced.
      staging: { ingress: [{ port: 8080, cidrIpv4: "10.0.0.0/8" }] }, // needs a network with a vpc
      production: {
        desiredCount: 3,
        logRetentionDays: 365,
        containers: { "order-api": { environment: { LOG_LEVEL: "warn" } } },
      },
    },
  },
];

export const extended: Pick<ServiceConfig, "extend"> = {
  extend: (service, environment) => {
    const queue = new SqsQueue(service, "orders", { name: `orders-${environment}` });
    service.container("order-api").addEnvironment("QUEUE_URL", queue.url);
    service.taskRole.allow({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
  },
};

/** The arguments stand for resources of one's own. */
export class WebStack extends TerraformStack {
  declare(
    cluster: EcsCluster,
    vpc: { readonly privateSubnets: string[] },
    securityGroup: SecurityGroup,
    database: DbInstance,
  ): void {
    const service = new PinnedFargateService(this, "web", {
      name: "web",
      cluster: cluster.arn, // or the name of a cluster
      network: { subnets: vpc.privateSubnets, securityGroups: [securityGroup.id] }, // or { vpc: "default" }
      cpu: 256,
      memory: 512,
      containers: [
        { name: "web", image: { repository: "web", tag: "1.0" }, environment: { DB_HOST: database.address } },
      ],
    });
    new TerraformOutput(this, "images", { value: [...service.images.values()].map(({ reference }) => reference) });
  }
}
