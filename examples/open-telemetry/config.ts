import type { ServiceConfig } from "../../src/config/types";

/** PLACEHOLDER: the digest of the release that you have tried. */
const COLLECTOR = `public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3@sha256:${"0".repeat(64)}`;

/** Traces that come by OTLP go to AWS X-Ray. */
const COLLECTOR_CONFIG = `
extensions:
  health_check:
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: localhost:4317
processors:
  batch:
exporters:
  awsxray:
service:
  extensions: [health_check]
  pipelines:
    traces:
      receivers: [otlp]
      processors: [batch]
      exporters: [awsxray]
`;

export const services: ServiceConfig[] = [
  {
    name: "checkout",
    cpu: 512,
    memory: 1024,
    containers: [
      {
        name: "app",
        image: { repository: "checkout", tag: "1.10" },
        environment: {
          OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4317",
          OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
          OTEL_SERVICE_NAME: "checkout",
          SERVICE_VERSION: { image: "tag" },
        },
        dependsOn: { collector: "HEALTHY" },
        readonlyRootFilesystem: true,
        writablePaths: ["/tmp"],
      },
      {
        name: "collector",
        image: COLLECTOR,
        memoryReservation: 128,
        environment: { AOT_CONFIG_CONTENT: COLLECTOR_CONFIG },
        healthCheck: { command: ["CMD", "/healthcheck"], interval: 10, startPeriod: 10 },
        startTimeout: 60,
        readonlyRootFilesystem: true,
      },
    ],
    taskRole: { xray: true },
  },
];
