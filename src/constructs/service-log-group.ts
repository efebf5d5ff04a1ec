import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError, alternatives, quote } from "../errors";
import { checkKmsKeyArn, isToken } from "./aws-names";
import type { ExecutionRole } from "./execution-role";

/** Where the containers of a service write their logs. */
export interface ServiceLogGroupProps {
  /** Name of the group: `/ecs/demo-production`. A literal: a name known only after apply would hide the plan. */
  readonly name: string;
  /**
   * Days that log events are kept: one of the periods of CloudWatch Logs (1, 3, 5, 7, 14, 30, … 3653).
   * @default 30
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of the KMS key that encrypts the log events. Its policy must let CloudWatch Logs of the region use it.
   * @default - encrypted with a key of CloudWatch Logs
   */
  readonly logKmsKeyArn?: string;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * The CloudWatch Logs group of a service.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 * @throws InvalidInputError for a name or a retention that CloudWatch Logs does not take, or a key that is no ARN
 */
export class ServiceLogGroup extends Construct {
  /** Goes into `awslogs-group`. */
  readonly name: string;
  /** What must exist before a task starts. */
  readonly resource: ITerraformDependable;

  private readonly arn: string;

  constructor(scope: Construct, id: string, props: ServiceLogGroupProps) {
    super(scope, id);
    const { name, logRetentionDays = 30, logKmsKeyArn } = props;
    check(name, logRetentionDays, logKmsKeyArn);
    const group = new CloudwatchLogGroup(this, "Default", {
      name,
      retentionInDays: logRetentionDays,
      kmsKeyId: logKmsKeyArn,
    });
    this.name = name;
    this.resource = group;
    this.arn = group.arn;
  }

  /** Lets tasks that start under `role` write here. */
  grantWrite(role: ExecutionRole): void {
    role.allowWriteLogs(this.arn);
  }
}

function check(name: string, logRetentionDays: number, logKmsKeyArn: string | undefined): void {
  if (isToken(name) || !/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw new InvalidInputError(
      `log group name ${quote(name)} is not valid; use 1 to 512 letters, digits or "._-/#", known when the plan is made`,
    );
  }
  if (!isToken(logRetentionDays) && !RETENTION_DAYS.includes(logRetentionDays)) {
    throw new InvalidInputError(
      `logRetentionDays ${quote(logRetentionDays)} is not a period of CloudWatch Logs; choose ${alternatives(RETENTION_DAYS)}`,
    );
  }
  if (logKmsKeyArn !== undefined) checkKmsKeyArn("logKmsKeyArn", logKmsKeyArn);
}
