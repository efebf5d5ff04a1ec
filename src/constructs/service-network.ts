import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError, inContext, quote, rejectUnknownProperties, type PropertiesOf } from "../errors";
import { isToken } from "./aws-names";
import { checkTagFilter } from "./tags";
import { ServiceSecurityGroup, type IngressRule } from "./service-security-group";

/** Where tasks get their network interfaces. */
export type NetworkProps = ExplicitNetworkProps | VpcNetworkProps;

/** Subnets and security groups that exist, by id. */
export interface ExplicitNetworkProps {
  /** 1 to 16 ids: `subnet-0123…`. */
  readonly subnets: readonly string[];
  /** 1 to 5 ids: `sg-0123…`. */
  readonly securityGroups: readonly string[];
  /** Whether tasks get a public IP address. @default false */
  readonly assignPublicIp?: boolean;
}

/** A VPC that is looked up; the service gets a security group of its own in it. */
export interface VpcNetworkProps {
  /** The VPC by id, by tags, or the default VPC of the region. */
  readonly vpc: "default" | { readonly id: string } | { readonly tags: Readonly<Record<string, string>> };
  /** Tags that the subnets have. @default - all subnets of the VPC */
  readonly subnetTags?: Readonly<Record<string, string>>;
  /** Whether tasks get a public IP address. Without one, pulling an image takes a NAT gateway or VPC endpoints. @default false */
  readonly assignPublicIp?: boolean;
}

/** The network of one service. */
export interface ServiceNetworkProps {
  /** Name of the service, which becomes the name of its security group. */
  readonly name: string;
  readonly network: NetworkProps;
  /** Who may reach the tasks. Only where a VPC is looked up. @default [] */
  readonly ingress?: readonly IngressRule[];
}

const EXPLICIT: PropertiesOf<ExplicitNetworkProps> = { subnets: true, securityGroups: true, assignPublicIp: true };
const LOOKED_UP: PropertiesOf<VpcNetworkProps> = { vpc: true, subnetTags: true, assignPublicIp: true };

const MAX_SUBNETS = 16;
const MAX_SECURITY_GROUPS = 5;

/**
 * The subnets and security groups of a service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
 * @throws InvalidInputError for ids of the wrong kind, too many of them, or ingress where no group is ours
 */
export class ServiceNetwork extends Construct {
  readonly subnets: string[];
  readonly securityGroups: string[];
  readonly assignPublicIp: boolean;
  /** What must exist before a task starts. */
  readonly egress: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceNetworkProps) {
    super(scope, id);
    const { name, network, ingress = [] } = props;
    this.assignPublicIp = network.assignPublicIp ?? false;
    if ("vpc" in network) {
      rejectUnknownProperties(network, LOOKED_UP);
      const vpcId = this.lookUpVpc(network.vpc);
      this.subnets = this.lookUpSubnets(vpcId, network.subnetTags);
      const group = new ServiceSecurityGroup(this, "security-group", { name, vpcId, ingress });
      this.securityGroups = [group.id];
      this.egress = group.egress;
    } else {
      rejectUnknownProperties(network, EXPLICIT);
      checkExplicit(network, ingress);
      this.subnets = [...network.subnets];
      this.securityGroups = [...network.securityGroups];
      this.egress = [];
    }
  }

  private lookUpVpc(vpc: VpcNetworkProps["vpc"]): string {
    if (vpc === "default") return new DataAwsVpc(this, "vpc", { default: true }).id;
    if ("id" in vpc) {
      inContext("vpc", () => rejectUnknownProperties(vpc, { id: true }));
      checkIds("vpc: id", [vpc.id], "vpc", 1);
      return new DataAwsVpc(this, "vpc", { id: vpc.id }).id;
    }
    inContext("vpc", () => rejectUnknownProperties(vpc, { tags: true }));
    if (Object.keys(vpc.tags).length === 0) {
      throw new InvalidInputError('vpc: tags is empty; name a tag, an id or "default"');
    }
    inContext("vpc: tags", () => checkTagFilter(vpc.tags));
    return new DataAwsVpc(this, "vpc", { tags: { ...vpc.tags } }).id;
  }

  private lookUpSubnets(vpcId: string, tags: Readonly<Record<string, string>> | undefined): string[] {
    if (tags !== undefined) inContext("subnetTags", () => checkTagFilter(tags));
    return new DataAwsSubnets(this, "subnets", {
      filter: [{ name: "vpc-id", values: [vpcId] }],
      tags: tags && { ...tags },
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(self.ids) >= 1 && length(self.ids) <= ${String(MAX_SUBNETS)}}`,
            errorMessage: `The VPC must have 1 to ${String(MAX_SUBNETS)} matching subnets, and has \${length(self.ids)}; set subnetTags of the network so that they match.`,
          },
        ],
      },
    }).ids;
  }
}

function checkExplicit({ subnets, securityGroups }: ExplicitNetworkProps, ingress: readonly IngressRule[]): void {
  checkIds("subnets", subnets, "subnet", MAX_SUBNETS);
  checkIds("securityGroups", securityGroups, "sg", MAX_SECURITY_GROUPS);
  if (ingress.length > 0) {
    throw new InvalidInputError(
      "ingress needs a security group of the service's own, and the network names existing ones; add the rules to those, or give the network a vpc",
    );
  }
}

function checkIds(property: string, ids: readonly string[], prefix: string, maximum: number): void {
  if (isToken(ids)) return;
  if (ids.length < 1 || ids.length > maximum) {
    throw new InvalidInputError(`${property} has ${String(ids.length)} entries; give 1 to ${String(maximum)}`);
  }
  for (const id of ids) {
    if (!isToken(id) && !new RegExp(`^${prefix}-[0-9a-z]+$`).test(id)) {
      throw new InvalidInputError(`${property} ${quote(id)} is not valid; use an id like ${prefix}-0123456789abcdef0`);
    }
  }
}
