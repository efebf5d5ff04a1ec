import { createHash } from "node:crypto";

import type { z } from "zod";

import { quote } from "../errors";
import { literal, object, pattern } from "./leaves";
import { problem } from "./problems";

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
export const ebsRoleName = (service: string): string => shortened(service, "-ebs", LONGEST_ROLE);
export const infrastructureRoleName = (service: string): string => shortened(service, "-infrastructure", LONGEST_ROLE);
export const taskRoleName = (service: string): string => shortened(service, "-task", LONGEST_ROLE);

/**
 * What the name of a security group begins with; the provider adds 26 characters, and EC2 allows 255.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
export const securityGroupPrefix = (service: string): string => shortened(service, "-", 229);

/**
 * Alarms: of a policy of step scaling, and others.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html at most 255
 */
export const scalingAlarmName = (service: string, policy: string): string =>
  shortened(service, `-scale-${policy}`, 255);
export const alarmName = (service: string, what: string): string => shortened(service, `-${what}`, 255);

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html at most 64 */
export const deploymentFailedRuleName = (service: string): string => shortened(service, "-deployment-failed", 64);

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

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const ECS_NAME = pattern(/^[A-Za-z0-9_-]{1,255}$/, 'use 1 to 255 letters, digits, "_" or "-"');
const ecsName = literal(ECS_NAME);

/** Names a service or a job, and everything that belongs to it. EC2 reserves `sg-` for ids of security groups. */
export const fargateName = literal(
  pattern(
    /^(?!sg-)[A-Za-z0-9_-]{1,236}$/,
    'use 1 to 236 letters, digits, "_" or "-", not beginning with "sg-", which EC2 reserves for ids',
  ),
);

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const ownLogGroupName = literal(
  pattern(/^(?!aws\/)[\w./#-]{1,512}$/, 'use 1 to 512 letters, digits or "._-/#", not beginning with "aws/"'),
);

const roleName = literal(pattern(ROLE_NAME, 'use 1 to 64 letters, digits or "_+=,.@-"'));

/** EC2 also allows `{}$`, in which Terraform would see an expression; every VPC has a group `default` of its own. */
const securityGroupName = literal(
  pattern(
    /^(?!sg-|default$)(?! )[\w .\-:/()#,@[\]+=&;!*]{1,255}(?<! )$/,
    'use 1 to 255 letters, digits, spaces or "._-:/()#,@[]+=&;!*", without a space at either end; "default" and what begins with "sg-" are reserved',
  ),
);

/** Names of one's own for the parts of a task. */
const TASK_NAMES = {
  /** Family of the task definition: 1 to 255 letters, digits, `_` or `-`. @default - the name of the service or job */
  family: ecsName.optional(),
  /**
   * CloudWatch Logs group: 1 to 512 letters, digits or `._-/#`, not beginning with `aws/`. Another name deletes the old
   * group, with its logs.
   * @default - `/ecs/` and the name of the service or job
   */
  logGroup: ownLogGroupName.optional(),
  /** Execution role: 1 to 64 letters, digits or `_+=,.@-`. @default - the name of the service or job and `-execution` */
  executionRole: roleName.optional(),
  /** Task role: 1 to 64 letters, digits or `_+=,.@-`. @default - the name of the service or job and `-task` */
  taskRole: roleName.optional(),
};

/** Names of one's own for a task. */
export const taskNames = object(TASK_NAMES);

/** Names of one's own for a service and what belongs to it. */
export const serviceNames = object({
  /**
   * The service itself: 1 to 255 letters, digits, `_` or `-`. Another name replaces the service: it is stopped before
   * the new one is started.
   * @default - the name of the service
   */
  service: ecsName.optional(),
  ...TASK_NAMES,
  /**
   * The service's own security group, in full: 1 to 255 letters, digits, spaces or `._-:/()#,@[]+=&;!*`.
   * @default - a name that begins with that of the service and is different each time
   */
  securityGroup: securityGroupName.optional(),
});

type TaskNames = z.output<typeof taskNames>;

/** What the parts of a task are called: by names of one's own, or after the service. */
export function taskNamesOf(service: string, own: TaskNames = {}): Required<TaskNames> {
  return {
    family: own.family ?? service,
    logGroup: own.logGroup ?? logGroupName(service),
    executionRole: own.executionRole ?? executionRoleName(service),
    taskRole: own.taskRole ?? taskRoleName(service),
  };
}

/** A role that can be one of the user's own. */
interface OwnRole {
  readonly roleArn?: string;
}

/** What makes a service or a job have roles besides the execution role and the task role. */
export interface WithOtherRoles {
  readonly name: string;
  readonly volumes?: Readonly<Record<string, { readonly ebs?: unknown }>>;
  readonly loadBalancers?: Readonly<Record<string, unknown>>;
  readonly serviceConnect?: { readonly services?: Readonly<Record<string, { readonly tls?: OwnRole }>> };
  readonly deploymentStrategy?: {
    readonly type: string;
    readonly lifecycleHooks?: Readonly<Record<string, OwnRole>>;
  };
  readonly schedule?: unknown;
}

/** The name of a role, and which one it is. */
export interface RoleName {
  readonly role: string;
  readonly name: string;
}

/** The roles that a service or a job has besides the execution role and the task role. They have no names of one's own. */
export function otherRolesOf(owner: WithOtherRoles): RoleName[] {
  const { name, volumes = {}, loadBalancers = {}, serviceConnect, deploymentStrategy: strategy, schedule } = owner;
  const { services: connected = {} } = serviceConnect ?? {};
  const movesTraffic = strategy !== undefined && strategy.type !== "ROLLING" && Object.keys(loadBalancers).length > 0;
  const managed: OwnRole[] = [
    ...Object.values(connected).flatMap(({ tls }) => tls ?? []),
    ...Object.values(strategy?.lifecycleHooks ?? {}),
    ...(movesTraffic ? [{}] : []),
  ];
  const roles: [boolean, string, string][] = [
    [Object.values(volumes).some(({ ebs }) => ebs !== undefined), "role for EBS volumes", ebsRoleName(name)],
    [managed.some(({ roleArn }) => roleArn === undefined), "infrastructure role", infrastructureRoleName(name)],
    [schedule !== undefined, "role of the schedule", schedulerRoleName(name)],
  ];
  return roles.flatMap(([isMade, role, name]) => (isMade ? [{ role, name }] : []));
}

/** The parts of a service that are given names, and what decides whether it has them. */
interface Named extends WithOtherRoles {
  readonly names?: z.output<typeof serviceNames>;
  readonly existing?: { readonly executionRole?: string; readonly taskRole?: string };
  readonly network: { readonly vpc?: unknown };
}

/** Two roles need two names, and only a group of the service's own can be given one. */
export function checkNames(owner: Named, context: z.core.$RefinementCtx): void {
  const { names, network } = owner;
  const roles = rolesOf(owner);
  for (const [index, { role, name }] of roles.entries()) {
    const other = roles.slice(0, index).find((each) => isSameRole(each.name, name));
    if (other === undefined) continue;
    const shown = role === TASK_ROLE ? name : other.name; // of the others, the user chose no name
    const fault = `${quote(shown)} is the name of both the ${other.role} and the ${role}`;
    problem(context, ["names"], `${fault}; give one of them another name`);
  }
  if (names?.securityGroup !== undefined && network.vpc === undefined) {
    const fault = "the network names existing security groups, so the service has none of its own";
    problem(context, ["names", "securityGroup"], `${fault}; remove this name`);
  }
}

const TASK_ROLE = "task role";

/** All roles that are made. */
function rolesOf(owner: Named): RoleName[] {
  const { name, names, existing } = owner;
  const { executionRole, taskRole } = taskNamesOf(name, names);
  return [
    ...(existing?.executionRole === undefined ? [{ role: "execution role", name: executionRole }] : []),
    ...(existing?.taskRole === undefined ? [{ role: TASK_ROLE, name: taskRole }] : []),
    ...otherRolesOf(owner),
  ];
}

/** IAM does not distinguish names by case. */
function isSameRole(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
/**
 * What the names of a service's target groups and load balancers begin with: Terraform allows at most 6 characters there,
 * and Elastic Load Balancing only letters, digits and `-`.
 */
export const elbNamePrefix = (service: string): string =>
  `${service.replace(/[^A-Za-z0-9]/g, "").slice(0, 5) || "ecs"}-`;

/** What belongs to a load balancer of a service's own. */
export const loadBalancerName = (service: string, entry: string): string => `${service}-${entry}`;
