import { Aspects } from "cdktf";
import { Construct } from "constructs";

import { fargateJob, type PinnedFargateJobProps } from "../../model/job";
import { parse } from "../../model/problems";
import type { Volume } from "../../model/volume";
import { repeatedAddresses } from "../addresses";
import type { Role } from "../iam/role";
import type { SecurityGroup } from "../network/security-group";
import { ServiceNetwork } from "../network/service-network";
import { ResourceTags } from "../resource-tags";
import { clusterArn } from "../service/cluster-lookup";
import { RunningService } from "../service/running-service";
import type { Container } from "../task/container";
import type { ContainerImage } from "../task/container-image";
import { FargateTask } from "../task/fargate-task";
import type { LogGroup } from "../task/log-group";
import type { TaskDefinition } from "../task/task-definition";
import { runTaskInput } from "./run-task";
import { Schedule } from "./schedule";

/**
 * A task on Fargate that ends, whose images are all pinned, with its log group, its roles and its network. It runs on a
 * schedule, or whenever somebody starts it with `runTask`. It works in any `TerraformStack` with an AWS provider.
 *
 * ```ts
 * const job = new PinnedFargateJob(this, "migrate", { name: "migrate", cluster: "default", … });
 * new TerraformOutput(this, "run_task", { value: job.runTask });
 * ```
 *
 * @throws InvalidInputError with a line for each problem of the props
 */
export class PinnedFargateJob extends Construct {
  readonly cluster: { readonly arn: string };
  readonly network: ServiceNetwork;
  /** `undefined` if nothing starts the job by itself. */
  readonly schedule?: Schedule;
  /** The input of `aws ecs run-task --cli-input-json`. */
  readonly runTask: Readonly<Record<string, unknown>>;

  private readonly task: FargateTask;

  constructor(scope: Construct, id: string, props: PinnedFargateJobProps) {
    super(scope, id);
    const job = parse(fargateJob, props, `PinnedFargateJob "${id}"`);
    const { name, network, schedule, keepsBuildOf, tags } = job;
    if (tags) Aspects.of(this).add(new ResourceTags(tags));
    this.cluster = { arn: clusterArn(this, "cluster", job.cluster) };
    this.node.addValidation({ validate: () => repeatedAddresses(this) });
    const running = new RunningService(this, "running", {
      name: keepsBuildOf?.service ?? "",
      clusterArn: this.cluster.arn,
    });
    this.task = new FargateTask(this, "Default", {
      kind: "job",
      name,
      task: job,
      running: { buildOf: (container) => running.buildOf(keepsBuildOf?.container ?? container) },
    });
    this.network = new ServiceNetwork(this, "network", { name, network, ingress: [] });
    const parts = {
      clusterArn: this.cluster.arn,
      taskDefinition: this.taskDefinition,
      network: this.network,
      settings: job,
    };
    this.runTask = runTaskInput(parts);
    this.schedule =
      schedule &&
      new Schedule(this, "schedule", {
        ...parts,
        name,
        schedule,
        task: this.task,
        permissionsBoundary: job.permissionsBoundary,
      });
  }

  /** The role of the code in the containers. It has no permissions until `allow` or `attach` grants some. */
  get taskRole(): Role {
    return this.task.taskRole;
  }

  /** The role under which ECS pulls the images and writes the logs. */
  get executionRole(): Role {
    return this.task.executionRole;
  }

  /** The job's own. `undefined` if the network names existing subnets and security groups. */
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
   * Adds a volume that containers can mount, as in a service.
   * @throws InvalidInputError for a name that is taken or not valid, and for an EBS volume
   */
  addVolume(name: string, volume: Volume): void {
    this.task.volumes.add(name, volume);
  }
}
