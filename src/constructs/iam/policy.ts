import type { PolicyStatement } from "../../model/policy";
import { terraformJson, withReferences } from "../terraform-json";
import type { Account } from "./account";

/** IAM counts all inline policies of a role. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_CHARACTERS = 10_240;

/** What CDKTF writes for a value that only Terraform knows: nobody can count its characters. */
const REFERENCES = /\$\{TfToken\[[\w:.-]+\]\}/g;

/** A line if the statements are too long for the inline policy of a role, even if references are empty. */
export function sizeFault(statements: readonly PolicyStatement[]): string[] {
  // IAM does not count white space.
  const { length } = JSON.stringify(documentOf(statements)).replace(REFERENCES, "").replace(/\s/g, "");
  if (length <= MAX_CHARACTERS) return [];
  return [
    `has statements of ${String(length)} characters; IAM allows at most ${String(MAX_CHARACTERS)} per role: put some of them into a managed policy, and attach it`,
  ];
}

/** The policy document that allows `statements`. Those that differ only in their resources become one. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  const marked = statements.map((each) => ({
    ...each,
    ...(each.conditions && { conditions: withReferences(each.conditions) }),
  }));
  return terraformJson(documentOf(marked));
}

function documentOf(statements: readonly PolicyStatement[]): object {
  const merged = new Map<string, { statement: PolicyStatement; resources: Set<string> }>();
  for (const statement of statements) {
    const key = JSON.stringify([statement.actions, statement.conditions]);
    const entry = merged.get(key) ?? { statement, resources: new Set() };
    statement.resources.forEach((resource) => entry.resources.add(resource));
    merged.set(key, entry);
  }
  return {
    Version: "2012-10-17",
    Statement: [...merged.values()].map(({ statement: { actions, conditions }, resources }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: [...resources],
      ...(conditions && { Condition: conditions }),
    })),
  };
}

/**
 * The trust policy of a role for ECS tasks. The conditions keep the ECS service from using the role on behalf of
 * another account (the confused deputy).
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export function ecsTasksTrustPolicy(account: Account): string {
  return trustPolicy("ecs-tasks.amazonaws.com", account.accountId, account.arnOf("ecs", "*"));
}

/**
 * The trust policy of a role for Amazon EventBridge Scheduler, with the same conditions.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function schedulerTrustPolicy(account: Account): string {
  const group = account.arnOf("scheduler", "schedule-group/default");
  return trustPolicy("scheduler.amazonaws.com", account.accountId, group);
}

function trustPolicy(service: string, accountId: string, source: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": source },
        },
      },
    ],
  });
}

/**
 * The trust policy of a role under which ECS manages resources of a service.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
 */
export function ecsTrustPolicy(): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
}
