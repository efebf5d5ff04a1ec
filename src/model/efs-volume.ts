import type { z } from "zod";

import { ec2Id } from "./arn";
import { flag, isToken, object, oneOf, wholeNumber } from "./leaves";
import { problem } from "./problems";
import { absolutePath } from "./text";

/**
 * A file system in Amazon EFS. It outlives the tasks, and all of them share it. Its security group must let in the
 * service's own on port 2049, and it needs a mount target in the availability zone of every subnet.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
 */
export const efsVolume = object({
  /** Id of the file system: `fs-0123456789abcdef0`. */
  fileSystemId: ec2Id("fs"),
  /**
   * Id of the access point that tasks mount: `fsap-0123456789abcdef0`. It sets the user and the folder.
   * @default - none
   */
  accessPointId: ec2Id("fsap").optional(),
  /**
   * Folder of the file system that is mounted: an absolute path. It must exist, or no task starts. An access point
   * brings a folder of its own.
   * @default - "/", or that of the access point
   */
  rootDirectory: absolutePath.optional(),
  /** Whether traffic to the file system is encrypted. @default "ENABLED" */
  transitEncryption: oneOf("ENABLED", "DISABLED").default("ENABLED"),
  /** Port of the host for encrypted traffic: 1 to 65535. @default - chosen by the EFS mount helper */
  transitEncryptionPort: wholeNumber(1, 65_535).optional(),
  /**
   * Whether tasks mount the file system as their task role. `"ENABLED"` lets the role mount this file system, by this
   * access point if there is one, and write to it if a container may.
   * @default "DISABLED"
   */
  iam: oneOf("ENABLED", "DISABLED").default("DISABLED"),
  /**
   * Whether root in a container is root in the file system (`ClientRootAccess`); otherwise EFS treats it as a user
   * without rights. Only with `iam`; an access point with a user of its own does not need it.
   * @default false
   */
  rootAccess: flag.default(false),
}).superRefine((volume, context) => {
  for (const fault of efsFaults(volume)) problem(context, [], fault);
});
export interface EfsVolume extends z.input<typeof efsVolume> {}
export type ParsedEfsVolume = z.output<typeof efsVolume>;

function efsFaults(volume: ParsedEfsVolume): string[] {
  const { accessPointId, rootDirectory = "/", transitEncryption, transitEncryptionPort, iam, rootAccess } = volume;
  const faults: string[] = [];
  if (accessPointId !== undefined && rootDirectory !== "/" && !isToken(rootDirectory)) {
    faults.push("an access point has a root directory of its own; remove rootDirectory");
  }
  if (transitEncryption === "DISABLED") {
    const needed = [
      ...(accessPointId === undefined ? [] : ["accessPointId"]),
      ...(iam === "ENABLED" ? ["iam"] : []),
      ...(transitEncryptionPort === undefined ? [] : ["transitEncryptionPort"]),
    ];
    if (needed.length > 0) faults.push(`${needed.join(" and ")} need transitEncryption "ENABLED"; remove "DISABLED"`);
  }
  if (rootAccess && iam === "DISABLED") faults.push('rootAccess is a right of the task role; set iam to "ENABLED"');
  return faults;
}
