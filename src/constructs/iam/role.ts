import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Lazy, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError, quote } from "../../errors";
import { isToken } from "../../model/leaves";
import { managedPolicyArn, policyStatement, type PolicyStatement } from "../../model/policy";
import { parse } from "../../model/problems";
import { MAX_MANAGED_POLICIES, type ParsedRole } from "../../model/roles";
import type { Account } from "./account";
import { ecsTasksTrustPolicy, policyDocument, sizeFault } from "./policy";
import { findRole } from "./role-lookup";

/** A role that ECS tasks, or ECS itself, assume. */
export interface RoleProps {
  /** Name of the role. At most 64 characters. */
  readonly name: string;
  /** Whether somebody chose the name, and may choose another. The new role is then made before the old one is deleted. */
  readonly isNamed?: boolean;
  /** Name of the inline policy that `allow` writes. */
  readonly policyName: string;
  readonly account: Account;
  /** Who may assume the role. @default - ECS tasks */
  readonly trustPolicy?: string;
  /** What the role may do besides what others ask for. @default - nothing */
  readonly settings?: ParsedRole;
  /** ARN of the managed policy that limits the role, unless the settings name one. @default - none */
  readonly permissionsBoundary?: string | undefined;
  /** Name or ARN of a role that exists and is used in place of one that is made here. @default - none */
  readonly existing?: string;
}

/**
 * A role of ECS tasks. It may do only what others ask for: an image asks for the permission to pull it, the log group
 * for the permission to write to it, and your own code for what the application needs. A role that exists already is used
 * as it is.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export class Role extends Construct {
  readonly arn: string;
  readonly name: string;
  /** Where the role is. */
  readonly account: Account;

  private readonly own?: IamRole;
  private readonly context: string;
  private readonly policyName: string;
  private readonly statements: PolicyStatement[] = [];
  private readonly attached = new Set<string>();
  private readonly rights: ITerraformDependable[] = [];
  private readonly lifecycle: { readonly createBeforeDestroy: true } | undefined;

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { name, policyName, account, settings, existing } = props;
    this.account = account;
    this.policyName = policyName;
    this.context = `role ${quote(existing ?? name)}`;
    this.lifecycle = props.isNamed === true ? { createBeforeDestroy: true } : undefined;
    if (existing === undefined) {
      this.own = new IamRole(this, "Default", {
        name,
        assumeRolePolicy: props.trustPolicy ?? ecsTasksTrustPolicy(account),
        permissionsBoundary: settings?.permissionsBoundary ?? props.permissionsBoundary,
        lifecycle: this.lifecycle,
      });
      this.node.addValidation({ validate: () => this.limitFaults() });
    }
    const { arn, name: found } = this.own ?? findRole(this, "Default", existing ?? name);
    this.arn = arn;
    this.name = found;
    settings?.statements.forEach((statement) => this.allow(statement));
    settings?.managedPolicies.forEach((policyArn) => this.attach(policyArn));
  }

  /** @throws InvalidInputError if the role exists already, and so is not changed here */
  get resource(): IamRole {
    return this.own ?? this.refuse("it has no resource here; change it where it is managed");
  }

  /**
   * Allows what the statement says. A service starts no task before the permission is in effect.
   * @throws InvalidInputError for a statement without actions or resources, or with a resource that is not an ARN; or if
   * the role exists already, and so is not changed here
   */
  allow(statement: PolicyStatement): void {
    if (!this.own) this.refuse("allow this where it is managed");
    this.grant(statement);
  }

  /**
   * Allows what the service itself needs, such as pulling an image. A role that exists already must allow it: it gets no
   * policy.
   * @throws InvalidInputError for a statement without actions or resources, or with a resource that is not an ARN
   */
  grant(statement: PolicyStatement): void {
    const parsed = parse(policyStatement, statement, this.context);
    if (!this.own) return;
    this.statements.push(parsed);
    if (this.statements.length > 1) return;
    const policy = new IamRolePolicy(this, "policy", {
      name: this.policyName,
      role: this.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements) }),
      lifecycle: this.lifecycle,
    });
    this.rights.push(policy);
  }

  /**
   * Attaches a managed policy, by its ARN. A service starts no task before the policy is in effect.
   * @throws InvalidInputError for anything but the ARN of a managed policy; or if the role exists already, and so is not
   * changed here
   */
  attach(policyArn: string): void {
    parse(managedPolicyArn, policyArn, `${this.context}: policy`);
    if (!this.own) this.refuse("attach the policy where it is managed");
    if (this.attached.has(policyArn)) return;
    // An id must not contain a token, and CDKTF would turn "/" into "--".
    const id = isToken(policyArn)
      ? `managed-policy-${String([...this.attached].filter(isToken).length)}`
      : policyArn.replaceAll("/", ":");
    this.attached.add(policyArn);
    const attachment = { role: this.name, policyArn, lifecycle: this.lifecycle };
    this.rights.push(new IamRolePolicyAttachment(this, id, attachment));
  }

  /** The resources that grant the permissions: they must exist before a task starts. */
  get policies(): readonly ITerraformDependable[] {
    return this.rights;
  }

  private limitFaults(): string[] {
    const { size } = this.attached;
    const tooMany = `has ${String(size)} managed policies; IAM allows at most ${String(MAX_MANAGED_POLICIES)}: put some of them into one`;
    return [...sizeFault(this.statements), ...(size > MAX_MANAGED_POLICIES ? [tooMany] : [])].map(
      (fault) => `${this.context} ${fault}`,
    );
  }

  private refuse(wayOut: string): never {
    throw new InvalidInputError(`${this.context} exists already and is used as it is; ${wayOut}`);
  }
}
