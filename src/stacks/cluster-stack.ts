import type { Construct } from "constructs";

import { Cluster } from "../constructs/cluster/cluster";
import type { ClusterProps } from "../model/cluster";
import type { StackProps } from "../model/place";
import { AwsStack } from "./aws-stack";

/** The cluster of an environment. */
export interface ClusterStackProps extends StackProps {
  readonly cluster: ClusterProps;
}

/** The ECS cluster that the services of an environment share. */
export class ClusterStack extends AwsStack {
  constructor(scope: Construct, props: ClusterStackProps) {
    super(scope, props);
    const cluster = new Cluster(this, "cluster", props.cluster);
    this.output("cluster_arn", "ARN of the cluster", cluster.arn);
  }
}
