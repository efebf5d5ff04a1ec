import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";

import type { Config, ServiceConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

/** The log router of AWS, with its digest. */
const ROUTER = `public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.0@sha256:${"a".repeat(64)}`;

const aws = useLocalAws();
let project: Project;
const requested = new Set<string>();

type Container = ServiceConfig["containers"][number];

/** A service that logs in every way that Fargate has. */
function logsWith(web: Container["logging"]): Config {
  const config = demoLocal({ logging: web });
  const more: Container[] = [
    {
      name: "worker",
      image: { repository: "demo", tag: "1.10" },
      logging: { driver: "awsfirelens", options: FIREHOSE },
    },
    {
      name: "audit",
      image: { repository: "demo", tag: "1.10" },
      logging: {
        driver: "splunk",
        options: { "splunk-url": "https://splunk:8088", "splunk-index": "audit" },
        secretOptions: { "splunk-token": { ssmParameter: "/splunk/token" } },
      },
    },
    { name: "log-router", image: ROUTER, firelensConfiguration: { type: "fluentbit", enableEcsLogMetadata: false } },
  ];
  const services = config.services.map((shop) => ({ ...shop, containers: [...shop.containers, ...more] }));
  return { ...config, services };
}

const FIREHOSE = { Name: "kinesis_firehose", region: "us-east-1", delivery_stream: "logs" };

const FIRST = logsWith({ logGroup: "/shared/web", streamPrefix: "demo", multilinePattern: "^\\d{4}-${x}" });

async function deploy(config: Config): Promise<void> {
  project.edit(config);
  for (const action of await aws.actionsOf(() => project.deploy("demo-local"))) requested.add(action);
}

beforeAll(async () => {
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  const logs = new CloudWatchLogsClient(clientConfiguration(aws.endpoint));
  await logs.send(new CreateLogGroupCommand({ logGroupName: "/shared/web" }));
  project = aws.project(FIRST);
});

describe("a service that logs in every way that Fargate has", () => {
  test("reaches ECS as it was written", async () => {
    await deploy(FIRST);

    const [web, worker, audit, router] = await aws.containers("demo-local:1");

    expect(web?.logConfiguration).toEqual({
      logDriver: "awslogs",
      options: {
        "awslogs-group": "/shared/web",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "demo",
        "awslogs-multiline-pattern": "^\\d{4}-${x}",
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    });
    expect(worker?.logConfiguration).toEqual({ logDriver: "awsfirelens", options: FIREHOSE });
    expect(audit?.logConfiguration).toMatchObject({
      logDriver: "splunk",
      options: { "splunk-url": "https://splunk:8088", "splunk-index": "audit", mode: "non-blocking" },
      secretOptions: [{ name: "splunk-token", valueFrom: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/splunk/token` }],
    });
    expect(router).toMatchObject({
      user: "0",
      firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "false" } },
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/ecs/demo-local" } },
    });
  });

  test("is no change in a second plan", async () => {
    const plan = await project.plan("demo-local");

    expect(plan.actions).toEqual({});
    expect(plan.exitCode).toBe(0);
  });

  test("is deployed with another way to log", async () => {
    await deploy(logsWith({ datetimeFormat: "%Y-%m-%d", mode: "blocking" }));

    const [web] = await aws.containers("demo-local:2");
    expect(web?.logConfiguration?.options).toEqual({
      "awslogs-group": "/ecs/demo-local",
      "awslogs-region": "us-east-1",
      "awslogs-stream-prefix": "demo",
      "awslogs-datetime-format": "%Y-%m-%d",
      mode: "blocking",
    });
    expect(await aws.inventory()).toMatchObject({ services: ["demo-local"] });
  });

  test("leaves the log group of others when it is destroyed", async () => {
    for (const action of await aws.actionsOf(() => project.destroy("demo-local"))) requested.add(action);

    expect(await aws.inventory()).toMatchObject({ services: [], logGroups: ["/shared/web"] });
  });

  test("needs no more than deploy-services allows", () =>
    expect(refusedActions(requested, "deploy-services")).toEqual([]));
});
