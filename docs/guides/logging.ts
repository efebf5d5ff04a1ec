import type { Extend, ServiceConfig } from "../../src/config/types";

type Container = ServiceConfig["containers"][number];

const image = { repository: "shop", tag: "1.10" };

/** The first line of each message begins with a date; the lines of a stack trace do not. */
const web: Container = {
  name: "web",
  image,
  logging: { multilinePattern: "^\\d{4}-\\d{2}-\\d{2}" },
};

const audit: Container = {
  name: "audit",
  image,
  logging: { logGroup: "/shared/audit", streamPrefix: "shop", mode: "blocking" },
};

/** PLACEHOLDER: the digest of the release that you have tried. */
const FLUENT_BIT = `public.ecr.aws/aws-observability/aws-for-fluent-bit:stable@sha256:${"0".repeat(64)}`;

/** Gets the lines of the containers that log to it, and sends them on. Its own lines go to CloudWatch Logs. */
const router: Container = {
  name: "log-router",
  image: FLUENT_BIT,
  memoryReservation: 100,
  firelensConfiguration: { type: "fluentbit" },
};

const toDatadog: Container = {
  name: "worker",
  image,
  logging: {
    driver: "awsfirelens",
    options: {
      Name: "datadog",
      Host: "http-intake.logs.datadoghq.com",
      TLS: "on",
      provider: "ecs",
      dd_service: "worker",
    },
    secretOptions: { apikey: { secretsManager: "datadog", key: "api-key" } },
  },
};

const toCloudWatch: Container = {
  name: "reports",
  image,
  logging: {
    driver: "awsfirelens",
    options: {
      Name: "cloudwatch_logs",
      region: "us-east-1",
      log_group_name: "/shared/reports",
      log_stream_prefix: "reports-",
      "log-driver-buffer-limit": "2097152", // bytes between the container and the router; 1 MiB by default
    },
  },
};

const toFirehose: Container = {
  name: "events",
  image,
  logging: {
    driver: "awsfirelens",
    options: { Name: "kinesis_firehose", region: "us-east-1", delivery_stream: "events" },
  },
};

const toOpenSearch: Container = {
  name: "search",
  image,
  logging: {
    driver: "awsfirelens",
    options: {
      Name: "opensearch",
      Host: "search-logs.us-east-1.es.amazonaws.com", // PLACEHOLDER: your domain, without https://
      Port: "443",
      Index: "search",
      Suppress_Type_Name: "On",
      AWS_Auth: "On",
      AWS_Region: "us-east-1",
      tls: "On",
    },
  },
};

/** The router sends with the rights of the task role. */
const extend: Extend = (service) => {
  service.taskRole.allow({
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: ["arn:aws:logs:us-east-1:111122223333:log-group:/shared/reports:*"],
  });
  service.taskRole.allow({
    actions: ["firehose:PutRecordBatch"],
    resources: ["arn:aws:firehose:us-east-1:111122223333:deliverystream/events"],
  });
  service.taskRole.allow({
    actions: ["es:ESHttpPost", "es:ESHttpPut"],
    resources: ["arn:aws:es:us-east-1:111122223333:domain/logs/*"],
  });
};

const toSplunk: Container = {
  name: "billing",
  image,
  logging: {
    driver: "splunk",
    options: { "splunk-url": "https://splunk.example.com:8088", "splunk-index": "billing" },
    secretOptions: { "splunk-token": { ssmParameter: "/splunk/token" } },
  },
};

/** With rules of your own, which are in the image. */
const configuredRouter: Container = {
  name: "log-router",
  image: { repository: "log-router", tag: "1.0" },
  firelensConfiguration: { type: "fluentbit", configFile: "/extra.conf", enableEcsLogMetadata: false },
};

export const services: ServiceConfig[] = [
  { name: "shop", cpu: 256, memory: 512, containers: [web, audit] },
  {
    name: "routed",
    cpu: 512,
    memory: 1024,
    extend,
    containers: [toDatadog, toCloudWatch, toFirehose, toOpenSearch, router],
  },
  { name: "configured", cpu: 256, memory: 512, containers: [toDatadog, configuredRouter] },
  { name: "billing", cpu: 256, memory: 512, containers: [toSplunk] },
];
