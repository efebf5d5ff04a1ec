import type { ParsedContainer } from "../../model/container";
import type { ParsedLinuxParameters } from "../../model/linux-parameters";
import type { Mounted } from "../../model/mount";
import { onlySet } from "../only-set";
import type { ContainerImage } from "./container-image";
import { dependencies, kernelParameters, mountDefinitions, volumeSources } from "./container-storage";
import { firelensConfiguration, logConfiguration, type LogDestination } from "./log-configuration";
import { sortedPairs } from "./sorted-pairs";

/** A container whose variables and labels are all text, with all its mounts. */
export interface DefinedContainer extends Omit<
  ParsedContainer,
  "environment" | "secrets" | "repositoryCredentials" | "dockerLabels"
> {
  readonly environment: Readonly<Record<string, string>>;
  /** What ECS reads each value from, by name of the variable. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The same, by name of the option of the log driver. */
  readonly logSecrets: Readonly<Record<string, string>>;
  /** ARN of the secret that ECS signs in to the registry with. */
  readonly repositoryCredentials: string | undefined;
  readonly dockerLabels: Readonly<Record<string, string>>;
  readonly mounts: readonly Mounted[];
}

type PortMapping = ParsedContainer["portMappings"][number];

/**
 * The container definition as ECS accepts it, with only what is set: the provider shows an empty list or a `null`
 * as a change.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinition(
  container: DefinedContainer,
  image: ContainerImage,
  destination: LogDestination,
): Readonly<Record<string, unknown>> {
  return onlySet({
    name: container.name,
    image: image.reference,
    repositoryCredentials: onlySet({ credentialsParameter: container.repositoryCredentials }),
    essential: container.essential,
    command: container.command,
    entryPoint: container.entryPoint,
    workingDirectory: container.workingDirectory,
    user: container.user ?? (container.firelensConfiguration && ROUTER_USER),
    environment: sortedPairs(container.environment).map(([name, value]) => ({ name, value })),
    secrets: sortedPairs(container.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    environmentFiles: container.environmentFiles.map((value) => ({ value, type: "s3" })),
    portMappings: container.portMappings.map(portMapping),
    dependsOn: dependencies(container),
    startTimeout: container.startTimeout,
    mountPoints: mountDefinitions(container.mounts),
    volumesFrom: volumeSources(container),
    healthCheck: container.healthCheck && onlySet(container.healthCheck),
    cpu: container.cpu,
    memory: container.memory,
    memoryReservation: container.memoryReservation,
    ulimits: container.ulimits,
    stopTimeout: container.stopTimeout,
    readonlyRootFilesystem: container.readonlyRootFilesystem,
    linuxParameters: container.linuxParameters && linuxParameters(container.linuxParameters),
    systemControls: kernelParameters(container),
    interactive: container.interactive,
    pseudoTerminal: container.pseudoTerminal,
    restartPolicy: container.restartPolicy && onlySet(container.restartPolicy),
    dockerLabels: { ...container.dockerLabels, ...image.dockerLabels },
    logConfiguration: logConfiguration(container, destination),
    firelensConfiguration: container.firelensConfiguration && firelensConfiguration(container.firelensConfiguration),
  });
}

/** ECS sets it for a log router that has none; the provider would show that as a change. */
const ROUTER_USER = "0";

/** With the network mode awsvpc, which a task on Fargate has, the host port is the container port. */
function portMapping({ containerPort, protocol, name, appProtocol }: PortMapping): object {
  return onlySet({ containerPort, hostPort: containerPort, protocol, name, appProtocol });
}

function linuxParameters({ initProcessEnabled, capabilities, tmpfs }: ParsedLinuxParameters): object {
  return onlySet({
    initProcessEnabled,
    capabilities: capabilities && onlySet(capabilities),
    tmpfs: tmpfs.map((folder) => onlySet(folder)),
  });
}
