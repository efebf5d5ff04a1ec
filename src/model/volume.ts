import type { z } from "zod";

import { quote } from "../errors";
import { ebsVolume } from "./ebs-volume";
import { efsVolume } from "./efs-volume";
import { object, propertyName, record } from "./leaves";
import { ECS_NAME } from "./names";
import { problem } from "./problems";

/**
 * A volume of a task: `{}` is an empty folder in the task's ephemeral storage, which its containers share while it runs.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html
 */
export const volume = object({
  /** A file system in Amazon EFS, which outlives the tasks. @default - none */
  efs: efsVolume.optional(),
  /** A volume in Amazon EBS, which ECS creates for each task of a service. One per task. @default - none */
  ebs: ebsVolume.optional(),
}).superRefine(({ efs, ebs }, context) => {
  if (efs && ebs) problem(context, [], "efs and ebs exclude each other; make two volumes of them");
});
export interface Volume extends z.input<typeof volume> {}
export type ParsedVolume = z.output<typeof volume>;

/** The volumes of a task, by a name of your own: 1 to 255 letters, digits, `_` or `-`. */
export const volumes = record(propertyName(ECS_NAME), volume);
export type ParsedVolumes = z.output<typeof volumes>;

/** A task definition can have one volume that is configured when a task starts. */
export function checkEbsVolumes(volumes: ParsedVolumes, context: z.core.$RefinementCtx): void {
  const names = Object.keys(volumes).filter((name) => volumes[name]?.ebs);
  if (names.length < 2) return;
  const found = names.map(quote).join(", ");
  problem(context, ["volumes"], `a task can have one EBS volume, but there are ${found}; keep one`);
}

/**
 * ECS asks whoever starts a task for its EBS volume, and EventBridge Scheduler cannot give it one.
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html
 */
export function checkNoEbsVolume(volumes: ParsedVolumes, context: z.core.$RefinementCtx): void {
  const name = Object.keys(volumes).find((name) => volumes[name]?.ebs);
  if (name === undefined) return;
  problem(
    context,
    ["volumes"],
    `${quote(name)} is an EBS volume, which only a service can have; use efs, or ephemeralStorage`,
  );
}
