import { capacityFault } from "../model/cluster";
import { sessionKeyFault } from "../model/execute-command";
import type { PinnedFargateJobProps } from "../model/job";
import { roleAccountFaults } from "../model/roles";
import type { PinnedFargateServiceProps } from "../model/service";
import { logKeyFault } from "../model/task";
import { volumeKeyFaults } from "../model/volume";
import type { EnvironmentConfig } from "./types";

type Task = PinnedFargateServiceProps | PinnedFargateJobProps;

/** The permissions that the task role needs depend on how the cluster of the environment logs the sessions. */
export function sessionsIn({ cluster }: EnvironmentConfig, { executeCommand }: Pick<Task, "executeCommand">) {
  const sessions = cluster?.executeCommand;
  return executeCommand === true && sessions !== undefined && { executeCommand: sessions };
}

/** What is wrong with the task of a service or a job in this environment alone. */
export function placeFaults(task: Task, { region, accountId, cluster }: EnvironmentConfig): string[] {
  const sessionFault = sessionKeyFault(task.executeCommand, region);
  const faults = [
    ...roleAccountFaults(task, accountId),
    ...volumeKeyFaults(task.volumes, region),
    logKeyFault(task, region),
    sessionFault && `executeCommand: ${sessionFault}`,
    capacityFault(task, cluster),
  ];
  return faults.filter((fault) => fault !== undefined);
}
