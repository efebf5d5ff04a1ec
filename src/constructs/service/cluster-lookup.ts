import { DataAwsEcsCluster } from "@cdktf/provider-aws/lib/data-aws-ecs-cluster";
import { Fn } from "cdktf";
import type { Construct } from "constructs";

import { isToken } from "../../model/leaves";

/**
 * The ARN of a cluster, which is looked up if only its name is given.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/ecs_cluster
 */
export function clusterArn(scope: Construct, id: string, cluster: string): string {
  if (cluster.startsWith("arn:") || isToken(cluster)) return cluster;
  return new DataAwsEcsCluster(scope, id, { clusterName: cluster }).arn;
}

/** The name of a cluster, of which the name or the ARN is given, or a reference to the ARN. */
export function clusterName(cluster: string): string {
  return isToken(cluster) ? (Fn.element(Fn.split("/", cluster), 1) as string) : cluster.replace(/.*\//, "");
}
