/** The code that jobs.md and migrations.md show. */
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformOutput, TerraformStack } from "cdktf";

import { PinnedFargateJob } from "../../src";
import type { ExtendJob, JobConfig, ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "order-api",
    cpu: 512,
    memory: 1024,
    containers: [{ name: "order-api", image: { repository: "order-api" } }],
  },
];

/** What the scheduler could not start waits in a queue, for an alarm to see. */
export const withDeadLetterQueue: ExtendJob = (job, environment) => {
  const missed = new SqsQueue(job, "missed", { name: `missed-reports-${environment}` });
  job.schedule?.resource.target.putDeadLetterConfig({ arn: missed.arn });
  job.schedule?.role.allow({ actions: ["sqs:SendMessage"], resources: [missed.arn] });
};

export const jobs: JobConfig[] = [
  {
    name: "nightly-report",
    service: "order-api",
    cpu: 256,
    memory: 512,
    containers: [{ name: "report", image: { repository: "order-api" }, command: ["bin/report"] }],
    schedule: { expression: "cron(0 3 * * ? *)", timezone: "Europe/Berlin" },
  },
  {
    name: "cleanup",
    cpu: 256,
    memory: 512,
    containers: [{ name: "cleanup", image: { repository: "cleanup", tag: "2.4" } }],
    schedule: {
      expression: "rate(6 hours)",
      maximumWindowInMinutes: 30,
      maximumRetryAttempts: 3,
      maximumEventAgeInSeconds: 3600,
      deadLetterQueueArn: "arn:aws:sqs:us-east-1:111122223333:missed-jobs",
    },
    environments: { staging: { schedule: { enabled: false } } },
  },
  {
    name: "import",
    service: "order-api",
    cpu: 256,
    memory: 512,
    containers: [{ name: "import", image: { repository: "order-api" }, command: ["bin/import"] }],
    schedule: { expression: "rate(1 hour)" },
    extend: withDeadLetterQueue,
  },
  {
    name: "migrate",
    service: "order-api",
    cpu: 256,
    memory: 512,
    containers: [{ name: "migrate", image: { repository: "order-api" }, command: ["bin/migrate"] }],
  },
];

/** The arguments stand for resources of one's own. */
export class ReportStack extends TerraformStack {
  declare(cluster: EcsCluster, vpc: { readonly privateSubnets: string[] }, securityGroup: SecurityGroup): void {
    const job = new PinnedFargateJob(this, "report", {
      name: "report",
      cluster: cluster.arn,
      network: { subnets: vpc.privateSubnets, securityGroups: [securityGroup.id] },
      cpu: 256,
      memory: 512,
      containers: [{ name: "report", image: { repository: "web" } }],
      keepsBuildOf: { service: "web", container: "web" },
    });
    new TerraformOutput(this, "run_task", { value: job.runTask });
  }
}
