import { Fn, Token } from "cdktf";
import { Construct } from "constructs";

import { isToken } from "../../model/leaves";
import { MAX_SUBNETS, type ParsedIngressRule, type ParsedNetwork } from "../../model/network";
import { SecurityGroup } from "./security-group";
import { SubnetLookup, lookUpSubnets } from "./subnets";
import { VpcLookup } from "./vpc-lookup";

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

  private foundVpcId?: string;

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
    this.foundVpcId = found.id;
    this.subnets = lookUpSubnets(this, "subnets", {
      vpcId: found.id,
      tags: network.subnetTags,
      minimum: 1,
      maximum: MAX_SUBNETS,
      correct: "subnetTags or vpc of the network",
    });
    const description = `Tasks of ${name}`;
    this.securityGroup = new SecurityGroup(this, "security-group", {
      name,
      groupName,
      description,
      vpcId: found.id,
      ingress,
    });
    const own = [this.securityGroup.id];
    this.securityGroups = isToken(securityGroups)
      ? Token.asList(Fn.concat([own, securityGroups]))
      : [...own, ...securityGroups];
  }

  /** Id of the VPC. With existing subnets, it is that of the first one, which is looked up when this is first read. */
  get vpcId(): string {
    this.foundVpcId ??= new SubnetLookup(this, "subnet", this.firstSubnet()).vpcId;
    return this.foundVpcId;
  }

  private firstSubnet(): string {
    const [first = ""] = this.subnets;
    return isToken(this.subnets) ? (Fn.element(this.subnets, 0) as string) : first;
  }
}
