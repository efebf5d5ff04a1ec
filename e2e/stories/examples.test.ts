import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { CreateListenerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

import * as nightlyJob from "../../examples/nightly-job/config";
import * as queueWorker from "../../examples/queue-worker/config";
import * as webService from "../../examples/web-service/config";
import type { Config } from "../../src/config";
import { clientConfiguration, describeService, REGISTRY, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { LoadBalancers } from "../support/load-balancers";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();

/** What an example shows, in a `staging` of the local AWS. */
function inStaging(shown: Partial<Config>): Config {
  const { environments, registry } = demoLocal({}, { name: "staging" });
  return { environments, registry, services: [], ...shown };
}

/** The first build in a repository of its own. */
async function pushed(repository: string): Promise<string> {
  await aws.createRepository(repository);
  return push(aws.ecr, repository, manifest("first"), "1.10");
}

/** Scaling of a service: its limits, and the names of its policies. */
async function scaling(service: string): Promise<unknown> {
  const client = new ApplicationAutoScalingClient(clientConfiguration(aws.endpoint));
  const id = `service/default/${service}`;
  const { ScalableTargets = [] } = await client.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs", ResourceIds: [id] }),
  );
  const { ScalingPolicies = [] } = await client.send(
    new DescribeScalingPoliciesCommand({ ServiceNamespace: "ecs", ResourceId: id }),
  );
  return {
    limits: ScalableTargets.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]),
    policies: ScalingPolicies.map(({ PolicyName }) => PolicyName).sort(),
  };
}

const NOT_SCALED = { limits: [], policies: [] };

describe("examples/web-service, on a load balancer that exists", () => {
  let elb: LoadBalancers;
  let listener: string;
  let project: Project;
  let digest: string;
  const requested: string[] = [];

  beforeAll(async () => {
    digest = await pushed("web");
    elb = new LoadBalancers(aws.endpoint);
    const { arn } = await elb.create("shared");
    const { Listeners = [] } = await elb.client.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn,
        Port: 443,
        Protocol: "HTTP", // there are no certificates here
        DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
      }),
    );
    listener = Listeners[0]?.ListenerArn ?? "";
    const ssm = new SSMClient(clientConfiguration(aws.endpoint));
    for (const name of ["/web/database-url", "/web/session-key"])
      await ssm.send(new PutParameterCommand({ Name: name, Value: "secret", Type: "SecureString" }));
    project = aws.project(inStaging(webService));
    requested.push(...(await aws.actionsOf(() => project.deploy("web-staging"))));
  });

  test("runs its two tasks, which the rule of the listener reaches", async () => {
    const { loadBalancers } = await describeService(aws.ecs, "web-staging");
    const [rule] = await elb.rules(listener);

    expect(await runningDigests(aws.ecs, "web-staging")).toEqual([digest, digest]);
    expect(rule).toMatchObject({
      Priority: "10",
      Conditions: [{ Field: "host-header" }],
      Actions: [{ Type: "forward", TargetGroupArn: loadBalancers?.[0]?.targetGroupArn }],
    });
  });

  test("has its secrets, its scaling and commands in its containers", async () => {
    const { container } = await aws.revision("web-staging:1");

    expect(container.secrets?.map(({ name }) => name).sort()).toEqual(["DATABASE_URL", "SESSION_KEY"]);
    expect(await describeService(aws.ecs, "web-staging")).toMatchObject({ enableExecuteCommand: true });
    expect(await scaling("web-staging")).toEqual({ limits: [[2, 10]], policies: ["load", "requests"] });
  });

  test("has nothing left to change", async () => {
    expect((await project.plan("web-staging")).actions).toEqual({});
  });

  test("leaves only what was there before when it is destroyed", async () => {
    requested.push(...(await aws.actionsOf(() => project.destroy("web-staging"))));

    expect(await elb.rules(listener)).toEqual([]);
    expect(await elb.targetGroups()).toEqual([]);
    expect(await scaling("web-staging")).toEqual(NOT_SCALED);
    expect((await aws.inventory()).services).toEqual([]);
  });

  test("its deployer needs what its README says", () => {
    expect(refusedActions(requested, "deploy-services", "deploy-load-balancing", "deploy-scaling")).toEqual([]);
  });
});

describe("examples/queue-worker, with the queue that it makes", () => {
  let project: Project;
  let digest: string;
  const requested: string[] = [];

  beforeAll(async () => {
    digest = await pushed("worker");
    project = aws.project(inStaging(queueWorker), "build/examples/queue-worker/config.js");
    requested.push(...(await aws.actionsOf(() => project.deploy("worker-staging"))));
  });

  test("begins with no task, and scales by the depth of its queue", async () => {
    const { container } = await aws.revision("worker-staging:1");

    expect(container).toMatchObject({ image: `${REGISTRY}/worker@${digest}` });
    expect(container.environment).toEqual([
      { name: "QUEUE_URL", value: expect.stringMatching(/\/orders-staging$/) as string },
    ]);
    expect(await describeService(aws.ecs, "worker-staging")).toMatchObject({ desiredCount: 0 });
    expect(await scaling("worker-staging")).toEqual({ limits: [[0, 20]], policies: ["depth-above", "depth-below"] });
  });

  test("keeps the tasks that the scaler adds", async () => {
    await aws.ecs.send(new UpdateServiceCommand({ service: "worker-staging", desiredCount: 5 }));

    expect((await project.plan("worker-staging")).actions).toEqual({});
    expect(await runningDigests(aws.ecs, "worker-staging")).toEqual(Array(5).fill(digest));
  });

  test("is destroyed with its queues", async () => {
    requested.push(...(await aws.actionsOf(() => project.destroy("worker-staging"))));

    expect(await scaling("worker-staging")).toEqual(NOT_SCALED);
    expect((await aws.inventory()).services).toEqual([]);
  });

  test("its deployer needs what its README says", () => {
    expect(refusedActions(requested, "deploy-services", "deploy-scaling")).toEqual([
      "sqs:CreateQueue",
      "sqs:DeleteQueue",
      "sqs:GetQueueAttributes",
      "sqs:ListQueueTags",
    ]);
  });
});

describe("examples/nightly-job, after its service", () => {
  let project: Project;
  let digest: string;
  const requested: string[] = [];
  const stacks = ["order-api-staging", "nightly-report-staging"];

  const schedule = () =>
    new SchedulerClient(clientConfiguration(aws.endpoint)).send(
      new GetScheduleCommand({ Name: "nightly-report-staging" }),
    );

  beforeAll(async () => {
    digest = await pushed("order-api");
    project = aws.project(inStaging(nightlyJob));
    for (const stack of stacks) requested.push(...(await aws.actionsOf(() => project.deploy(stack))));
  });

  test("is scheduled, with the build of its service", async () => {
    const { container } = await aws.revision("nightly-report-staging:1");

    expect(container).toMatchObject({ image: `${REGISTRY}/order-api@${digest}`, command: ["bin/report"] });
    expect(await runningDigests(aws.ecs, "order-api-staging")).toEqual([digest]);
    expect(await schedule()).toMatchObject({
      ScheduleExpression: "cron(0 3 * * ? *)",
      ScheduleExpressionTimezone: "Europe/Berlin",
      State: "ENABLED",
    });
  });

  test("has nothing left to change", async () => {
    for (const stack of stacks) expect((await project.plan(stack)).actions).toEqual({});
  });

  test("is destroyed before its service", async () => {
    for (const stack of [...stacks].reverse()) requested.push(...(await aws.actionsOf(() => project.destroy(stack))));

    await expect(schedule()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect((await aws.inventory()).services).toEqual([]);
  });

  test("its deployer needs what its README says", () => {
    expect(refusedActions(requested, "deploy-services", "deploy-jobs")).toEqual([]);
  });
});
