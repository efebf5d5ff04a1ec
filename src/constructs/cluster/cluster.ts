import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { Construct } from "constructs";

import { ownCluster, type ClusterProps } from "../../model/cluster";
import { parse } from "../../model/problems";

/**
 * An ECS cluster with Container Insights.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
 * @throws InvalidInputError for a name or a setting that ECS does not accept
 */
export class Cluster extends Construct {
  readonly resource: EcsCluster;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { name, containerInsights } = parse(ownCluster, props, `Cluster "${id}"`);
    this.resource = new EcsCluster(this, "Default", {
      name,
      setting: [{ name: "containerInsights", value: containerInsights }],
    });
    this.arn = this.resource.arn;
  }
}
