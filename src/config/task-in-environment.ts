import { capacityFault } from "../model/cluster";
import type { PinnedFargateJobProps } from "../model/job";
import { regionFaults } from "../model/regional-arns";
import { roleAccountFaults } from "../model/roles";
import type { PinnedFargateServiceProps } from "../model/service";
import { mergedTagFaults } from "../model/tags";
import type { EnvironmentConfig } from "./types";

type Task = PinnedFargateServiceProps | PinnedFargateJobProps;

/** The permissions that the task role needs depend on how the cluster of the environment logs the sessions. */
export function sessionsIn({ cluster }: EnvironmentConfig, { executeCommand }: Pick<Task, "executeCommand">) {
  const sessions = cluster?.executeCommand;
  return executeCommand === true && sessions !== undefined && { executeCommand: sessions };
}

/** What is wrong with the task of a service or a job in this environment alone. */
export function placeFaults(task: Task, { region, accountId, cluster, tags }: EnvironmentConfig): string[] {
  const capacity = capacityFault(task, cluster);
  return [
    ...roleAccountFaults(task, accountId),
    ...regionFaults(task, region),
    ...(capacity === undefined ? [] : [capacity]),
    ...mergedTagFaults(task.tags, tags),
  ];
}
