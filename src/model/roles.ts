import type { z } from "zod";

import type { Existing } from "./existing";
import { flag, list, object } from "./leaves";
import { managedPolicyArn, policyStatement } from "./policy";

/**
 * How many managed policies a role can have: 10, unless AWS has raised the quota of the account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MAX_MANAGED_POLICIES = 25;

const ROLE = {
  /**
   * What the role may do besides what it needs anyway, in an inline policy. All statements of a role have at most 10,240
   * characters.
   * @default []
   */
  statements: list(policyStatement).default([]),
  /**
   * ARNs of managed policies, each once: `arn:aws:iam::aws:policy/NAME`. IAM allows 10, and up to 25 if the quota of the
   * account is raised.
   * @default []
   */
  managedPolicies: list(managedPolicyArn, { maximum: MAX_MANAGED_POLICIES, unique: true }).default([]),
  /**
   * ARN of the managed policy that limits what the role may do, whatever its other policies say.
   * @default - that of all roles of the service or job
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  permissionsBoundary: managedPolicyArn.optional(),
};

/** Permissions for ECS itself, to start a task: pulling images, writing logs and reading secrets are granted anyway. */
export const executionRole = object(ROLE);
export interface ExecutionRoleProps extends z.input<typeof executionRole> {}

/** Permissions of the code in the containers. */
export const taskRole = object({
  ...ROLE,
  /**
   * Whether the code may send traces to AWS X-Ray and read its sampling rules: an SDK, the X-Ray daemon or the AWS Distro
   * for OpenTelemetry in a container of the task.
   * @default false
   * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-ecs.html
   */
  xray: flag.default(false),
});
export interface TaskRoleProps extends z.input<typeof taskRole> {}

/** What a role gets on top of what it needs. */
export type ParsedRole = z.output<typeof executionRole>;

/** The roles of a service, as the user writes them. */
interface Roles {
  readonly permissionsBoundary?: string;
  readonly executionRole?: ExecutionRoleProps;
  readonly taskRole?: TaskRoleProps;
  readonly existing?: Existing;
}

/** What is wrong with roles and policies in an account: ECS and IAM accept none of another one. */
export function roleAccountFaults({ existing, ...roles }: Roles, accountId: string | undefined): string[] {
  const faultOf = (what: string, kind: string, arn: string | undefined): string[] => {
    const [, account = accountId] = /^arn:[\w-]+:iam::([0-9]{12}):/.exec(arn ?? "") ?? [];
    if (accountId === undefined || account === accountId) return [];
    return [`${what} is a ${kind} in account ${String(account)}; use one in ${accountId}, where the service is`];
  };
  const ofEach = (["executionRole", "taskRole"] as const).flatMap((name) => {
    const { managedPolicies = [], permissionsBoundary } = roles[name] ?? {};
    return [
      ...faultOf(`existing.${name}`, "role", existing?.[name]),
      ...managedPolicies.flatMap((arn, index) => faultOf(`${name}.managedPolicies[${String(index)}]`, "policy", arn)),
      ...faultOf(`${name}.permissionsBoundary`, "policy", permissionsBoundary),
    ];
  });
  return [...faultOf("permissionsBoundary", "policy", roles.permissionsBoundary), ...ofEach];
}

/** A service or a job whose roles have a boundary, unless it says which one. */
export function withBoundary<T extends Roles>(service: T, permissionsBoundary: string | undefined): T {
  return permissionsBoundary === undefined ? service : { permissionsBoundary, ...service };
}
