import { EcsService, type EcsServiceVolumeConfiguration } from "@cdktf/provider-aws/lib/ecs-service";
import { Fn, Lazy, dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { isEnabled } from "../../model/execute-command";
import type { ParsedService } from "../../model/service";
import { countOf } from "../../model/task-count";
import type { Role } from "../iam/role";
import type { Registration } from "../load-balancing/load-balancing";
import type { ServiceNetwork } from "../network/service-network";
import type { LogDestination } from "../task/log-configuration";
import type { TaskDefinition } from "../task/task-definition";
import { TerraformData } from "../terraform-data";
import { capacityArguments, ignoredCapacity, platformOf } from "./capacity";
import { deploymentArguments, endConditions } from "./deployment";
import { serviceConnectArguments } from "./service-connect";
import type { ServiceDiscovery } from "./service-discovery";

/** A service on Fargate. */
export interface FargateServiceProps {
  readonly service: ParsedService;
  /** ARN of the cluster, never its name: Terraform replaces a service whose cluster changes from one to the other. */
  readonly clusterArn: string;
  readonly taskDefinition: TaskDefinition;
  readonly network: ServiceNetwork;
  /** The volume that each task gets. @default - none */
  readonly volumeConfiguration?: EcsServiceVolumeConfiguration;
  /** Where the tasks are registered. @default - nowhere */
  readonly discovery?: ServiceDiscovery | undefined;
  /** Where the proxy of Service Connect writes its logs. */
  readonly logDestination: LogDestination;
  /** Under which ECS does something for the service; made when it is asked for. */
  readonly infrastructureRole: () => Role;
  /** Where tasks are registered when they start, by a name. */
  readonly loadBalancers: Readonly<Record<string, Registration>>;
  /** What must exist before a task starts, read when the stack is written: log group, permissions, rules. */
  startsAfter(): readonly ITerraformDependable[];
}

/**
 * An ECS service on Fargate. Unless it is off, the circuit breaker rolls a failed deployment back to the last one that
 * completed, and so do alarms; the postcondition then fails the deploy, which AWS provider 5 alone would report as a success, and would go on to delete
 * what the tasks still use. (Version 6 fails by itself.)
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export class FargateService extends Construct {
  readonly resource: EcsService;
  readonly name: string;
  /** ARN of the revision that the service ended up on: the planned one, unless ECS rolled it back. */
  readonly taskDefinitionArn: string;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { service, taskDefinition, network } = props;
    const connections = {
      ...serviceConnectArguments(service, props),
      ...(props.discovery && { serviceRegistries: props.discovery.registry }),
    };
    const { loadBalancers } = props;
    const loadBalancer = Object.values(loadBalancers);
    const balanced = loadBalancer.length > 0;
    this.renewWith(props, { ...connections, ...platformOf(service), ...(balanced && { loadBalancers }) });
    const count = countOf(service);
    const conditions = endConditions(service, taskDefinition.arn);
    this.resource = new EcsService(this, "Default", {
      name: service.names?.service ?? service.name,
      cluster: props.clusterArn,
      taskDefinition: taskDefinition.arn,
      desiredCount: count.atFirst,
      ...capacityArguments(service),
      networkConfiguration: {
        subnets: network.subnets,
        securityGroups: network.securityGroups,
        assignPublicIp: network.assignPublicIp,
      },
      ...deploymentArguments(service, props.infrastructureRole),
      ...connections,
      ...(balanced && { loadBalancer }),
      healthCheckGracePeriodSeconds: service.healthCheckGracePeriod,
      // Fargate bills tasks, not services. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
      propagateTags: "SERVICE",
      enableEcsManagedTags: true,
      enableExecuteCommand: isEnabled(service.executeCommand) || undefined,
      volumeConfiguration: props.volumeConfiguration,
      lifecycle: {
        ...ignored(count.isKept ? ["desired_count"] : [], ignoredCapacity(service)),
        ...(conditions.length > 0 && { postcondition: conditions }),
      },
    });
    this.resource.dependsOn = Lazy.listValue(
      { produce: () => props.startsAfter().map(dependable) },
      { omitEmpty: true },
    );
    this.name = this.resource.name;
    this.taskDefinitionArn = this.resource.taskDefinition;
  }

  /**
   * Another network, or another part of the service without which its tasks may not start, gets another revision, or nobody
   * would notice that ECS rolled it back: after an update, the provider's framework puts the planned subnets and security
   * groups into the state, whatever ECS says. Nor would a service deploy that commands may be run in its containers, which only
   * new tasks allow.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
   */
  private renewWith(
    { service, network: { subnets, securityGroups, assignPublicIp }, taskDefinition }: FargateServiceProps,
    others: Readonly<Record<string, unknown>>,
  ): void {
    const network = new TerraformData(this, "network", {
      subnets: Fn.toset(subnets),
      securityGroups: Fn.toset(securityGroups),
      assignPublicIp,
      ...(isEnabled(service.executeCommand) && { executeCommand: true }),
      ...others,
    });
    // An override, which is still there if somebody sets the lifecycle.
    taskDefinition.resource.addOverride("lifecycle.replace_triggered_by", [dependable(network)]);
  }
}

/** What Terraform does not compare with the config, if anything. */
function ignored(...attributes: readonly (readonly string[])[]): { ignoreChanges?: string[] } {
  const all = attributes.flat();
  return all.length === 0 ? {} : { ignoreChanges: all };
}
