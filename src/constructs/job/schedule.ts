import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Lazy, dependable } from "cdktf";
import { Construct } from "constructs";

import type { ParsedJobSchedule } from "../../model/job-schedule";
import { scheduleName, schedulerRoleName } from "../../model/names";
import type { Account } from "../iam/account";
import { schedulerTrustPolicy } from "../iam/policy";
import { Role } from "../iam/role";
import type { FargateTask } from "../task/fargate-task";
import { launchOf, type RunTaskProps } from "./run-task";

/** A task, and when it is started. */
export interface ScheduleProps extends RunTaskProps {
  /** Name of the job, which the schedule and its role are named after. */
  readonly name: string;
  readonly schedule: ParsedJobSchedule;
  readonly task: FargateTask;
  /** ARN of the managed policy that limits the role. @default - none */
  readonly permissionsBoundary?: string | undefined;
}

/**
 * A schedule of Amazon EventBridge Scheduler that starts a task, and the role under which it does.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
 */
export class Schedule extends Construct {
  readonly resource: SchedulerSchedule;
  /** The role under which the scheduler starts the task. */
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const { name, schedule, task } = props;
    const { account } = task.taskRole;
    this.role = new Role(this, "role", {
      name: schedulerRoleName(name),
      policyName: "run-task",
      account,
      trustPolicy: schedulerTrustPolicy(account),
      permissionsBoundary: props.permissionsBoundary,
    });
    this.allowStart(props, account);
    const { deadLetterQueueArn, startDate, endDate, maximumWindowInMinutes } = schedule;
    this.resource = new SchedulerSchedule(this, "Default", {
      name: scheduleName(name),
      description: `Runs ${name}`,
      scheduleExpression: schedule.expression,
      scheduleExpressionTimezone: schedule.timezone,
      startDate: startDate && inUtc(startDate),
      endDate: endDate && inUtc(endDate),
      state: schedule.enabled ? "ENABLED" : "DISABLED",
      flexibleTimeWindow:
        maximumWindowInMinutes === undefined ? { mode: "OFF" } : { mode: "FLEXIBLE", maximumWindowInMinutes },
      target: {
        arn: props.clusterArn,
        roleArn: this.role.arn,
        ecsParameters: ecsParameters(props),
        ...(deadLetterQueueArn !== undefined && { deadLetterConfig: { arn: deadLetterQueueArn } }),
        ...retryPolicy(schedule),
      },
    });
    const needed = () => [...this.role.policies, ...task.startsAfter].map(dependable);
    this.resource.dependsOn = Lazy.listValue({ produce: needed });
  }

  private allowStart({ clusterArn, schedule, task }: ScheduleProps, account: Account): void {
    // Every revision: a start that is tried again after a deploy still asks for the one before.
    this.role.allow({
      actions: ["ecs:RunTask"],
      resources: [account.arnOf("ecs", `task-definition/${task.family}:*`)],
      conditions: { ArnEquals: { "ecs:cluster": clusterArn } },
    });
    this.role.allow({
      actions: ["ecs:TagResource"],
      resources: [account.arnOf("ecs", "task/*")],
      conditions: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    });
    this.role.allow({
      actions: ["iam:PassRole"],
      resources: [task.executionRole.arn, task.taskRole.arn],
      conditions: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    });
    if (schedule.deadLetterQueueArn === undefined) return;
    this.role.allow({ actions: ["sqs:SendMessage"], resources: [schedule.deadLetterQueueArn] });
  }
}

function ecsParameters({ taskDefinition, network, settings }: ScheduleProps) {
  return {
    taskDefinitionArn: taskDefinition.arn,
    ...launchOf(settings),
    networkConfiguration: {
      subnets: network.subnets,
      securityGroups: network.securityGroups,
      assignPublicIp: network.assignPublicIp,
    },
    propagateTags: "TASK_DEFINITION",
    enableEcsManagedTags: true,
  };
}

function retryPolicy({ maximumRetryAttempts, maximumEventAgeInSeconds }: ParsedJobSchedule) {
  if (maximumRetryAttempts === undefined && maximumEventAgeInSeconds === undefined) return {};
  return { retryPolicy: { maximumRetryAttempts, maximumEventAgeInSeconds } };
}

/** The provider accepts times in UTC alone. */
function inUtc(instant: string): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
