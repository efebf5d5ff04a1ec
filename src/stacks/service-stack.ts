import { DataAwsEcsCluster } from "@cdktf/provider-aws/lib/data-aws-ecs-cluster";
import { Op, TerraformLocal, conditional } from "cdktf";
import type { Construct } from "constructs";

import { checkEcsName, checkKmsKeyRegion } from "../constructs/aws-names";
import type { ContainerProps } from "../constructs/container";
import { CurrentAccount } from "../constructs/current-account";
import { ExecutionRole } from "../constructs/execution-role";
import { FargateService, type DeploymentProps } from "../constructs/fargate-service";
import { ServiceLogGroup } from "../constructs/service-log-group";
import { ServiceNetwork, type NetworkProps } from "../constructs/service-network";
import type { IngressRule } from "../constructs/service-security-group";
import { TaskDefinition, type CpuArchitecture } from "../constructs/task-definition";
import { TaskRole } from "../constructs/task-role";
import { AwsStack, type AwsStackProps } from "./aws-stack";

/** A service in an environment. */
export interface ServiceStackProps extends AwsStackProps, DeploymentProps {
  /** Name of the cluster, which exists when this stack is deployed. */
  readonly cluster: string;
  readonly network: NetworkProps;
  /** Who may reach the tasks. @default [] */
  readonly ingress?: readonly IngressRule[];
  /** CPU units of a task. */
  readonly cpu: number;
  /** MiB of a task. */
  readonly memory: number;
  /** @default "X86_64" */
  readonly cpuArchitecture?: CpuArchitecture;
  readonly containers: readonly ContainerProps[];
  /** Days that logs are kept. @default 30 */
  readonly logRetentionDays?: number;
  /** ARN of the KMS key that encrypts the logs. @default - a key of CloudWatch Logs */
  readonly logKmsKeyArn?: string;
}

/** An ECS service with pinned images, its log group, its roles and its network. The stack's id names them all. */
export class ServiceStack extends AwsStack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    checkEcsName("cluster", props.cluster);
    const account = new CurrentAccount(this, "account", { region: props.region });
    const cluster = new DataAwsEcsCluster(this, "cluster", { clusterName: props.cluster });
    const logGroup = new ServiceLogGroup(this, "log-group", {
      ...pick(props, ["logRetentionDays", "logKmsKeyArn"]),
      name: `/ecs/${id}`,
    });
    if (props.logKmsKeyArn !== undefined) checkKmsKeyRegion("logKmsKeyArn", props.logKmsKeyArn, props.region);
    const executionRole = new ExecutionRole(this, "execution-role", { name: `${id}-execution`, account });
    const taskDefinition = new TaskDefinition(this, "task-definition", {
      ...pick(props, ["cpu", "memory", "cpuArchitecture", "containers", "region"]),
      family: id,
      logGroup,
      executionRole,
      taskRole: new TaskRole(this, "task-role", { name: `${id}-task`, account }),
    });
    const network = new ServiceNetwork(this, "network", { name: id, network: props.network, ingress: props.ingress });
    const service = new FargateService(this, "service", {
      ...pick(props, [
        "desiredCount",
        "minimumHealthyPercent",
        "maximumPercent",
        "availabilityZoneRebalancing",
        "waitForSteadyState",
      ]),
      name: id,
      clusterArn: cluster.arn,
      taskDefinition,
      network,
      startsAfter: [logGroup.resource, executionRole.policy, ...network.egress],
    });
    this.declareOutputs(service, cluster, taskDefinition, logGroup);
  }

  private declareOutputs(
    service: FargateService,
    cluster: DataAwsEcsCluster,
    taskDefinition: TaskDefinition,
    logGroup: ServiceLogGroup,
  ): void {
    this.output("service_name", "Name of the service", service.name);
    this.output("cluster_arn", "ARN of the cluster", cluster.arn);
    this.output("task_definition_arn", "ARN of the revision that the service runs", service.taskDefinitionArn);
    this.output("log_group_name", "CloudWatch Logs group of the containers", logGroup.name);
    // An image is known when it is planned, and Terraform would keep it in the state even if ECS rolls it back.
    // Whoever refreshes the state while another revision runs sees null.
    const isDeployed = Op.eq(service.taskDefinitionArn, taskDefinition.arn);
    const planned = new TerraformLocal(this, "planned-images", imagesOf(taskDefinition));
    const images: unknown = conditional(isDeployed, planned.fqn, null);
    this.output("images", "Image of each container that the service runs", images);
  }
}

function imagesOf({ images }: TaskDefinition): Record<string, object> {
  return Object.fromEntries(
    [...images].map(([container, { repositoryUrl, tag, digest, reference }]) => [
      container,
      { repository: repositoryUrl, ...(tag !== undefined && { tag }), digest, reference },
    ]),
  );
}

function pick<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as Pick<T, K>;
}
