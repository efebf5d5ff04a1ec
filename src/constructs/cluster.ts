import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { Construct } from "constructs";

import { checkEcsName, checkOneOf } from "./aws-names";

/** An ECS cluster of our own. */
export interface ClusterProps {
  /** 1 to 255 letters, digits, `_` or `-`. */
  readonly name: string;
  /** @default "enabled" */
  readonly containerInsights?: ContainerInsights;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html */
export type ContainerInsights = "enabled" | "enhanced" | "disabled";

/**
 * An ECS cluster with Container Insights.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
 * @throws InvalidInputError for a name or a setting that ECS does not take
 */
export class Cluster extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { name, containerInsights = "enabled" } = props;
    checkEcsName("cluster name", name);
    checkOneOf("containerInsights", containerInsights, ["enabled", "enhanced", "disabled"]);
    const cluster = new EcsCluster(this, "Default", {
      name,
      setting: [{ name: "containerInsights", value: containerInsights }],
    });
    this.arn = cluster.arn;
  }
}
