import type { z } from "zod";

import { bakeMinutes, checkDeploymentStrategy, deploymentStrategy, shiftsTraffic } from "./deployment-strategy";
import { flag, list, literal, object, oneOf, pattern, reference, wholeNumber } from "./leaves";
import type { ParsedLoadBalancers } from "./load-balancing";
import { problem } from "./problems";
import { countOf, type WithCount } from "./task-count";
import { networkDelayMinutes } from "./traffic-shift";

/** A time as Terraform writes it. @see https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts */
const duration = literal(
  pattern(
    /^(?=.*[1-9])(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$/,
    'use hours, minutes and seconds above 0, like "30m", "90s" or "1h30m"',
  ),
);

/** How long Terraform waits for ECS. */
export const timeouts = object({
  /** The first deploy. @default "20m" */
  create: duration.optional(),
  /** Every later deploy. @default "20m" */
  update: duration.optional(),
  /** The destruction of the service. @default "20m" */
  delete: duration.optional(),
});

/**
 * Whether ECS gives up a deployment whose tasks do not start or do not stay up.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
const circuitBreaker = object({
  /** If false, ECS tries for ever, and a deploy waits until its `timeouts`. @default true */
  enable: flag.default(true),
  /** Whether ECS then goes back to the last deployment that completed. @default - the same as `enable` */
  rollback: flag.optional(),
});

/**
 * Alarms that end a deployment.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
const deploymentAlarms = object({
  /** Names of CloudWatch alarms in the region, at least one. They must exist before the service is deployed. */
  alarmNames: list(
    reference(pattern(/^(?!.*[$%]\{)[^\r\n]{1,255}$/, "use the name of an alarm, of 1 to 255 characters")),
    {
      minimum: 1,
      unique: true,
      reference: true,
    },
  ),
  /** Whether the alarms count. To do without them later, set this to false: removing the alarms changes nothing. @default true */
  enable: flag.default(true),
  /** Whether ECS then goes back to the last deployment that completed. @default - the same as `enable` */
  rollback: flag.optional(),
});

/** How a service gets from one revision to the next. */
export const DEPLOYMENT = {
  /** Percentage of `desiredCount` that stays up during a deployment: 0 to 100. @default 100 */
  minimumHealthyPercent: wholeNumber(0, 100).default(100),
  /**
   * Percentage of `desiredCount` that may run during a deployment: 100 to 200. There must be room to start a task or to
   * stop one.
   * @default 200
   */
  maximumPercent: wholeNumber(100, 200).default(200),
  /**
   * Whether ECS moves tasks to spread them over availability zones. `"ENABLED"` needs a `maximumPercent` above 100.
   * @default "ENABLED"
   */
  availabilityZoneRebalancing: oneOf("ENABLED", "DISABLED").default("ENABLED"),
  /**
   * Whether ECS gives up a deployment whose tasks do not start or do not stay up, and goes back to the last one that
   * completed. Only of rolling updates.
   * @default - both
   */
  deploymentCircuitBreaker: circuitBreaker.optional(),
  /** Alarms in CloudWatch that make ECS give up a deployment, and go back. @default - none */
  deploymentAlarms: deploymentAlarms.optional(),
  /** Another strategy than the rolling update. Needs AWS provider 6.25.0 or newer. @default - rolling update */
  deploymentStrategy: deploymentStrategy.optional(),
  /**
   * Whether a deploy waits until the tasks run. If false, a deploy succeeds even when ECS rolls it back afterwards.
   * @default true
   */
  waitForSteadyState: flag.default(true),
  /**
   * How long a deploy waits until the tasks run, in hours, minutes and seconds: `"30m"`, `"90s"`, `"1h30m"`. One that
   * takes longer fails, although ECS goes on with it. Keep them below the time limit of the CI job.
   * @default - 20 minutes
   * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_service#timeouts
   */
  timeouts: timeouts.optional(),
};
export type ParsedDeployment = z.output<z.ZodObject<typeof DEPLOYMENT>>;

/** What makes ECS give up a deployment, and whether it then goes back: AWS's two flags. */
export interface Watch {
  readonly enable: boolean;
  readonly rollback: boolean;
}

/** The circuit breaker. There is none where ECS moves traffic instead of replacing tasks. */
export function circuitBreakerOf(deployment: ParsedDeployment): Watch | undefined {
  const { deploymentCircuitBreaker: { enable, rollback = enable } = { enable: true } } = deployment;
  return shiftsTraffic(deployment.deploymentStrategy) ? undefined : { enable, rollback };
}

/** The alarms that a deployment is watched by, if there are any. */
export function alarmsOf({ deploymentAlarms }: ParsedDeployment): (Watch & { alarmNames: string[] }) | undefined {
  if (deploymentAlarms === undefined) return undefined;
  const { alarmNames, enable, rollback = enable } = deploymentAlarms;
  return { alarmNames: [...alarmNames], enable, rollback };
}

/** Checks what only the deployment as a whole can show. */
export function checkDeployment(
  service: ParsedDeployment & WithCount & { readonly loadBalancers: ParsedLoadBalancers },
  context: z.core.$RefinementCtx,
): void {
  checkPercents(service, context);
  const { deploymentStrategy: strategy, deploymentCircuitBreaker: breaker, deploymentAlarms } = service;
  for (const [name, watch] of Object.entries({ deploymentCircuitBreaker: breaker, deploymentAlarms })) {
    if (watch?.enable !== false || watch.rollback !== true) continue;
    problem(context, [name], "rollback needs enable; set enable: true, or remove rollback");
  }
  if (strategy === undefined) return;
  checkDeploymentStrategy(strategy, context);
  if (!shiftsTraffic(strategy)) return;
  if (breaker !== undefined) {
    problem(
      context,
      ["deploymentCircuitBreaker"],
      `is for rolling updates, but deploymentStrategy is ${strategy.type}; remove it, and use deploymentAlarms`,
    );
  }
  checkWait(service, bakeMinutes(strategy) + networkDelayMinutes(service.loadBalancers), context);
}

/** A deploy must not give up while ECS only waits. */
function checkWait(service: ParsedDeployment, bakes: number, context: z.core.$RefinementCtx): void {
  const { waitForSteadyState, timeouts: { update = "20m" } = {} } = service;
  if (!waitForSteadyState || bakes < secondsOf(update) / 60) return;
  problem(
    context,
    ["timeouts"],
    `update ${update} is not enough: by its strategy, a deployment takes ${String(bakes)} minutes and what its tasks need to start; raise it: timeouts: { update: "${String(bakes + 20)}m" }`,
  );
}

/** The seconds of `1h30m`. */
function secondsOf(duration: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/**
 * A deployment must be able to start a task or to stop one. ECS rounds the number of tasks that stay up to a whole
 * number upwards, and the number that may run downwards.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
function checkPercents(service: ParsedDeployment & WithCount, context: z.core.$RefinementCtx): void {
  const { desiredCount, scaling, minimumHealthyPercent, maximumPercent, availabilityZoneRebalancing } = service;
  const percents = `minimumHealthyPercent ${String(minimumHealthyPercent)} and maximumPercent ${String(maximumPercent)}`;
  // Nobody knows how many tasks others keep when it is deployed; a scaler keeps that many at least.
  const tasks = desiredCount === "keep" && !scaling ? 0 : countOf(service).atFirst;
  const staysUp = Math.ceil((tasks * minimumHealthyPercent) / 100);
  const mayRun = Math.floor((tasks * maximumPercent) / 100);
  if (minimumHealthyPercent === maximumPercent) {
    problem(context, [], `${percents} leave no room to deploy; lower the first or raise the second`);
  } else if (maximumPercent === 100 && availabilityZoneRebalancing === "ENABLED") {
    problem(
      context,
      [],
      'maximumPercent 100 leaves no room for availabilityZoneRebalancing; raise it, or set "DISABLED"',
    );
  } else if (tasks > 0 && staysUp >= mayRun) {
    problem(
      context,
      [],
      `${percents} leave no room to deploy with ${scaling ? "minCapacity" : "desiredCount"} ${String(tasks)} (at least ${String(staysUp)} stay up, at most ${String(mayRun)} run); lower the first or raise the second`,
    );
  }
}
