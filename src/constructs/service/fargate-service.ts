import { EcsService, type EcsServiceVolumeConfiguration } from "@cdktf/provider-aws/lib/ecs-service";
import { Fn, Lazy, Op, TerraformSelf, dependable, type ITerraformDependable, type Postcondition } from "cdktf";
import { Construct } from "constructs";

import { isEnabled } from "../../model/execute-command";
import type { ParsedService } from "../../model/service";
import type { ServiceNetwork } from "../network/service-network";
import type { TaskDefinition } from "../task/task-definition";
import { TerraformData } from "../terraform-data";

/** A service on Fargate. */
export interface FargateServiceProps {
  readonly service: ParsedService;
  /** ARN of the cluster, never its name: Terraform replaces a service whose cluster changes from one to the other. */
  readonly clusterArn: string;
  readonly taskDefinition: TaskDefinition;
  readonly network: ServiceNetwork;
  /** The volume that each task gets. @default - none */
  readonly volumeConfiguration?: EcsServiceVolumeConfiguration;
  /** What must exist before a task starts, read when the stack is written: log group, permissions, rules. */
  startsAfter(): readonly ITerraformDependable[];
}

/**
 * An ECS service on Fargate. The circuit breaker rolls a failed deployment back to the last one that completed; the
 * postcondition then fails the deploy, which AWS provider 5 alone would report as a success, and would go on to delete
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
    this.renewWith(props);
    this.resource = new EcsService(this, "Default", {
      name: service.names?.service ?? service.name,
      cluster: props.clusterArn,
      taskDefinition: taskDefinition.arn,
      desiredCount: service.desiredCount === "keep" ? 1 : service.desiredCount,
      launchType: "FARGATE",
      networkConfiguration: {
        subnets: network.subnets,
        securityGroups: network.securityGroups,
        assignPublicIp: network.assignPublicIp,
      },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: service.minimumHealthyPercent,
      deploymentMaximumPercent: service.maximumPercent,
      availabilityZoneRebalancing: service.availabilityZoneRebalancing,
      // Fargate bills tasks, not services. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
      propagateTags: "SERVICE",
      enableEcsManagedTags: true,
      enableExecuteCommand: isEnabled(service.executeCommand) || undefined,
      waitForSteadyState: service.waitForSteadyState,
      timeouts: service.timeouts,
      volumeConfiguration: props.volumeConfiguration,
      lifecycle: {
        ...(service.desiredCount === "keep" && { ignoreChanges: ["desired_count"] }),
        postcondition: [endsOnPlannedRevision(taskDefinition.arn)],
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
   * Another network gets another revision, or nobody would notice that ECS rolled back a service whose tasks do not
   * start there: after an update, the provider's framework puts the planned subnets and security groups into the state,
   * whatever ECS says. Nor would a service deploy that commands may be run in its containers, which only new tasks allow.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
   */
  private renewWith({
    service,
    network: { subnets, securityGroups, assignPublicIp },
    taskDefinition,
  }: FargateServiceProps): void {
    const network = new TerraformData(this, "network", {
      subnets: Fn.toset(subnets),
      securityGroups: Fn.toset(securityGroups),
      assignPublicIp,
      ...(isEnabled(service.executeCommand) && { executeCommand: true }),
    });
    // An override, which is still there if somebody sets the lifecycle.
    taskDefinition.resource.addOverride("lifecycle.replace_triggered_by", [dependable(network)]);
  }
}

const CAUSES =
  "Either ECS rolled the deployment back, because its tasks did not start or did not stay up, or another deploy came in between. The deployments and events of the service say which; after a rollback, its stopped tasks and its log group say why.";

function endsOnPlannedRevision(planned: string): Postcondition {
  return {
    condition: Op.eq(TerraformSelf.getString("task_definition"), planned),
    errorMessage: `\${self.name} ended on \${self.task_definition}, not on the planned ${planned}. ${CAUSES}`,
  };
}
