import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Lazy, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { isToken } from "../../model/leaves";
import { managedPolicyArn, policyStatement, type PolicyStatement } from "../../model/policy";
import { parse } from "../../model/problems";
import type { Account } from "./account";
import { ecsTasksTrustPolicy, policyDocument } from "./policy";

/** A role that ECS tasks assume. */
export interface RoleProps {
  /** Name of the role. At most 64 characters. */
  readonly name: string;
  /** Name of the inline policy that `allow` writes. */
  readonly policyName: string;
  readonly account: Account;
  /** Who may assume the role. @default - ECS tasks */
  readonly trustPolicy?: string;
}

/**
 * A role of ECS tasks. It may do only what others ask for: an image asks for the permission to pull it, the log group
 * for the permission to write to it, and your own code for what the application needs.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export class Role extends Construct {
  readonly resource: IamRole;
  readonly arn: string;
  readonly name: string;
  /** Where the role is. */
  readonly account: Account;

  private readonly context: string;
  private readonly policyName: string;
  private readonly statements: PolicyStatement[] = [];
  private readonly attached = new Set<string>();
  private readonly rights: ITerraformDependable[] = [];

  constructor(
    scope: Construct,
    id: string,
    { name, policyName, account, trustPolicy = ecsTasksTrustPolicy(account) }: RoleProps,
  ) {
    super(scope, id);
    this.resource = new IamRole(this, "Default", { name, assumeRolePolicy: trustPolicy });
    this.arn = this.resource.arn;
    this.name = this.resource.name;
    this.account = account;
    this.context = `role "${name}"`;
    this.policyName = policyName;
  }

  /**
   * Allows what the statement says. A service starts no task before the permission is in effect.
   * @throws InvalidInputError for a statement without actions or resources, or with a resource that is not an ARN
   */
  allow(statement: PolicyStatement): void {
    this.statements.push(parse(policyStatement, statement, this.context));
    if (this.statements.length > 1) return;
    const policy = new IamRolePolicy(this, "policy", {
      name: this.policyName,
      role: this.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements) }),
    });
    this.rights.push(policy);
  }

  /**
   * Attaches a managed policy, by its ARN. A service starts no task before the policy is in effect.
   * @throws InvalidInputError for anything but the ARN of a managed policy
   */
  attach(policyArn: string): void {
    parse(managedPolicyArn, policyArn, `${this.context}: policy`);
    if (this.attached.has(policyArn)) return;
    // An id must not contain a token, and CDKTF would turn "/" into "--".
    const id = isToken(policyArn)
      ? `managed-policy-${String([...this.attached].filter(isToken).length)}`
      : policyArn.replaceAll("/", ":");
    this.attached.add(policyArn);
    this.rights.push(new IamRolePolicyAttachment(this, id, { role: this.name, policyArn }));
  }

  /** The resources that grant the permissions: they must exist before a task starts. */
  get policies(): readonly ITerraformDependable[] {
    return this.rights;
  }
}
