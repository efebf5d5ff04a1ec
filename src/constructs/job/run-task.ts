import { sharesOf, type ServiceCapacity } from "../../model/capacity";
import { isEnabled, type ExecuteCommand } from "../../model/execute-command";
import type { ServiceNetwork } from "../network/service-network";
import type { TaskDefinition } from "../task/task-definition";

/** What ECS needs to run the task of a job. */
export interface RunTaskProps {
  readonly clusterArn: string;
  readonly taskDefinition: TaskDefinition;
  readonly network: ServiceNetwork;
  readonly settings: ServiceCapacity & { readonly executeCommand?: ExecuteCommand };
}

/** What a task runs on, and whether people may run commands in it: what a request and a schedule have in common. */
export function launchOf({
  capacityProviderStrategy: strategy,
  platformVersion,
  executeCommand,
}: RunTaskProps["settings"]) {
  return {
    ...(strategy === undefined && { launchType: "FARGATE" }),
    ...(typeof strategy === "object" && { capacityProviderStrategy: sharesOf(strategy) }),
    ...(platformVersion !== undefined && { platformVersion }),
    ...(isEnabled(executeCommand) && { enableExecuteCommand: true }),
  };
}

/**
 * The input of `aws ecs run-task --cli-input-json`, which runs the task once. Its tags are those of the task definition.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export function runTaskInput(props: RunTaskProps): Readonly<Record<string, unknown>> {
  const { clusterArn, taskDefinition, network, settings } = props;
  return {
    cluster: clusterArn,
    taskDefinition: taskDefinition.arn,
    ...launchOf(settings),
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: network.subnets,
        securityGroups: network.securityGroups,
        assignPublicIp: network.assignPublicIp ? "ENABLED" : "DISABLED",
      },
    },
    propagateTags: "TASK_DEFINITION",
    enableECSManagedTags: true,
  };
}
