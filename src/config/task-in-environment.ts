import { capacityFault } from "../model/cluster";
import type { PinnedFargateJobProps } from "../model/job";
import { regionFaults } from "../model/regional-arns";
import { roleAccountFaults, withBoundary } from "../model/roles";
import type { PinnedFargateServiceProps } from "../model/service";
import { mergedTagFaults } from "../model/tags";
import { withRegistry } from "./repositories";
import type { EnvironmentConfig, Surroundings } from "./types";

type Task = PinnedFargateServiceProps | PinnedFargateJobProps;

/** With what the environment adds to every service and job: the boundary, the account of the registry, the sessions. */
export function completed<T extends Task>(task: T, { environment, registry }: Surroundings): T {
  const limited = withBoundary({ ...task, ...sessionsIn(environment, task) }, environment.permissionsBoundary);
  return withRegistry(limited, registry, environment);
}

/** The permissions that the task role needs depend on how the cluster of the environment logs the sessions. */
function sessionsIn({ cluster }: EnvironmentConfig, { executeCommand }: Pick<Task, "executeCommand">) {
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
