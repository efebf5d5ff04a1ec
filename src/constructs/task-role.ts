import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";

import type { CurrentAccount } from "./current-account";
import { checkRoleName, ecsTasksTrustPolicy } from "./policy";

/** The role of the code in the containers. */
export interface TaskRoleProps {
  /** Name of the role. At most 64 characters. */
  readonly name: string;
  /** Account that the role is for. */
  readonly account: CurrentAccount;
}

/**
 * The role that the application itself has when it calls AWS. It starts with no rights at all.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 * @throws InvalidInputError for a name that IAM does not take
 */
export class TaskRole extends Construct {
  /** Goes into `taskRoleArn` of the task definition. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TaskRoleProps) {
    super(scope, id);
    checkRoleName(props.name);
    this.arn = new IamRole(this, "Default", {
      name: props.name,
      assumeRolePolicy: ecsTasksTrustPolicy(props.account),
    }).arn;
  }
}
