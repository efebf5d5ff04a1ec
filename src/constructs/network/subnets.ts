import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import type { Construct } from "constructs";

import { withPath } from "../named-lookup";
import { shown, tagText } from "./vpc-lookup";

/** Subnets to look up. */
export interface SubnetsProps {
  readonly vpcId: string;
  /** Tags that they have. @default - all subnets of the VPC */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly minimum: number;
  readonly maximum: number;
  /** What can be corrected, in words. */
  readonly correct: string;
}

/** Ids of the subnets of a VPC. The plan stops if there are too few or too many. */
export function lookUpSubnets(scope: Construct, id: string, props: SubnetsProps): string[] {
  const { vpcId, tags, minimum, maximum, correct } = props;
  const [least, most] = [String(minimum), String(maximum)];
  const wanted = tags && Object.keys(tags).length > 0 ? `subnets with the tags ${tagText(tags)}` : "subnets";
  return new DataAwsSubnets(scope, id, {
    filter: [{ name: "vpc-id", values: [vpcId] }],
    tags,
    lifecycle: {
      postcondition: [
        {
          condition: `\${length(self.ids) >= ${least} && length(self.ids) <= ${most}}`,
          errorMessage: `The VPC ${vpcId} must have ${least} to ${most} ${wanted}, but has \${length(self.ids)}; correct ${correct}.`,
        },
      ],
    },
  }).ids;
}

/** A subnet by its id. The provider's error does not say which one does not exist; the path of the lookup does. */
export class SubnetLookup extends DataAwsSubnet {
  constructor(
    scope: Construct,
    id: string,
    private readonly subnetId: string,
  ) {
    super(scope, id, { id: subnetId });
  }

  protected override get constructNodeMetadata(): Record<string, unknown> {
    return withPath(super.constructNodeMetadata, `${this.node.path} ${shown(this.subnetId)}`);
  }
}
