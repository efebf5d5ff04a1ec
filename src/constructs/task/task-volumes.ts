import {
  ecsTaskDefinitionVolumeToTerraform,
  type EcsTaskDefinitionVolume,
} from "@cdktf/provider-aws/lib/ecs-task-definition";

import { InvalidInputError, quote } from "../../errors";
import type { ParsedEfsVolume } from "../../model/efs-volume";
import { missingVolume, unmountedFaults, writableMounts, type Mounted } from "../../model/mount";
import { parse } from "../../model/problems";
import type { ParsedTask } from "../../model/task";
import { volumes as volumesSchema, type ParsedVolume, type Volume } from "../../model/volume";
import type { Role } from "../iam/role";
import type { MountableVolumes } from "./container";

/**
 * The volumes of a task, to which code may add others. The task role may mount those that ask for it, and write to them
 * if a container may.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html
 */
export class TaskVolumes implements MountableVolumes {
  private readonly volumes: Map<string, ParsedVolume>;
  /** Of the writable paths, each of one container. */
  private readonly hidden = new Set<string>();

  /** @param context what problems begin with: `service "shop"` */
  constructor(
    { volumes, containers }: Pick<ParsedTask, "volumes" | "containers">,
    private readonly role: Role,
    private readonly context: string,
  ) {
    this.volumes = new Map(Object.entries(volumes));
    containers.flatMap(writableMounts).forEach(({ sourceVolume }) => this.hidden.add(sourceVolume));
  }

  add(name: string, volume: Volume): void {
    const context = `${this.context}: volumes`;
    const parsed = parse(volumesSchema, { [name]: volume }, context)[name];
    if (this.volumes.has(name) || this.hidden.has(name)) {
      throw new InvalidInputError(`${context}: there already is a volume ${quote(name)}; choose another name`);
    }
    if (parsed?.ebs) {
      throw new InvalidInputError(`${context}: ${quote(name)} is an EBS volume; write it into volumes in the props`);
    }
    this.volumes.set(name, parsed ?? {});
  }

  mount({ sourceVolume, readOnly = false }: Mounted, context: string): void {
    const volume = this.volumes.get(sourceVolume);
    if (!volume && !this.hidden.has(sourceVolume)) {
      throw new InvalidInputError(`${context}: ${missingVolume(sourceVolume, [...this.volumes.keys()])}`);
    }
    if (volume?.efs?.iam === "ENABLED") this.allowMount(volume.efs, readOnly);
  }

  unmountedFaults(mounted: readonly string[]): string[] {
    return unmountedFaults([...this.volumes.keys()], mounted).map((fault) => `${this.context}: volumes: ${fault}`);
  }

  /** The volumes as Terraform reads them, or `undefined` if there are none. */
  blocks(): unknown[] | undefined {
    const volumes = [...this.volumes].map(([name, volume]): EcsTaskDefinitionVolume => ({
      name,
      ...definition(volume),
    }));
    const all = [...volumes, ...[...this.hidden].map((name) => ({ name }))];
    return all.length > 0 ? all.map((each) => ecsTaskDefinitionVolumeToTerraform(each) as unknown) : undefined;
  }

  /** @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
  private allowMount({ fileSystemId, accessPointId, rootAccess }: ParsedEfsVolume, readOnly: boolean): void {
    const arnOf = (resource: string): string => this.role.account.arnOf("elasticfilesystem", resource);
    this.role.grant({
      actions: [
        "elasticfilesystem:ClientMount",
        ...(rootAccess ? ["elasticfilesystem:ClientRootAccess"] : []),
        ...(readOnly ? [] : ["elasticfilesystem:ClientWrite"]),
      ],
      resources: [arnOf(`file-system/${fileSystemId}`)],
      ...(accessPointId !== undefined && {
        conditions: {
          StringEquals: { "elasticfilesystem:AccessPointArn": arnOf(`access-point/${accessPointId}`) },
        },
      }),
    });
  }
}

function definition({ efs, ebs }: ParsedVolume): Omit<EcsTaskDefinitionVolume, "name"> {
  if (ebs) return { configureAtLaunch: true };
  return efs ? { efsVolumeConfiguration: efsDefinition(efs) } : {};
}

function efsDefinition(efs: ParsedEfsVolume): EcsTaskDefinitionVolume["efsVolumeConfiguration"] {
  const { fileSystemId, accessPointId, rootDirectory, transitEncryption, transitEncryptionPort, iam } = efs;
  const isAuthorized = accessPointId !== undefined || iam === "ENABLED";
  return {
    fileSystemId,
    rootDirectory,
    transitEncryption,
    transitEncryptionPort,
    ...(isAuthorized && { authorizationConfig: { accessPointId, iam } }),
  };
}
