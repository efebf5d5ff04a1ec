import type { z } from "zod";

import { ec2Id, kmsKeyArn } from "./arn";
import { flag, object, oneOf, wholeNumber } from "./leaves";
import { problem } from "./problems";

type Range = readonly [minimum: number, maximum: number];

/**
 * GiB and IOPS that a volume of each type can have. IOPS can only be chosen where a range is given.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html
 */
const TYPES: Readonly<Record<string, { readonly size: Range; readonly iops?: Range; readonly needsIops?: boolean }>> = {
  gp2: { size: [1, 16_384] },
  gp3: { size: [1, 16_384], iops: [3000, 16_000] },
  io1: { size: [4, 16_384], iops: [100, 64_000], needsIops: true },
  io2: { size: [4, 16_384], iops: [100, 256_000], needsIops: true },
  sc1: { size: [125, 16_384] },
  st1: { size: [125, 16_384] },
};

/**
 * A volume in Amazon EBS. ECS creates one for each task, empty or from a snapshot, and deletes it with the task: it is
 * room, not memory.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html
 */
export const ebsVolume = object({
  /**
   * Size in GiB: 1 to 16384; at least 4 with `io1` and `io2`, 125 with `st1` and `sc1`.
   * @default - that of the snapshot; without one, it must be given
   */
  sizeInGiB: wholeNumber(1, 16_384).optional(),
  /** Snapshot that each volume is created from: `snap-0123456789abcdef0`. @default - none: the volume is empty */
  snapshotId: ec2Id("snap").optional(),
  /** Type of the volume. Fargate does not support `standard`. @default "gp3" */
  volumeType: oneOf("gp2", "gp3", "io1", "io2", "sc1", "st1").default("gp3"),
  /**
   * I/O operations per second: 3000 to 16000 with `gp3`, 100 to 64000 with `io1`, 100 to 256000 with `io2`. The others
   * have none to choose.
   * @default - 3000 with `gp3`; `io1` and `io2` must name it
   */
  iops: wholeNumber(100, 256_000).optional(),
  /** MiB per second, with `gp3` only: 125 to 1000. @default - 125 */
  throughput: wholeNumber(125, 1000).optional(),
  /** Whether the volume is encrypted. @default true */
  encrypted: flag.default(true),
  /**
   * ARN of the KMS key that encrypts the volume: `arn:aws:kms:REGION:ACCOUNT:key/ID`. ECS may use it for the volume if
   * the policy of the key leaves that to IAM.
   * @default - the key that EBS uses by default in the region
   */
  kmsKeyArn: kmsKeyArn.optional(),
  /** File system. Must be that of the snapshot, if there is one. @default "xfs" */
  fileSystemType: oneOf("ext3", "ext4", "xfs").default("xfs"),
  /** MiB per second at which a snapshot is loaded: 100 to 300. @default - as the blocks are first read */
  volumeInitializationRate: wholeNumber(100, 300).optional(),
}).superRefine((volume, context) => {
  for (const fault of ebsFaults(volume)) problem(context, [], fault);
});
export interface EbsVolume extends z.input<typeof ebsVolume> {}
export type ParsedEbsVolume = z.output<typeof ebsVolume>;

function ebsFaults(volume: ParsedEbsVolume): string[] {
  const { sizeInGiB, snapshotId, volumeType, throughput, encrypted, kmsKeyArn, volumeInitializationRate } = volume;
  const [minimum, maximum] = TYPES[volumeType]?.size ?? [];
  const faults: string[] = [...iopsFaults(volume)];
  if (sizeInGiB === undefined && snapshotId === undefined)
    faults.push("sizeInGiB is missing; give it, or a snapshotId");
  if (sizeInGiB !== undefined && sizeInGiB < (minimum ?? 0)) {
    faults.push(
      `sizeInGiB ${String(sizeInGiB)} is not valid with ${volumeType}; use ${String(minimum)} to ${String(maximum)}`,
    );
  }
  if (throughput !== undefined && volumeType !== "gp3") faults.push("throughput is for gp3; remove it");
  if (kmsKeyArn !== undefined && !encrypted)
    faults.push("kmsKeyArn is for an encrypted volume; remove encrypted: false");
  if (volumeInitializationRate !== undefined && snapshotId === undefined) {
    faults.push("volumeInitializationRate is for a snapshot; remove it");
  }
  return faults;
}

function iopsFaults({ volumeType, iops }: ParsedEbsVolume): string[] {
  const { iops: range, needsIops = false } = TYPES[volumeType] ?? {};
  if (iops === undefined) return needsIops ? [`iops is missing; ${volumeType} needs it`] : [];
  if (!range) return [`iops cannot be chosen with ${volumeType}; remove it`];
  const [minimum, maximum] = range;
  if (iops >= minimum && iops <= maximum) return [];
  return [`iops ${String(iops)} is not valid with ${volumeType}; use ${String(minimum)} to ${String(maximum)}`];
}
