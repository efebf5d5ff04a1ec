import type { PinnedFargateService } from "../../src";
import type { EnvironmentConfig, ServiceConfig } from "../../src/config/types";

const shop: ServiceConfig = {
  name: "shop",
  cpu: 256,
  memory: 512,
  containers: [{ name: "shop", image: { repository: "shop", tag: "1.10" } }],
  taskRole: {
    statements: [{ actions: ["s3:GetObject", "s3:PutObject"], resources: ["arn:aws:s3:::orders/*"] }],
  },
};

const reports: ServiceConfig = {
  name: "reports",
  cpu: 256,
  memory: 512,
  containers: [{ name: "reports", image: { repository: "reports", tag: "1.10" } }],
  taskRole: {
    statements: [
      {
        actions: ["s3:ListBucket"],
        resources: ["arn:aws:s3:::orders"],
        conditions: { StringLike: { "s3:prefix": ["invoices/*"] } },
      },
      { actions: ["cloudwatch:PutMetricData"], resources: ["*"] }, // it supports no resources
    ],
    managedPolicies: ["arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"],
    xray: true,
  },
  executionRole: {
    statements: [{ actions: ["kms:Decrypt"], resources: ["arn:aws:kms:us-east-1:111122223333:key/1234abcd"] }],
  },
};

const audit: ServiceConfig = {
  name: "audit",
  cpu: 256,
  memory: 512,
  containers: [{ name: "audit", image: { repository: "audit", tag: "1.10" } }],
  existing: { taskRole: "arn:aws:iam::111122223333:role/team/audit", executionRole: "ecsTaskExecutionRole" },
};

export const services: ServiceConfig[] = [shop, reports, audit];

/** An environment whose roles are limited. */
export const limited: EnvironmentConfig = {
  name: "staging",
  region: "us-east-1",
  network: { vpc: "default" },
  state: { backend: "local" },
  permissionsBoundary: "arn:aws:iam::111122223333:policy/limit-of-tasks",
};

/** In code, resources can be references. `queue` stands for one of your own. */
export function allowSending(service: PinnedFargateService, queue: { readonly arn: string }): void {
  service.taskRole.allow({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
  service.taskRole.attach("arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess");
}
