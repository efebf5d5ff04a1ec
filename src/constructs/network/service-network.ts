import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";

import { isToken } from "../../model/leaves";
import { MAX_SUBNETS, type ParsedIngressRule, type ParsedNetwork } from "../../model/network";
import { SecurityGroup } from "./security-group";
import { VpcLookup, tagText } from "./vpc-lookup";

/** The network of one service. */
export interface ServiceNetworkProps {
  /** Name of the service, which becomes the name of its security group. */
  readonly name: string;
  /** The whole name of that group. @default - one that is different for each group */
  readonly groupName?: string;
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

  constructor(scope: Construct, id: string, { name, groupName, network, ingress }: ServiceNetworkProps) {
    super(scope, id);
    const { vpc, subnets = [], securityGroups = [], assignPublicIp } = network;
    this.assignPublicIp = assignPublicIp;
    if (vpc === undefined) {
      this.subnets = [...subnets];
      this.securityGroups = [...securityGroups];
      return;
    }
    const found = new VpcLookup(this, "vpc", vpc);
    this.subnets = this.lookUpSubnets(found, network.subnetTags);
    this.securityGroup = new SecurityGroup(this, "security-group", { name, groupName, vpcId: found.id, ingress });
    const own = [this.securityGroup.id];
    this.securityGroups = isToken(securityGroups)
      ? Token.asList(Fn.concat([own, securityGroups]))
      : [...own, ...securityGroups];
  }

  private lookUpSubnets(vpc: VpcLookup, tags: ParsedNetwork["subnetTags"]): string[] {
    const wanted = tags && Object.keys(tags).length > 0 ? `subnets with the tags ${tagText(tags)}` : "subnets";
    return new DataAwsSubnets(this, "subnets", {
      filter: [{ name: "vpc-id", values: [vpc.id] }],
      tags,
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(self.ids) >= 1 && length(self.ids) <= ${String(MAX_SUBNETS)}}`,
            errorMessage: `The VPC ${vpc.id} must have 1 to ${String(MAX_SUBNETS)} ${wanted}, but has \${length(self.ids)}; correct subnetTags or vpc of the network.`,
          },
        ],
      },
    }).ids;
  }
}
