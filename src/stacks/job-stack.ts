import type { Construct } from "constructs";

import { PinnedFargateJob } from "../constructs/job/pinned-fargate-job";
import type { PinnedFargateJobProps } from "../model/job";
import type { StackProps } from "../model/place";
import { AwsStack } from "./aws-stack";
import { plannedImages } from "./planned-images";

/** A job in an environment. */
export interface JobStackProps extends StackProps {
  readonly job: PinnedFargateJobProps;
  /** Adds to the job what data cannot express. @default - nothing is added */
  readonly extend?: (job: PinnedFargateJob) => void;
}

/** A task that ends, with pinned images, and the outputs that it is run with. */
export class JobStack extends AwsStack {
  constructor(scope: Construct, props: JobStackProps) {
    super(scope, props);
    // CDKTF leaves the id "Default" out of addresses; the stack has only this one job.
    const job = new PinnedFargateJob(this, "Default", props.job);
    this.output("run_task", "Input of aws ecs run-task --cli-input-json, which runs the job once", job.runTask);
    this.output("cluster_arn", "ARN of the cluster", job.cluster.arn);
    this.output("task_definition_arn", "ARN of the revision that the job runs", job.taskDefinition.arn);
    this.output("log_group_name", "CloudWatch Logs group of the containers", job.logGroup.name);
    const { securityGroup } = job;
    if (securityGroup) this.output("security_group_id", "The job's own security group", securityGroup.id);
    const images = plannedImages(this, "planned-images", job.images);
    this.output("planned_images", "Image of each container, as planned: known before anything is deployed", images);
    this.output("images", "Image of each container that the job runs", images);
    props.extend?.(job);
  }
}
