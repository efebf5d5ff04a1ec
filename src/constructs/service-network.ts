import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError } from "../errors";
import { MAX_SUBNETS, checkNetwork } from "./network-validation";
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

/**
 * The subnets and security groups of a service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
 * @throws InvalidInputError for ids of the wrong kind, too many of them, one twice, or ingress where no group is ours
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
    checkNetwork(network);
    this.assignPublicIp = network.assignPublicIp ?? false;
    if ("vpc" in network) {
      const vpcId = this.lookUpVpc(network.vpc);
      this.subnets = this.lookUpSubnets(vpcId, network.subnetTags);
      const group = new ServiceSecurityGroup(this, "security-group", { name, vpcId, ingress });
      this.securityGroups = [group.id];
      this.egress = group.egress;
    } else {
      if (ingress.length > 0) rejectIngress();
      this.subnets = [...network.subnets];
      this.securityGroups = [...network.securityGroups];
      this.egress = [];
    }
  }

  private lookUpVpc(vpc: VpcNetworkProps["vpc"]): string {
    if (vpc === "default") return new DataAwsVpc(this, "vpc", { default: true }).id;
    return new DataAwsVpc(this, "vpc", "id" in vpc ? { id: vpc.id } : { tags: { ...vpc.tags } }).id;
  }

  private lookUpSubnets(vpcId: string, tags: Readonly<Record<string, string>> | undefined): string[] {
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

function rejectIngress(): never {
  throw new InvalidInputError(
    "ingress needs a security group of the service's own, and the network names existing ones; add the rules to those, or move ingress to the environments whose network is a vpc: environments: { staging: { ingress: [ … ] } }",
  );
}
