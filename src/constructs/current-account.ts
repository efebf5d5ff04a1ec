import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { Construct } from "constructs";

/** The account that is deployed to, for policies that name it. */
export interface CurrentAccountProps {
  /** Region that is deployed to: `us-east-1`. */
  readonly region: string;
}

/** Account id and partition of the credentials in use; the region is a literal, so that plans show it. */
export class CurrentAccount extends Construct {
  /** 12 digits. */
  readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition: string;
  /** `us-east-1` */
  readonly region: string;

  constructor(scope: Construct, id: string, props: CurrentAccountProps) {
    super(scope, id);
    this.accountId = new DataAwsCallerIdentity(this, "identity").accountId;
    this.partition = new DataAwsPartition(this, "partition").partition;
    this.region = props.region;
  }
}
