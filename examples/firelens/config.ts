import type { ServiceConfig } from "../../src/config/types";

/** PLACEHOLDER: the digest of the release that you have tried. */
const FLUENT_BIT = `public.ecr.aws/aws-observability/aws-for-fluent-bit:stable@sha256:${"0".repeat(64)}`;

export const services: ServiceConfig[] = [
  {
    name: "events",
    cpu: 256,
    memory: 512,
    containers: [
      {
        name: "app",
        image: { repository: "events", tag: "1.10" },
        logging: {
          driver: "awsfirelens",
          options: { Name: "kinesis_firehose", region: "us-east-1", delivery_stream: "application-logs" },
        },
      },
      {
        name: "log-router",
        image: FLUENT_BIT,
        memoryReservation: 64,
        firelensConfiguration: { type: "fluentbit" },
      },
    ],
    // The router sends with the rights of the task role.
    taskRole: {
      statements: [
        {
          actions: ["firehose:PutRecordBatch"],
          resources: ["arn:aws:firehose:us-east-1:111122223333:deliverystream/application-logs"], // PLACEHOLDER: yours
        },
      ],
    },
  },
];
