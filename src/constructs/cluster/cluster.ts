import {
  EcsCluster,
  type EcsClusterConfigurationExecuteCommandConfiguration,
} from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Construct } from "constructs";

import { sharesOf } from "../../model/capacity";
import { ownCluster, type ClusterProps } from "../../model/cluster";
import { sessionLogging, type ParsedSessions } from "../../model/execute-command";
import { parse } from "../../model/problems";

/**
 * An ECS cluster with Container Insights, and with the capacity providers that it offers to its services.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
 * @throws InvalidInputError for a name or a setting that ECS does not accept
 */
export class Cluster extends Construct {
  readonly resource: EcsCluster;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { name, containerInsights, executeCommand, ...capacity } = parse(ownCluster, props, `Cluster "${id}"`);
    const { capacityProviders, defaultCapacityProviderStrategy: strategy } = capacity;
    this.resource = new EcsCluster(this, "Default", {
      name,
      setting: [{ name: "containerInsights", value: containerInsights }],
      configuration: executeCommand && { executeCommandConfiguration: sessionConfiguration(executeCommand) },
    });
    this.arn = this.resource.arn;
    if (capacityProviders === undefined) return;
    new EcsClusterCapacityProviders(this, "capacity-providers", {
      clusterName: this.resource.name,
      capacityProviders: [...capacityProviders],
      ...(strategy && { defaultCapacityProviderStrategy: sharesOf(strategy) }),
    });
  }
}

/** @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_cluster#execute_command_configuration */
function sessionConfiguration(sessions: ParsedSessions): EcsClusterConfigurationExecuteCommandConfiguration {
  const { logGroup, cloudWatchEncryptionEnabled, s3Bucket, s3KeyPrefix, s3EncryptionEnabled, kmsKeyArn } = sessions;
  const logging = sessionLogging(sessions);
  return {
    kmsKeyId: kmsKeyArn,
    logging,
    logConfiguration:
      logging === "OVERRIDE"
        ? {
            cloudWatchLogGroupName: logGroup,
            cloudWatchEncryptionEnabled,
            s3BucketName: s3Bucket,
            s3KeyPrefix,
            s3BucketEncryptionEnabled: s3EncryptionEnabled,
          }
        : undefined,
  };
}
