import type { Construct } from "constructs";

import { fargateJob, type PinnedFargateJobProps } from "../../model/job";
import { parse } from "../../model/problems";
import { PinnedFargateTask } from "../task/pinned-fargate-task";
import { runTaskInput } from "./run-task";
import { Schedule } from "./schedule";

/**
 * A task on Fargate that ends, whose images are all pinned, with its log group, its roles and its network. It runs on a
 * schedule, or whenever somebody starts it with `runTask`. It works in any `TerraformStack` with an AWS provider.
 *
 * ```ts
 * const job = new PinnedFargateJob(this, "migrate", { name: "migrate", cluster: "default", … });
 * new TerraformOutput(this, "run_task", { value: job.runTask });
 * ```
 *
 * @throws InvalidInputError with a line for each problem of the props
 */
export class PinnedFargateJob extends PinnedFargateTask {
  /** `undefined` if nothing starts the job by itself. */
  readonly schedule?: Schedule;
  /** The input of `aws ecs run-task --cli-input-json`. */
  readonly runTask: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, props: PinnedFargateJobProps) {
    const job = parse(fargateJob, props, `PinnedFargateJob "${id}"`);
    const { name, cluster, network, schedule, permissionsBoundary } = job;
    const keepsBuildOf = job.keepsBuildOf ?? { service: "" }; // then every image names its build
    super(scope, id, { kind: "job", name, task: job, cluster, network, keepsBuildOf });
    const parts = {
      clusterArn: this.cluster.arn,
      taskDefinition: this.taskDefinition,
      network: this.network,
      settings: job,
    };
    this.runTask = runTaskInput(parts);
    this.schedule =
      schedule && new Schedule(this, "schedule", { ...parts, name, schedule, task: this.task, permissionsBoundary });
  }
}
