import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";

import type { ParsedTask } from "../../model/task";
import type { Account } from "../iam/account";
import type { Role } from "../iam/role";

/** Where the containers of a task write their logs. */
export interface LogGroupProps {
  /**
   * Name of the group: `/ecs/demo-production`. A literal: with a name known only after apply, the plan could not show
   * the container definitions.
   */
  readonly name: string;
  readonly retention: Pick<ParsedTask, "logRetentionDays" | "logKmsKeyArn">;
}

/**
 * A CloudWatch Logs group.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export class LogGroup extends Construct {
  readonly resource: CloudwatchLogGroup;
  /** Goes into `awslogs-group`. */
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, retention }: LogGroupProps) {
    super(scope, id);
    this.resource = new CloudwatchLogGroup(this, "Default", {
      name,
      retentionInDays: retention.logRetentionDays,
      kmsKeyId: retention.logKmsKeyArn,
    });
    this.name = name;
    this.arn = this.resource.arn;
  }

  /** Lets tasks that start under `role` write here. */
  grantWrite(role: Role): void {
    grantLogWrite(role, this.arn);
  }
}

/** ARN of an existing log group, by its name. */
export function logGroupArn({ partition, region, accountId }: Account, name: string): string {
  return `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`;
}

/** Lets tasks that start under `role` write to a log group. */
export function grantLogWrite(role: Role, arn: string): void {
  role.allow({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${arn}:*`] });
}
