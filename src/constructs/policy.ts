import { InvalidInputError, quote } from "../errors";
import { isToken } from "./aws-names";
import type { CurrentAccount } from "./current-account";

/** One statement of an IAM policy that allows something. */
export interface PolicyStatement {
  /** `logs:PutLogEvents` */
  readonly actions: readonly string[];
  /** ARNs; `*` only where the action knows no resource. */
  readonly resources: readonly string[];
}

/** The policy document that allows `statements`. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resources }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
    })),
  });
}

/**
 * The trust policy of a role for ECS tasks. The conditions keep the ECS service from using the role on behalf of
 * another account (the confused deputy).
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export function ecsTasksTrustPolicy({ partition, region, accountId }: CurrentAccount): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${accountId}:*` },
        },
      },
    ],
  });
}

/**
 * Checks the name of an IAM role.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 * @throws InvalidInputError naming the role
 */
export function checkRoleName(name: string): void {
  if (isToken(name) || /^[\w+=,.@-]{1,64}$/.test(name)) return;
  throw new InvalidInputError(
    `role name ${quote(name)} is not valid in IAM; use at most 64 letters, digits or "_+=,.@-": shorten the name of the service or the environment`,
  );
}
