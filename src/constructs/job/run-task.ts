import type { ServiceNetwork } from "../network/service-network";
import type { TaskDefinition } from "../task/task-definition";

/** What ECS needs to run the task of a job. */
export interface RunTaskProps {
  readonly clusterArn: string;
  readonly taskDefinition: TaskDefinition;
  readonly network: ServiceNetwork;
}

/**
 * The input of `aws ecs run-task --cli-input-json`, which runs the task once. Its tags are those of the task definition.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export function runTaskInput({ clusterArn, taskDefinition, network }: RunTaskProps): Readonly<Record<string, unknown>> {
  return {
    cluster: clusterArn,
    taskDefinition: taskDefinition.arn,
    launchType: "FARGATE",
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
