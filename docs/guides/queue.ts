import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

import type { Extend } from "../../src/config/types";

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
