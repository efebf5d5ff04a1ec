import type { z } from "zod";

import { cluster, regionFault } from "./arn";
import {
  capacityProvider,
  capacityProviders,
  capacityProviderStrategy,
  checkStrategy,
  type ServiceCapacity,
} from "./capacity";
import { checkSessions, executeCommandSessions } from "./execute-command";
import { isToken, list, literal, object, oneOf } from "./leaves";
import { ECS_NAME } from "./names";
import { problem } from "./problems";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html */
const containerInsights = oneOf("enabled", "enhanced", "disabled");

/** Which capacity an ECS cluster of our own offers. */
const CAPACITY = {
  /**
   * Capacity providers that services of the cluster may use: `["FARGATE", "FARGATE_SPOT"]`. Services with the launch type
   * `FARGATE`, which is their default, need none.
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
   */
  capacityProviders: list(capacityProvider, { minimum: 1, unique: true }).optional(),
  /**
   * How tasks are divided between `capacityProviders` if a service has the `capacityProviderStrategy` `"default"`. A change
   * does not move services that exist.
   * @default - none
   */
  defaultCapacityProviderStrategy: capacityProviderStrategy.optional(),
};

/** An ECS cluster of our own. */
export const ownCluster = object({
  /** Name of the cluster: 1 to 255 letters, digits, `_` or `-`. */
  name: literal(ECS_NAME),
  /** Which metrics Container Insights collects. @default "enabled" */
  containerInsights: containerInsights.default("enabled"),
  ...CAPACITY,
  /** How sessions of ECS Exec are logged and encrypted. @default - they go to the log groups of the containers */
  executeCommand: executeCommandSessions.optional(),
}).superRefine((cluster, context) => {
  checkSessions(cluster.executeCommand, ["executeCommand"], context);
  checkCapacity(cluster, context);
});
export interface ClusterProps extends z.input<typeof ownCluster> {}

/** The cluster of an environment: one of its own, named after the environment, or an existing one. */
export const clusterConfig = object({
  /**
   * A cluster that exists already: its ARN, or its name of 1 to 255 letters, digits, `_` or `-`.
   * @default - the stack `cluster-<environment>` deploys one
   */
  existing: cluster.optional(),
  /** Which metrics Container Insights collects from the environment's own cluster. @default "enabled" */
  containerInsights: containerInsights.optional(),
  ...CAPACITY,
  /**
   * How the cluster logs and encrypts the sessions of ECS Exec. The environment's own cluster is set up like that; for an
   * existing one, it says what others have set up. Services with `executeCommand: true` get the permissions for it.
   * @default - the cluster is not set up, and services get no permissions to log
   */
  executeCommand: executeCommandSessions.optional(),
}).superRefine((settings, context) => {
  checkSessions(settings.executeCommand, ["executeCommand"], context);
  const names = ["containerInsights", "capacityProviders", "defaultCapacityProviderStrategy"] as const;
  const setting = names.find((name) => settings[name] !== undefined);
  if (settings.existing !== undefined && setting !== undefined) {
    problem(context, [], `${setting} is for the environment's own cluster; remove it, or remove existing`);
  }
  checkCapacity(settings, context);
});
export interface ClusterConfig extends z.input<typeof clusterConfig> {}

/** A service must be in the region and the account of its cluster. */
export function clusterFault(
  { existing = "" }: ClusterConfig,
  { region, accountId }: { readonly region: string; readonly accountId?: string },
): string | undefined {
  const fault = regionFault("existing", existing, region);
  if (fault !== undefined) return fault;
  const [, itsAccount] = /^arn:[\w-]+:ecs:[\w-]+:([0-9]{12}):/.exec(existing) ?? [];
  if (itsAccount === undefined || accountId === undefined || isToken(accountId) || itsAccount === accountId) {
    return undefined;
  }
  return `existing is a cluster in account ${itsAccount}, but accountId is ${accountId}; correct one of them`;
}

type Capacity = z.output<z.ZodObject<typeof CAPACITY>>;

/** The default strategy can only name capacity providers that the cluster has. */
function checkCapacity(cluster: Capacity, context: z.core.$RefinementCtx): void {
  const { capacityProviders: offered = [], defaultCapacityProviderStrategy: strategy } = cluster;
  if (strategy === undefined) return;
  const path = ["defaultCapacityProviderStrategy"];
  const [missing] = capacityProviders(strategy).filter((name) => !offered.includes(name));
  if (missing !== undefined) problem(context, path, `${missing} is not among capacityProviders; add it there`);
  checkStrategy(strategy, path, context);
}

/** What a service needs that the environment's own cluster does not have. */
export function capacityFault(
  { capacityProviderStrategy: strategy }: ServiceCapacity,
  cluster: ClusterConfig | undefined,
): string | undefined {
  if (strategy === undefined || cluster?.existing !== undefined) return undefined;
  if (strategy === "default") {
    return cluster?.defaultCapacityProviderStrategy === undefined
      ? 'capacityProviderStrategy is "default", but the cluster of the environment has no defaultCapacityProviderStrategy; give it one, or write the strategy here'
      : undefined;
  }
  const used = capacityProviders(strategy);
  const [missing] = used.filter((name) => !(cluster?.capacityProviders ?? []).includes(name));
  if (missing === undefined) return undefined;
  const names = used.map((name) => `"${name}"`).join(", ");
  return `capacityProviderStrategy uses ${missing}, which the cluster of the environment does not have; add it to that environment: cluster: { capacityProviders: [${names}] }`;
}
