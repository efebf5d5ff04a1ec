import type { z } from "zod";

import { cluster } from "./arn";
import { checkSessions, executeCommandSessions } from "./execute-command";
import { isToken, literal, object, oneOf, pattern } from "./leaves";
import { problem } from "./problems";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html */
const containerInsights = oneOf("enabled", "enhanced", "disabled");

/** An ECS cluster of our own. */
export const ownCluster = object({
  /** Name of the cluster: 1 to 255 letters, digits, `_` or `-`. */
  name: literal(pattern(/^[A-Za-z0-9_-]{1,255}$/, 'use 1 to 255 letters, digits, "_" or "-"')),
  /** Which metrics Container Insights collects. @default "enabled" */
  containerInsights: containerInsights.default("enabled"),
  /** How sessions of ECS Exec are logged and encrypted. @default - they go to the log groups of the containers */
  executeCommand: executeCommandSessions.optional(),
}).superRefine(({ executeCommand }, context) => checkSessions(executeCommand, ["executeCommand"], context));
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
  /**
   * How the cluster logs and encrypts the sessions of ECS Exec. The environment's own cluster is set up like that; for an
   * existing one, it says what others have set up. Services with `executeCommand: true` get the permissions for it.
   * @default - the cluster is not set up, and services get no permissions to log
   */
  executeCommand: executeCommandSessions.optional(),
}).superRefine(({ existing, containerInsights, executeCommand }, context) => {
  checkSessions(executeCommand, ["executeCommand"], context);
  if (existing !== undefined && containerInsights !== undefined) {
    problem(context, [], "containerInsights is for the environment's own cluster; remove it, or remove existing");
  }
});
export interface ClusterConfig extends z.input<typeof clusterConfig> {}

/** A service must be in the region and the account of its cluster. */
export function clusterFault(
  { existing = "" }: ClusterConfig,
  { region, accountId }: { readonly region: string; readonly accountId?: string },
): string | undefined {
  const [, itsRegion = region, itsAccount] = /^arn:[\w-]+:ecs:([\w-]+):([0-9]{12}):/.exec(existing) ?? [];
  if (itsRegion !== region) {
    return `existing is a cluster in ${itsRegion}, but the environment is in ${region}; correct one of them`;
  }
  if (itsAccount === undefined || accountId === undefined || isToken(accountId) || itsAccount === accountId) {
    return undefined;
  }
  return `existing is a cluster in account ${itsAccount}, but accountId is ${accountId}; correct one of them`;
}
