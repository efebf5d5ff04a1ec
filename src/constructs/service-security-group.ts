import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError, inContext, quote, rejectUnknownProperties, type PropertiesOf } from "../errors";
import { checkOneOf, checkWholeNumber, isToken } from "./aws-names";
import { checkCidrIpv4, checkCidrIpv6 } from "./cidr";

/** Who may reach the tasks on a port. Exactly one of `cidrIpv4`, `cidrIpv6` and `securityGroup` is given. */
export interface IngressRule {
  /** 1 to 65535. */
  readonly port: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
  /** `10.0.0.0/8`. @default - none */
  readonly cidrIpv4?: string;
  /** `2001:db8::/32`. @default - none */
  readonly cidrIpv6?: string;
  /** Id of the group whose members may: `sg-0123…`. @default - none */
  readonly securityGroup?: string;
}

/** The security group of a service. */
export interface ServiceSecurityGroupProps {
  /** 1 to 255 characters, not beginning with `sg-`. */
  readonly name: string;
  /** VPC that the group is in. */
  readonly vpcId: string;
  /** Everything else is refused. @default [] */
  readonly ingress?: readonly IngressRule[];
}

const PROPERTIES: PropertiesOf<IngressRule> = {
  port: true,
  protocol: true,
  cidrIpv4: true,
  cidrIpv6: true,
  securityGroup: true,
};

/**
 * A security group with the stated ingress, and free egress: tasks must reach the registry and CloudWatch Logs.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 * @throws InvalidInputError for a name, port, protocol or source that EC2 does not take
 */
export class ServiceSecurityGroup extends Construct {
  readonly id: string;
  /** What must exist before a task starts, or it can neither pull its image nor log. */
  readonly egress: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceSecurityGroupProps) {
    super(scope, id);
    const { name, vpcId, ingress = [] } = props;
    if (name.startsWith("sg-")) {
      throw new InvalidInputError(
        `security group name ${quote(name)} is not valid in EC2, where "sg-" begins an id; rename the service`,
      );
    }
    this.id = new SecurityGroup(this, "Default", {
      name,
      description: `Tasks of ${name}`,
      vpcId,
      // Another VPC replaces the group, and EC2 deletes none that tasks still use.
      lifecycle: { createBeforeDestroy: true },
    }).id;
    ingress.forEach((rule, index) => this.allow(rule, index));
    this.egress = [
      this.allowEgress("egress-ipv4", { cidrIpv4: "0.0.0.0/0" }),
      this.allowEgress("egress-ipv6", { cidrIpv6: "::/0" }),
    ];
  }

  private allow(rule: IngressRule, index: number): void {
    inContext("ingress", () => rejectUnknownProperties(rule, PROPERTIES));
    const { port, protocol = "tcp", cidrIpv4, cidrIpv6, securityGroup } = rule;
    inContext(`ingress on port ${quote(port)}`, () => checkRule(rule));
    const source = cidrIpv4 ?? cidrIpv6 ?? securityGroup ?? "";
    // An id may hold no token.
    const ruleId = `ingress-${[port, protocol, source].some(isToken) ? index : `${String(port)}-${protocol}-${source}`}`;
    if (this.node.tryFindChild(ruleId)) {
      throw new InvalidInputError(`ingress on port ${String(port)} from ${quote(source)} is stated twice; remove one`);
    }
    new VpcSecurityGroupIngressRule(this, ruleId, {
      securityGroupId: this.id,
      ipProtocol: protocol,
      fromPort: port,
      toPort: port,
      cidrIpv4,
      cidrIpv6,
      referencedSecurityGroupId: securityGroup,
    });
  }

  private allowEgress(
    id: string,
    destination: { cidrIpv4: string } | { cidrIpv6: string },
  ): VpcSecurityGroupEgressRule {
    return new VpcSecurityGroupEgressRule(this, id, { securityGroupId: this.id, ipProtocol: "-1", ...destination });
  }
}

function checkRule(rule: IngressRule): void {
  const { port, protocol, cidrIpv4, cidrIpv6, securityGroup } = rule;
  checkWholeNumber("port", port, 1, 65_535);
  if (protocol !== undefined) checkOneOf("protocol", protocol, ["tcp", "udp"]);
  const sources = [cidrIpv4, cidrIpv6, securityGroup].filter((source) => source !== undefined);
  if (sources.length !== 1) {
    throw new InvalidInputError(
      `${String(sources.length)} sources; give exactly one of cidrIpv4, cidrIpv6 and securityGroup`,
    );
  }
  if (cidrIpv4 !== undefined) checkCidrIpv4("cidrIpv4", cidrIpv4);
  if (cidrIpv6 !== undefined) checkCidrIpv6("cidrIpv6", cidrIpv6);
  if (securityGroup !== undefined && !isToken(securityGroup) && !/^sg-[0-9a-z]+$/.test(securityGroup)) {
    throw new InvalidInputError(
      `securityGroup ${quote(securityGroup)} is not valid; use an id like sg-0123456789abcdef0`,
    );
  }
}
