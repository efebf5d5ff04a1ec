import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { parse } from "../../model/problems";
import { fargateService, type PinnedFargateServiceProps } from "../../model/service";
import type { Volume } from "../../model/volume";
import { repeatedAddresses } from "../addresses";
import { grantExecuteCommand } from "../iam/execute-command";
import type { Role } from "../iam/role";
import type { SecurityGroup } from "../network/security-group";
import { ServiceNetwork } from "../network/service-network";
import type { Container } from "../task/container";
import type { ContainerImage } from "../task/container-image";
import { FargateTask } from "../task/fargate-task";
import type { LogGroup } from "../task/log-group";
import type { TaskDefinition } from "../task/task-definition";
import { clusterArn } from "./cluster-lookup";
import { FargateService } from "./fargate-service";
import { ManagedEbsVolume, ebsVolumeOf } from "./managed-ebs-volume";
import { RunningService } from "./running-service";

/**
 * An ECS service on Fargate whose images are all pinned, with its log group, its roles and its network. It works in any
 * `TerraformStack` with an AWS provider. Each part has its Terraform resource in `resource`, for `addOverride`.
 *
 * ```ts
 * const service = new PinnedFargateService(this, "web", { name: "web", cluster: "default", … });
 * service.container("web").addEnvironment("QUEUE_URL", queue.url);
 * service.taskRole.allow({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
 * ```
 *
 * @throws InvalidInputError with a line for each problem of the props
 */
export class PinnedFargateService extends Construct {
  readonly cluster: { readonly arn: string };
  readonly network: ServiceNetwork;
  readonly service: FargateService;
  /** The EBS volume of each task, with its role. `undefined` if `volumes` has none. */
  readonly ebsVolume?: ManagedEbsVolume;

  private readonly task: FargateTask;
  private readonly needed: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: PinnedFargateServiceProps) {
    super(scope, id);
    const service = parse(fargateService, props, `PinnedFargateService "${id}"`);
    const { name, names, cluster, network, ingress } = service;
    this.cluster = { arn: clusterArn(this, "cluster", cluster) };
    this.node.addValidation({ validate: () => repeatedAddresses(this) });
    const running = new RunningService(this, "running", { name: names?.service ?? name, clusterArn: this.cluster.arn });
    this.task = new FargateTask(this, "Default", { kind: "service", name, task: service, running });
    if (service.executeCommand !== undefined && service.executeCommand !== false) {
      grantExecuteCommand(this.taskRole, service.executeCommand, this.task.logGroupArns);
    }
    this.network = new ServiceNetwork(this, "network", { name, groupName: names?.securityGroup, network, ingress });
    const ebs = ebsVolumeOf(service.volumes);
    this.ebsVolume = ebs && new ManagedEbsVolume(this, "ebs-volume", { name, ...ebs, account: this.taskRole.account });
    this.service = new FargateService(this, "service", {
      service,
      clusterArn: this.cluster.arn,
      taskDefinition: this.taskDefinition,
      network: this.network,
      volumeConfiguration: this.ebsVolume?.configuration,
      startsAfter: () => [
        ...this.task.startsAfter,
        ...(this.securityGroup?.rules ?? []),
        ...(this.ebsVolume?.role.policies ?? []),
        ...this.needed,
      ],
    });
  }

  /** The role of the code in the containers. It has only the permissions that the props, `allow` or `attach` grant. */
  get taskRole(): Role {
    return this.task.taskRole;
  }

  /** The role under which ECS pulls the images and writes the logs. */
  get executionRole(): Role {
    return this.task.executionRole;
  }

  /** The service's own. `undefined` if the network names existing subnets and security groups. */
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
   * @throws InvalidInputError for a name that is taken or not valid, and for an EBS volume, which belongs in the props
   */
  addVolume(name: string, volume: Volume): void {
    this.task.volumes.add(name, volume);
  }

  /** No task starts before these exist: a listener, a route, a policy of your own. */
  startAfter(...needed: ITerraformDependable[]): void {
    this.needed.push(...needed);
  }
}
