import { SecurityGroup as SecurityGroupResource } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import {
  VpcSecurityGroupIngressRule,
  type VpcSecurityGroupIngressRuleConfig,
} from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { isToken } from "../../model/leaves";
import { securityGroupPrefix } from "../../model/names";
import { portsOf, sourceOf, type ParsedIngressRule } from "../../model/network";

/** The security group of a service or of a load balancer. */
export interface SecurityGroupProps {
  /** What the name of the group begins with, unless it has one of its own. */
  readonly name: string;
  /** The whole name. @default - one that is different for each group */
  readonly groupName?: string;
  /** Says what is in the group. It cannot be changed: another one replaces the group. */
  readonly description: string;
  /** VPC that the group is in. */
  readonly vpcId: string;
  /** Who is let in; all other traffic is refused. */
  readonly ingress: readonly ParsedIngressRule[];
}

type IngressRuleConfig = Omit<VpcSecurityGroupIngressRuleConfig, "securityGroupId" | "lifecycle">;

/**
 * A security group with the given ingress, and unrestricted egress: tasks must reach the registry and CloudWatch Logs.
 *
 * Another VPC replaces the group. Tasks stay in the old one until the service has moved, and for good if ECS rolls the
 * move back, so the new group and its rules are made first, under a name that no other group has, and the old ones are
 * deleted last. A name of one's own is free in another VPC too; since EC2 changes no description, and another one would
 * replace the group in the same VPC, that of such a group stays as it is.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export class SecurityGroup extends Construct {
  readonly resource: SecurityGroupResource;
  /** `sg-0123…` */
  readonly id: string;

  private readonly all: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { name, groupName, description, vpcId, ingress }: SecurityGroupProps) {
    super(scope, id);
    this.resource = new SecurityGroupResource(this, "Default", {
      ...(groupName === undefined
        ? { namePrefix: securityGroupPrefix(name) } // EC2 does not accept the name of a group that is still there
        : { name: groupName }),
      description,
      vpcId,
      lifecycle: { createBeforeDestroy: true, ...(groupName !== undefined && { ignoreChanges: ["description"] }) },
    });
    this.id = this.resource.id;
    ingress.forEach((rule, index) => this.allow(rule, `ingress-${String(index)}`));
    this.allowEgress("egress-ipv4", { cidrIpv4: "0.0.0.0/0" });
    this.allowEgress("egress-ipv6", { cidrIpv6: "::/0" });
  }

  /**
   * All rules, for what must begin after and end before them: without egress a task can neither pull its image nor log,
   * without ingress nobody can reach it.
   */
  get rules(): readonly ITerraformDependable[] {
    return this.all;
  }

  /**
   * Lets a source reach a port.
   * @param idOfReference of the rule, if only Terraform knows the source: an id must not contain a token
   */
  allow(rule: ParsedIngressRule, idOfReference: string): void {
    const { port, toPort = port, protocol, cidrIpv4, cidrIpv6, securityGroup, prefixList } = rule;
    const source = sourceOf(rule);
    this.addIngress(isToken(source) ? idOfReference : `ingress-${portsOf(rule)}-${protocol}-${source}`, {
      ipProtocol: protocol,
      fromPort: port,
      toPort,
      cidrIpv4,
      cidrIpv6,
      referencedSecurityGroupId: securityGroup,
      prefixListId: prefixList,
    });
  }

  /** Adds a rule. No task of the service starts before it is in effect. */
  addIngress(id: string, rule: IngressRuleConfig): void {
    this.all.push(
      new VpcSecurityGroupIngressRule(this, id, {
        securityGroupId: this.id,
        ...rule,
        lifecycle: { createBeforeDestroy: true },
      }),
    );
  }

  private allowEgress(id: string, destination: { cidrIpv4: string } | { cidrIpv6: string }): void {
    this.all.push(
      new VpcSecurityGroupEgressRule(this, id, {
        securityGroupId: this.id,
        ipProtocol: "-1",
        ...destination,
        lifecycle: { createBeforeDestroy: true },
      }),
    );
  }
}
