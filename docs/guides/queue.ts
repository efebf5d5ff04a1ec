import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { ITerraformDependable } from "cdktf";

import type { PinnedFargateService } from "../../src";
import type { Extend, ServiceConfig } from "../../src/config/types";

const DAY = 24 * 60 * 60;

/** Orders wait in a queue. After five failed attempts, an order goes to a second one, the dead-letter queue. */
export const extend: Extend = (service, environment) => {
  const failed = new SqsQueue(service, "failed-orders", {
    name: `failed-orders-${environment}`,
    messageRetentionSeconds: 14 * DAY, // the longest that SQS allows
  });
  const orders = new SqsQueue(service, "orders", {
    name: `orders-${environment}`,
    visibilityTimeoutSeconds: 60, // longer than the service needs for an order
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: failed.arn, maxReceiveCount: 5 }),
  });
  service.container("demo").addEnvironment("QUEUE_URL", orders.url);
  service.taskRole.allow({
    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
    resources: [orders.arn],
  });
};

export const services: ServiceConfig[] = [
  {
    name: "demo",
    extend,
    cpu: 256,
    memory: 512,
    containers: [{ name: "demo", image: { repository: "demo", tag: "1.10" } }],
  },
];

/** More that `extend` can do. `table` and `route` stand for resources of one's own. */
export function more(
  service: PinnedFargateService,
  table: { readonly name: string },
  route: ITerraformDependable,
): (string | undefined)[] {
  service.container("demo").addEnvironment("TABLE", table.name); // a variable
  service.taskRole.attach("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"); // a managed policy
  service.startAfter(route); // no task starts before it exists
  service.service.resource.addOverride("force_delete", true); // what the config does not support yet
  return [
    service.securityGroup?.id, // to give the service access to a database
    service.logGroup.name, // for a metric filter
  ];
}
