import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCloudwatchLogGroup } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError, quote } from "../../errors";
import { isToken } from "../../model/leaves";
import { LOG_RETENTION_DAYS, type ParsedTask } from "../../model/task";
import type { Account } from "../iam/account";
import type { Role } from "../iam/role";

/** Where the containers of a task write their logs. */
export interface LogGroupProps {
  /**
   * Name of the group: `/ecs/demo-production`. A literal: with a name known only after apply, the plan could not show
   * the container definitions.
   */
  readonly name: string;
  /** Whether somebody chose the name, and may choose another. The new group is then made before the old one is deleted. */
  readonly isNamed?: boolean;
  /** Name of a group that exists and is used in place of one that is made here; may be a reference. @default - none */
  readonly existing?: string;
  readonly retention: Pick<ParsedTask, "logRetentionDays" | "logKmsKeyArn">;
  readonly account: Account;
}

/**
 * A CloudWatch Logs group. One that exists already is looked up, so that the plan fails if it does not.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export class LogGroup extends Construct {
  /** Goes into `awslogs-group`. */
  readonly name: string;
  readonly arn: string;

  private readonly own?: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    const { name, retention, existing, account } = props;
    this.name = existing ?? name;
    if (existing !== undefined) {
      this.arn = this.arnOf(existing, account);
      return;
    }
    this.own = new CloudwatchLogGroup(this, "Default", {
      name,
      retentionInDays: retention.logRetentionDays ?? LOG_RETENTION_DAYS,
      kmsKeyId: retention.logKmsKeyArn,
      lifecycle: props.isNamed === true ? { createBeforeDestroy: true } : undefined,
    });
    this.arn = this.own.arn;
  }

  /** @throws InvalidInputError if the group exists already, and so is not changed here */
  get resource(): CloudwatchLogGroup {
    if (this.own) return this.own;
    throw new InvalidInputError(
      `log group ${quote(this.name)} exists already and has no resource here; change it where it is managed`,
    );
  }

  /** What must exist before a task starts. */
  get needed(): readonly ITerraformDependable[] {
    return this.own ? [this.own] : [];
  }

  /** Lets tasks that start under `role` write here. */
  grantWrite(role: Role): void {
    grantLogWrite(role, this.arn);
  }

  /** A group of the same stack may not exist before the apply, and cannot be looked up. */
  private arnOf(name: string, account: Account): string {
    if (isToken(name)) return logGroupArn(account, name);
    return new DataAwsCloudwatchLogGroup(this, "Default", { name }).arn;
  }
}

/** ARN of an existing log group, by its name. */
export function logGroupArn(account: Account, name: string): string {
  return account.arnOf("logs", `log-group:${name}`);
}

/** Lets tasks that start under `role` write to a log group. */
export function grantLogWrite(role: Role, arn: string): void {
  role.grant({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${arn}:*`] });
}
