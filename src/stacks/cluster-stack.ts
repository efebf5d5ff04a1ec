import type { Construct } from "constructs";

import { Cluster, type ClusterProps } from "../constructs/cluster";
import { AwsStack, type AwsStackProps } from "./aws-stack";

/** The cluster of an environment. */
export interface ClusterStackProps extends AwsStackProps {
  readonly cluster: ClusterProps;
}

/** The ECS cluster that the services of an environment share. */
export class ClusterStack extends AwsStack {
  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id, props);
    const cluster = new Cluster(this, "cluster", props.cluster);
    this.output("cluster_arn", "ARN of the cluster", cluster.arn);
  }
}
