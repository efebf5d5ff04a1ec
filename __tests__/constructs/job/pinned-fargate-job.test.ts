import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformOutput } from "cdktf";

import { PinnedFargateJob } from "../../../src/constructs/job/pinned-fargate-job";
import { InvalidInputError } from "../../../src/errors";
import type { PinnedFargateJobProps } from "../../../src/model/job";
import { synthesized, type Block, type SynthesizedStack } from "../../support/synthesized-stack";
import { CLUSTER, FOREIGN_IMAGE } from "../../support/task-stack";

const PROPS: PinnedFargateJobProps = {
  name: "report",
  cluster: CLUSTER,
  network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
  cpu: 256,
  memory: 512,
  containers: [{ name: "report", image: FOREIGN_IMAGE }],
};

function stackOf(changes: Partial<PinnedFargateJobProps> = {}, extend?: (job: PinnedFargateJob) => void) {
  return synthesized((stack) => {
    const job = new PinnedFargateJob(stack, "Default", { ...PROPS, ...changes });
    new TerraformOutput(stack, "run_task", { value: job.runTask });
    extend?.(job);
  });
}

const targetOf = (stack: SynthesizedStack): Block => stack.resource("aws_scheduler_schedule")["target"] as Block;

/** The one whose address begins like that of the scheduler's role. */
function ofScheduler(resources: Readonly<Record<string, Block>>): Block {
  const [found] = Object.entries(resources).filter(([id]) => id.startsWith("schedule_role"));
  return found?.[1] ?? {};
}

/** The statements of the role of the scheduler. */
function rightsOf(stack: SynthesizedStack): unknown[] {
  const { policy } = ofScheduler(stack.resources("aws_iam_role_policy"));
  return (JSON.parse(String(policy)) as { Statement: unknown[] }).Statement;
}

describe("a job", () => {
  test("is a task definition without a service", () => {
    const stack = stackOf();
    expect(stack.resource("aws_ecs_task_definition")).toMatchObject({ family: "report", skip_destroy: true });
    expect(stack.containers()).toMatchObject([{ name: "report", image: FOREIGN_IMAGE }]);
    expect(stack.resources("aws_ecs_service")).toEqual({});
    expect(stack.resources("aws_scheduler_schedule")).toEqual({});
  });

  test("has what aws ecs run-task takes", () => {
    expect(stackOf().output("run_task")).toEqual({
      cluster: CLUSTER,
      taskDefinition: "${aws_ecs_task_definition.task-definition.arn}",
      launchType: "FARGATE",
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" },
      },
      propagateTags: "TASK_DEFINITION",
      enableECSManagedTags: true,
    });
    const isPublic = stackOf({ network: { vpc: "default", assignPublicIp: true } }).output("run_task") as Block;
    expect(isPublic["networkConfiguration"]).toMatchObject({ awsvpcConfiguration: { assignPublicIp: "ENABLED" } });
  });

  test("runs on Spot, on its own version of the platform, and lets people in, if it says so", () => {
    const stack = stackOf({
      capacityProviderStrategy: { FARGATE_SPOT: { weight: 1 } },
      platformVersion: "1.4.0",
      executeCommand: true,
      schedule: { expression: "rate(1 hour)" },
    });
    const { launchType, ...input } = stack.output("run_task") as Block;
    expect(launchType).toBeUndefined();
    expect(input).toMatchObject({
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
      platformVersion: "1.4.0",
      enableExecuteCommand: true,
    });
    const { ecs_parameters: parameters } = targetOf(stack) as { ecs_parameters: Block };
    expect(parameters).toMatchObject({
      capacity_provider_strategy: [{ capacity_provider: "FARGATE_SPOT", weight: 1 }],
      platform_version: "1.4.0",
      enable_execute_command: true,
    });
    expect(parameters).not.toHaveProperty("launch_type");
    expect(JSON.stringify(stack.resources("aws_iam_role_policy"))).toContain("ssmmessages:OpenDataChannel");
  });

  test("leaves it to the cluster what it runs on, if it says so", () => {
    const input = stackOf({ capacityProviderStrategy: "default" }).output("run_task");
    expect(input).not.toHaveProperty("launchType");
    expect(input).not.toHaveProperty("capacityProviderStrategy");
  });

  test("keeps the build of a container of a service", () => {
    const stack = stackOf({
      containers: [{ name: "report", image: { repository: "shop" } }],
      keepsBuildOf: { service: "shop-staging", container: "web" },
    });
    expect(stack.lookup("aws_ecs_service")).toEqual({ service_name: "shop-staging", cluster_arn: CLUSTER });
    expect(stack.lookup("aws_ecs_container_definition")).toMatchObject({ container_name: "web" });
    expect(stack.lookup("aws_ecr_image")).toMatchObject({ image_digest: expect.stringContaining("local.") as unknown });
  });

  test("looks no service up if every image names its build", () =>
    expect(stackOf({ keepsBuildOf: { service: "shop", container: "web" } }).data("aws_ecs_service")).toEqual({}));

  test("says by ARN and by name which cluster it runs in", () => {
    stackOf({}, (job) => expect(job.cluster).toEqual({ arn: CLUSTER, name: "staging" }));
    expect.assertions(1);
  });

  test("is extended as a service is", () => {
    const stack = stackOf({}, (job) => {
      const queue = new SqsQueue(job, "orders");
      job.container("report").addEnvironment("QUEUE_URL", queue.url);
      job.taskRole.allow({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
    });
    expect(stack.container()["environment"]).toEqual([{ name: "QUEUE_URL", value: "${aws_sqs_queue.orders.url}" }]);
  });

  test("names itself in the lines of its problems", () => {
    expect(() => stackOf({ memory: 1 })).toThrow(InvalidInputError);
    expect(() => stackOf({}, (job) => job.container("web"))).toThrow('job "report": there is no container "web"');
  });
});

describe("a schedule", () => {
  const schedule = { expression: "cron(0 3 * * ? *)" };

  test("starts the job's task, and says no more than it must", () => {
    const stack = stackOf({ schedule });
    const { depends_on: _, ...scheduled } = stack.resource("aws_scheduler_schedule");
    expect(scheduled).toEqual({
      name: "report",
      description: "Runs report",
      schedule_expression: "cron(0 3 * * ? *)",
      state: "ENABLED",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: CLUSTER,
        role_arn: expect.stringMatching(/^\$\{aws_iam_role\.schedule_role_\w+\.arn\}$/) as unknown,
        ecs_parameters: {
          task_definition_arn: "${aws_ecs_task_definition.task-definition.arn}",
          launch_type: "FARGATE",
          network_configuration: { subnets: ["subnet-1"], security_groups: ["sg-1"], assign_public_ip: false },
          propagate_tags: "TASK_DEFINITION",
          enable_ecs_managed_tags: true,
        },
      },
    });
  });

  test("passes every setting on, with its dates in UTC, as the provider wants them", () => {
    const stack = stackOf({
      schedule: {
        expression: "rate(5 minutes)",
        timezone: "Europe/Berlin",
        maximumWindowInMinutes: 15,
        maximumRetryAttempts: 0,
        maximumEventAgeInSeconds: 3600,
        deadLetterQueueArn: "arn:aws:sqs:us-east-1:123456789012:failed",
        enabled: false,
        startDate: "2030-01-31T08:00:00+01:00",
        endDate: "2031-01-31T08:00:00Z",
      },
    });
    expect(stack.resource("aws_scheduler_schedule")).toMatchObject({
      schedule_expression: "rate(5 minutes)",
      schedule_expression_timezone: "Europe/Berlin",
      flexible_time_window: { mode: "FLEXIBLE", maximum_window_in_minutes: 15 },
      state: "DISABLED",
      start_date: "2030-01-31T07:00:00Z",
      end_date: "2031-01-31T08:00:00Z",
    });
    expect(targetOf(stack)).toMatchObject({
      retry_policy: { maximum_retry_attempts: 0, maximum_event_age_in_seconds: 3600 },
      dead_letter_config: { arn: "arn:aws:sqs:us-east-1:123456789012:failed" },
    });
  });

  test("may start this job in its cluster, with its two roles, and nothing else", () => {
    expect(rightsOf(stackOf({ schedule }))).toEqual([
      {
        Effect: "Allow",
        Action: ["ecs:RunTask"],
        Resource: [expect.stringMatching(/^arn:.+:ecs:us-east-1:.+:task-definition\/report:\*$/) as unknown],
        Condition: { ArnEquals: { "ecs:cluster": CLUSTER } },
      },
      {
        Effect: "Allow",
        Action: ["ecs:TagResource"],
        Resource: [expect.stringMatching(/^arn:.+:ecs:us-east-1:.+:task\/\*$/) as unknown],
        Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
      },
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: ["${aws_iam_role.execution-role.arn}", "${aws_iam_role.task-role.arn}"],
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
    ]);
  });

  test("may send what it gave up to its queue alone", () =>
    expect(
      rightsOf(stackOf({ schedule: { ...schedule, deadLetterQueueArn: "arn:aws:sqs:us-east-1:123456789012:failed" } })),
    ).toContainEqual({
      Effect: "Allow",
      Action: ["sqs:SendMessage"],
      Resource: ["arn:aws:sqs:us-east-1:123456789012:failed"],
    }));

  test("has a role for the scheduler of this account alone", () => {
    const { assume_role_policy: trust } = ofScheduler(stackOf({ schedule }).resources("aws_iam_role"));
    expect(JSON.parse(String(trust))).toMatchObject({
      Statement: [
        {
          Principal: { Service: "scheduler.amazonaws.com" },
          Condition: {
            ArnLike: {
              "aws:SourceArn": expect.stringMatching(/:scheduler:us-east-1:.*:schedule-group\/default$/) as unknown,
            },
          },
        },
      ],
    });
  });

  test("starts nothing before the rights of the task are in effect, even those that code adds", () => {
    const stack = stackOf({ schedule }, (job) =>
      job.taskRole.allow({ actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:123456789012:orders"] }),
    );
    const needed = stack.resource("aws_scheduler_schedule")["depends_on"] as string[];
    expect(needed.map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "aws_iam_role_policy.schedule_role_policy",
      "aws_cloudwatch_log_group.log-group",
      "aws_iam_role_policy.execution-role_policy",
      "aws_iam_role_policy.task-role_policy",
    ]);
  });
});
