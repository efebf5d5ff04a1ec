import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";

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
    visibilityTimeoutSeconds: 120, // longer than the worker needs for an order
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: failed.arn, maxReceiveCount: 5 }),
  });
  service.container("worker").addEnvironment("QUEUE_URL", orders.url);
  service.taskRole.allow({
    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
    resources: [orders.arn],
  });
};

/** From no task at all to 20, by the orders that wait and those that are being worked on. */
function byDepth(environment: string): ServiceConfig["scaling"] {
  const queue = { namespace: "AWS/SQS", dimensions: { QueueName: `orders-${environment}` } };
  return {
    minCapacity: 0,
    maxCapacity: 20,
    stepScaling: {
      depth: {
        metric: {
          expression: "waiting + inFlight",
          metrics: {
            waiting: { ...queue, name: "ApproximateNumberOfMessagesVisible" },
            inFlight: { ...queue, name: "ApproximateNumberOfMessagesNotVisible" },
          },
        },
        above: [
          { from: 1, adjustment: 1 },
          { from: 100, adjustment: 5 },
          { from: 1000, adjustment: 20 },
        ],
        below: [{ from: 0, adjustment: 0 }],
        adjustmentType: "ExactCapacity",
      },
    },
  };
}

export const services: ServiceConfig[] = [
  {
    name: "worker",
    cpu: 256,
    memory: 512,
    containers: [{ name: "worker", image: { repository: "worker", tag: "1.10" }, stopTimeout: 120 }],
    extend,
    environments: { staging: { scaling: byDepth("staging") } },
  },
];
