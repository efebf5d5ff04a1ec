import { type z } from "zod";

import { quote } from "../errors";
import { cluster } from "./arn";
import { container } from "./container";
import { inEcr, isSameRepository, namesBuild } from "./image";
import { jobSchedule } from "./job-schedule";
import { object, pattern, reference } from "./leaves";
import { checkNames, fargateName } from "./names";
import { network } from "./network";
import { problem } from "./problems";
import { SERVICE } from "./service";
import { TASK, checkTask } from "./task";
import { checkNoEbsVolume } from "./volume";

/** A container of a service, whose build a job runs too. */
export const runningContainer = object({
  /** Name of the service in AWS, in the cluster of the job. */
  service: reference(
    pattern(/^[A-Za-z0-9_-]{1,255}$/, 'use the name of a service: 1 to 255 letters, digits, "_" or "-"'),
  ),
  /** Name of its container. */
  container: container.shape.name,
});

/** Properties of a job, besides its name and where it runs. */
export const JOB = {
  ...TASK,
  /** When it runs by itself. @default - it is run by hand, or by CI */
  schedule: jobSchedule.optional(),
};

/** Properties that services have, and what to do with them. */
export const NOT_OF_A_JOB = Object.fromEntries(
  Object.keys(SERVICE)
    .filter((name) => !Object.hasOwn(JOB, name))
    .map((name) => [name, "only a service has; remove it"]),
);

/**
 * A task that ends, for `PinnedFargateJob`: it is run on a schedule, by hand, or by CI. In code, a reference to another
 * resource can be used as in a service.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export const fargateJob = object(
  {
    /**
     * Names the job and everything that belongs to it: 1 to 236 letters, digits, `_` or `-`, not beginning with `sg-`.
     * In the names of roles and of the schedule, which AWS limits to 64 characters, what is too long is replaced by a hash.
     */
    name: fargateName,
    /** Cluster that the job runs in: its name or its ARN. A reference must be to the ARN. */
    cluster,
    /** Where tasks get their network interfaces. */
    network,
    ...JOB,
    /**
     * The container of a running service whose build the job runs too, for images that name neither tag nor digest. They
     * must all be of one repository.
     * @default - every image names its build
     */
    keepsBuildOf: runningContainer.optional(),
  },
  NOT_OF_A_JOB,
).superRefine((job, context) => {
  checkTask(job, context);
  checkKept(job, context);
  checkNames(job, context);
  checkNoEbsVolume(job.volumes, context);
});
export interface PinnedFargateJobProps extends z.input<typeof fargateJob> {}
export type ParsedJob = z.output<typeof fargateJob>;

function checkKept({ containers, keepsBuildOf }: ParsedJob, context: z.core.$RefinementCtx): void {
  const unnamed = inEcr(containers).filter(({ image }) => !namesBuild(image));
  const [first, ...others] = unnamed;
  if (keepsBuildOf === undefined) {
    for (const { name } of unnamed) {
      problem(context, ["containers", containers.findIndex((each) => each.name === name), "image"], WITHOUT_BUILD);
    }
    return;
  }
  const stranger = others.find(({ image }) => first && !isSameRepository(first.image, image));
  if (first && stranger) {
    problem(
      context,
      [],
      `containers ${quote(first.name)} and ${quote(stranger.name)} name no build, and are of two repositories, but a job keeps the build of one; give one of them a tag or a digest`,
    );
  }
}

const WITHOUT_BUILD = "names neither tag nor digest; add one of them, or name the service whose build the job runs too";
