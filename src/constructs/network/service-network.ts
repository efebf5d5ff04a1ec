import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";

import { isToken } from "../../model/leaves";
import { MAX_SUBNETS, type ParsedIngressRule, type ParsedNetwork } from "../../model/network";
import { SecurityGroup } from "./security-group";

/** The network of one service. */
export interface ServiceNetworkProps {
  /** Name of the service, which becomes the name of its security group. */
  readonly name: string;
  readonly network: ParsedNetwork;
  /** Who may reach the tasks. */
  readonly ingress: readonly ParsedIngressRule[];
}

/**
 * The subnets and security groups of a service.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
 */
export class ServiceNetwork extends Construct {
  /** Ids of the subnets. */
  readonly subnets: string[];
  /** Ids of all security groups: the service's own, and existing ones. */
  readonly securityGroups: string[];
  readonly assignPublicIp: boolean;
  /** The service's own. `undefined` if the network names existing subnets and security groups. */
  readonly securityGroup?: SecurityGroup;

  constructor(scope: Construct, id: string, { name, network, ingress }: ServiceNetworkProps) {
    super(scope, id);
    const { vpc, subnets = [], securityGroups = [], assignPublicIp } = network;
    this.assignPublicIp = assignPublicIp;
    if (vpc === undefined) {
      this.subnets = [...subnets];
      this.securityGroups = [...securityGroups];
      return;
    }
    const vpcId = new DataAwsVpc(this, "vpc", vpc === "default" ? { default: true } : vpc).id;
    this.subnets = this.lookUpSubnets(vpcId, network.subnetTags);
    this.securityGroup = new SecurityGroup(this, "security-group", { name, vpcId, ingress });
    const own = [this.securityGroup.id];
    this.securityGroups = isToken(securityGroups)
      ? Token.asList(Fn.concat([own, securityGroups]))
      : [...own, ...securityGroups];
  }

  private lookUpSubnets(vpcId: string, tags: ParsedNetwork["subnetTags"]): string[] {
    return new DataAwsSubnets(this, "subnets", {
      filter: [{ name: "vpc-id", values: [vpcId] }],
      tags,
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(self.ids) >= 1 && length(self.ids) <= ${String(MAX_SUBNETS)}}`,
            errorMessage: `The VPC must have 1 to ${String(MAX_SUBNETS)} matching subnets, but has \${length(self.ids)}; correct subnetTags of the network.`,
          },
        ],
      },
    }).ids;
  }
}
