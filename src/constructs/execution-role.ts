import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import type { CurrentAccount } from "./current-account";
import { checkRoleName, ecsTasksTrustPolicy, policyDocument, type PolicyStatement } from "./policy";

/** The role under which ECS starts a task. */
export interface ExecutionRoleProps {
  /** Name of the role. At most 64 characters. */
  readonly name: string;
  /** Account that the role is for. */
  readonly account: CurrentAccount;
}

/**
 * The role that the ECS agent uses to pull the images and to write the logs of a task. It may do just what other
 * constructs ask for: the image that is pulled grants pulling it, the log group grants writing to it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 * @throws InvalidInputError for a name that IAM does not take
 */
export class ExecutionRole extends Construct {
  /** Goes into `executionRoleArn` of the task definition. */
  readonly arn: string;
  /** What must exist before a task starts. */
  readonly policy: ITerraformDependable;

  private readonly repositoryArns = new Set<string>();
  private readonly logGroupArns = new Set<string>();

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    checkRoleName(props.name);
    const role = new IamRole(this, "Default", {
      name: props.name,
      assumeRolePolicy: ecsTasksTrustPolicy(props.account),
    });
    this.policy = new IamRolePolicy(this, "policy", {
      name: "start-tasks",
      role: role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements()) }),
    });
    this.arn = role.arn;
  }

  /** Allows pulling images from the repository. */
  allowPull(repositoryArn: string): void {
    this.repositoryArns.add(repositoryArn);
  }

  /** Allows writing to streams of the log group. */
  allowWriteLogs(logGroupArn: string): void {
    this.logGroupArns.add(logGroupArn);
  }

  private statements(): PolicyStatement[] {
    const pull: PolicyStatement[] = [
      // The token is for the whole registry: the action knows no resource.
      { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
      {
        actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        resources: [...this.repositoryArns],
      },
    ];
    const writeLogs: PolicyStatement = {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [...this.logGroupArns].map((arn) => `${arn}:*`),
    };
    return [...(this.repositoryArns.size > 0 ? pull : []), ...(this.logGroupArns.size > 0 ? [writeLogs] : [])];
  }
}
