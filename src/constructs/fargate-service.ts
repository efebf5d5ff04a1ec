import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Op, TerraformSelf, type ITerraformDependable, type Postcondition } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError } from "../errors";
import { checkBoolean, checkEcsName, checkOneOf, checkWholeNumber, isToken } from "./aws-names";
import type { ServiceNetwork } from "./service-network";
import type { TaskDefinition } from "./task-definition";

/** How a service is deployed. */
export interface DeploymentProps {
  /** Tasks to run: 0 to 5000. 0 is a value: nothing runs. @default 1 */
  readonly desiredCount?: number;
  /** Percent of `desiredCount` that stays up during a deployment: 0 to 100. @default 100 */
  readonly minimumHealthyPercent?: number;
  /** Percent of `desiredCount` that may run during a deployment: 100 to 200. @default 200 */
  readonly maximumPercent?: number;
  /** Whether ECS moves tasks to spread them over availability zones. @default "ENABLED" */
  readonly availabilityZoneRebalancing?: "ENABLED" | "DISABLED";
  /**
   * Whether a deploy ends only when the tasks run. Without, a deploy that ECS rolls back later has succeeded already.
   * @default true
   */
  readonly waitForSteadyState?: boolean;
}

/** A service on Fargate. */
export interface FargateServiceProps extends DeploymentProps {
  /** 1 to 255 letters, digits, `_` or `-`. */
  readonly name: string;
  /** ARN of the cluster. By name, each change would replace the service. */
  readonly clusterArn: string;
  readonly taskDefinition: TaskDefinition;
  readonly network: ServiceNetwork;
  /** What must exist before a task starts: its log group, the rights to pull and to log, the way out. */
  readonly startsAfter: ITerraformDependable[];
}

/**
 * An ECS service on Fargate. The circuit breaker rolls a failed deployment back to the last one that completed;
 * the postcondition then fails the deploy, which AWS provider 5 alone would call a success. (Version 6 fails by itself.)
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 * @throws InvalidInputError for a name, a count or percentages that ECS does not take
 */
export class FargateService extends Construct {
  readonly name: string;
  /** ARN of the revision that the service ended on: the planned one, unless ECS rolled back. */
  readonly taskDefinitionArn: string;

  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const { name, taskDefinition, network } = props;
    const {
      desiredCount = 1,
      minimumHealthyPercent = 100,
      maximumPercent = 200,
      availabilityZoneRebalancing = "ENABLED",
      waitForSteadyState = true,
    } = props;
    checkEcsName("service name", name);
    checkWholeNumber("desiredCount", desiredCount, 0, 5000);
    checkPercents(minimumHealthyPercent, maximumPercent, availabilityZoneRebalancing);
    checkBoolean("waitForSteadyState", waitForSteadyState);
    checkRoom(desiredCount, minimumHealthyPercent, maximumPercent);

    const service = new EcsService(this, "Default", {
      name,
      cluster: props.clusterArn,
      taskDefinition: taskDefinition.arn,
      desiredCount,
      launchType: "FARGATE",
      networkConfiguration: {
        subnets: network.subnets,
        securityGroups: network.securityGroups,
        assignPublicIp: network.assignPublicIp,
      },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: minimumHealthyPercent,
      deploymentMaximumPercent: maximumPercent,
      availabilityZoneRebalancing,
      waitForSteadyState,
      dependsOn: props.startsAfter,
      lifecycle: { postcondition: [endsOnPlannedRevision(taskDefinition.arn)] },
    });
    this.name = service.name;
    this.taskDefinitionArn = service.taskDefinition;
  }
}

function endsOnPlannedRevision(planned: string): Postcondition {
  return {
    condition: Op.eq(TerraformSelf.getString("task_definition"), planned),
    errorMessage: `ECS rolled the deployment back: \${self.name} runs \${self.task_definition}, not ${planned}. The events of the service and the stopped tasks say why.`,
  };
}

function checkPercents(minimumHealthyPercent: number, maximumPercent: number, rebalancing: string): void {
  checkWholeNumber("minimumHealthyPercent", minimumHealthyPercent, 0, 100);
  checkWholeNumber("maximumPercent", maximumPercent, 100, 200);
  checkOneOf("availabilityZoneRebalancing", rebalancing, ["ENABLED", "DISABLED"]);
  if ([minimumHealthyPercent, maximumPercent].some(isToken) || maximumPercent > 100) return;
  if (minimumHealthyPercent === 100) {
    throw new InvalidInputError(
      "minimumHealthyPercent 100 and maximumPercent 100 leave no room to deploy; lower the one or raise the other",
    );
  }
  if (rebalancing === "ENABLED") {
    throw new InvalidInputError(
      'maximumPercent 100 leaves no room for availabilityZoneRebalancing; raise it, or set "DISABLED"',
    );
  }
}

/**
 * A deployment must be able to start a task or to stop one. ECS rounds what stays up to whole tasks upwards, and what
 * may run downwards.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
function checkRoom(desiredCount: number, minimumHealthyPercent: number, maximumPercent: number): void {
  if ([desiredCount, minimumHealthyPercent, maximumPercent].some(isToken) || desiredCount === 0) return;
  const staysUp = Math.ceil((desiredCount * minimumHealthyPercent) / 100);
  const mayRun = Math.floor((desiredCount * maximumPercent) / 100);
  if (staysUp < mayRun) return;
  throw new InvalidInputError(
    `minimumHealthyPercent ${String(minimumHealthyPercent)} and maximumPercent ${String(maximumPercent)} leave no room to deploy with desiredCount ${String(desiredCount)} (at least ${String(staysUp)} stay up, at most ${String(mayRun)} run); lower the one or raise the other`,
  );
}
