import type { ParsedContainer } from "../../model/container";
import type { Mounted } from "../../model/mount";

/** What a container waits for, as ECS accepts it. */
export function dependencies({ dependsOn }: Pick<ParsedContainer, "dependsOn">): object[] {
  return Object.entries(dependsOn).map(([containerName, condition]) => ({ containerName, condition }));
}

/** The mounts of a container, as ECS accepts them. */
export function mountDefinitions(mounts: readonly Mounted[]): object[] {
  return mounts.map(({ sourceVolume, containerPath, readOnly }) => ({
    sourceVolume,
    containerPath,
    ...(readOnly !== undefined && { readOnly }),
  }));
}

/** The containers whose volumes a container mounts, as ECS accepts them. */
export function volumeSources({ volumesFrom }: Pick<ParsedContainer, "volumesFrom">): object[] {
  return Object.entries(volumesFrom).map(([sourceContainer, { readOnly }]) => ({
    sourceContainer,
    ...(readOnly !== undefined && { readOnly }),
  }));
}

/** The parameters of the kernel, as ECS accepts them. */
export function kernelParameters({ systemControls }: Pick<ParsedContainer, "systemControls">): object[] {
  return Object.entries(systemControls).map(([namespace, value]) => ({ namespace, value }));
}
