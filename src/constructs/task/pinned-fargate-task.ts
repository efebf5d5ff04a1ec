import { Aspects } from "cdktf";
import { Construct } from "constructs";

import type { ParsedIngressRule, ParsedNetwork } from "../../model/network";
import type { ParsedTask } from "../../model/task";
import type { Volume } from "../../model/volume";
import { repeatedAddresses } from "../addresses";
import type { Role } from "../iam/role";
import type { SecurityGroup } from "../network/security-group";
import { ServiceNetwork } from "../network/service-network";
import { ResourceTags } from "../resource-tags";
import { clusterArn, clusterName } from "../service/cluster-lookup";
import { RunningService } from "../service/running-service";
import type { Container } from "./container";
import type { ContainerImage } from "./container-image";
import { FargateTask, type FargateTaskProps } from "./fargate-task";
import type { LogGroup } from "./log-group";
import type { TaskDefinition } from "./task-definition";

/** A task, where it runs, and whose builds it keeps. */
export interface PinnedFargateTaskProps extends Pick<FargateTaskProps, "kind" | "name"> {
  readonly task: ParsedTask;
  /** Name or ARN of the cluster. */
  readonly cluster: string;
  readonly network: ParsedNetwork;
  /** Who may reach the tasks. @default - nobody */
  readonly ingress?: readonly ParsedIngressRule[];
  /** The whole name of the security group. @default - one that is different for each group */
  readonly groupName?: string;
  /** Whose build images have that name none: the container of the same name, unless one is given. */
  readonly keepsBuildOf: { readonly service: string; readonly container?: string };
}

/** What a service and a job have in common: a task whose images are all pinned, in a cluster and a network. */
export abstract class PinnedFargateTask extends Construct {
  readonly cluster: { readonly arn: string; readonly name: string };
  readonly network: ServiceNetwork;

  protected readonly task: FargateTask;

  constructor(scope: Construct, id: string, props: PinnedFargateTaskProps) {
    super(scope, id);
    const { kind, name, task, cluster, network, ingress = [], groupName, keepsBuildOf: kept } = props;
    if (task.tags) Aspects.of(this).add(new ResourceTags(task.tags));
    this.cluster = { arn: clusterArn(this, "cluster", cluster), name: clusterName(cluster) };
    this.node.addValidation({ validate: () => repeatedAddresses(this) });
    const running = new RunningService(this, "running", { name: kept.service, clusterArn: this.cluster.arn });
    this.task = new FargateTask(this, "Default", {
      kind,
      name,
      task,
      running: { buildOf: (container) => running.buildOf(kept.container ?? container) },
    });
    this.network = new ServiceNetwork(this, "network", { name, groupName, network, ingress });
  }

  /** The role of the code in the containers. It has only the permissions that the props, `allow` or `attach` grant. */
  get taskRole(): Role {
    return this.task.taskRole;
  }

  /** The role under which ECS pulls the images and writes the logs. */
  get executionRole(): Role {
    return this.task.executionRole;
  }

  /** The tasks' own. `undefined` if the network names existing subnets and security groups. */
  get securityGroup(): SecurityGroup | undefined {
    return this.network.securityGroup;
  }

  get logGroup(): LogGroup {
    return this.task.logGroup;
  }

  get taskDefinition(): TaskDefinition {
    return this.task.taskDefinition;
  }

  /** The image of each container, by the container's name. */
  get images(): ReadonlyMap<string, ContainerImage> {
    return new Map(this.task.containers.map(({ name, image }) => [name, image]));
  }

  /**
   * A container, to add something to it.
   * @throws InvalidInputError if no container has this name
   */
  container(name: string): Container {
    return this.task.container(name);
  }

  /**
   * Adds a volume that containers can mount, such as a file system that is created in code:
   * `service.addVolume("uploads", { efs: { fileSystemId: fileSystem.id } })`, and then
   * `service.container("web").addMountPoint("uploads", "/srv/uploads")`.
   * @throws InvalidInputError for a name that is taken or not valid, and for an EBS volume, which belongs in the props of
   * a service
   */
  addVolume(name: string, volume: Volume): void {
    this.task.volumes.add(name, volume);
  }
}
