import { createHash } from "node:crypto";

/** Names of what exists in AWS and Terraform, in one place. `service` is the name of the service in AWS. */

/** The stack of the repositories. */
export const REGISTRY_STACK = "registry";

/** The stack of an environment's cluster. */
export const clusterStack = (environment: string): string => `cluster-${environment}`;

/** The stack of a service in an environment, and the name of the service in AWS. */
export const serviceStack = (service: string, environment: string): string => `${service}-${environment}`;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html at most 512 */
export const logGroupName = (service: string): string => `/ecs/${service}`;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST_ROLE = 64;

export const executionRoleName = (service: string): string => shortened(service, "-execution", LONGEST_ROLE);
/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html at most 64 */
export const scheduleName = (job: string): string => shortened(job, "", 64);
export const schedulerRoleName = (job: string): string => shortened(job, "-scheduler", LONGEST_ROLE);
export const taskRoleName = (service: string): string => shortened(service, "-task", LONGEST_ROLE);

/**
 * What the name of a security group begins with; the provider adds 26 characters, and EC2 allows 255.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
export const securityGroupPrefix = (service: string): string => shortened(service, "-", 229);

/**
 * The workspace of a stack in HCP Terraform.
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/create at most 90
 */
export const workspaceName = (...parts: readonly string[]): string => shortened(parts.join("-"), "", 90);

/**
 * A name with an ending, in at most `maximum` characters. A name that is too long loses its end to a hash of the whole of
 * it, so that two long names that begin alike stay apart: `order-api-…-3f9c1a20-task`.
 */
export function shortened(name: string, ending: string, maximum: number): string {
  if (name.length + ending.length <= maximum) return name + ending;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  const kept = name.slice(0, maximum - ending.length - hash.length - 1).replace(/-+$/, "");
  return `${kept}-${hash}${ending}`;
}
