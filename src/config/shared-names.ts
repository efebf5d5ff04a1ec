import { quote } from "../errors";
import { otherRolesOf, taskNamesOf, type WithOtherRoles } from "../model/names";
import type { PinnedFargateServiceProps } from "../model/service";
import type { PlacedService } from "./groups";
import type { ResolvedJob } from "./types";

/** A service or a job in an environment. */
export interface Placed {
  /** What problems begin with: `service "shop" in "staging"`. */
  readonly context: string;
  readonly environment: string;
  readonly place: { readonly accountId?: string; readonly region: string };
  readonly props: Pick<PinnedFargateServiceProps, "names" | "existing" | "network" | "cluster"> & WithOtherRoles;
  /** Whether ECS keeps it running, under a name of its own. */
  readonly isService: boolean;
}

/** A name, and what no other name may have in common with it. */
interface Name {
  /** One of `names`. @default - it is a role whose name cannot be chosen */
  readonly property?: string;
  readonly name: string;
  readonly scope: readonly unknown[];
}

export function placeOfService({ name, environment, resolved }: PlacedService): Placed {
  const context = `service ${quote(name)} in ${quote(environment)}`;
  return { context, environment, place: resolved, props: resolved.service, isService: true };
}

export function placeOfJob({ job, ...place }: ResolvedJob): Placed {
  const { service: name, environment = "" } = place.tags;
  const context = `job ${quote(name)} in ${quote(environment)}`;
  return { context, environment, place, props: job, isService: false };
}

/**
 * A line for each name of one's own that another service has too: they would take it from each other at every deploy.
 * Environments without `accountId` may be in any account, and are compared with themselves alone.
 */
export function sharedNameProblems(placed: readonly Placed[]): string[] {
  const owners = new Map<string, string>();
  return placed.flatMap((each) => {
    const { context } = each;
    return namesOf(each).flatMap(({ property, name, scope }) => {
      const key = JSON.stringify(scope);
      const owner = owners.get(key);
      owners.set(key, owner ?? context);
      if (owner === undefined || owner === context) return [];
      return property === undefined
        ? [`${context}: the name of its role ${quote(name)} is also a name of ${owner}; give that one another name`]
        : [`${context}: names.${property}: ${quote(name)} is also a name of ${owner}; give one of them another name`];
    });
  });
}

function namesOf({ environment, place, props, isService }: Placed): Name[] {
  const { name, names, existing, network, cluster } = props;
  const { logGroup, executionRole, taskRole } = taskNamesOf(name, names);
  const account = [place.accountId ?? `environment ${environment}`];
  const region = [...account, place.region];
  const ofRole = (role: string) => ["role", ...account, role.toLowerCase()]; // IAM does not distinguish case
  const role = (property: "executionRole" | "taskRole", own: string): Name[] =>
    existing?.[property] === undefined ? [{ property, name: own, scope: ofRole(own) }] : [];
  const ownService = names?.service ?? name;
  const group = names?.securityGroup;
  return [
    ...(isService
      ? [{ property: "service", name: ownService, scope: ["service", ...region, cluster, ownService] }]
      : []),
    ...(existing?.logGroup === undefined
      ? [{ property: "logGroup", name: logGroup, scope: ["log group", ...region, logGroup] }]
      : []),
    ...role("executionRole", executionRole),
    ...role("taskRole", taskRole),
    ...otherRolesOf(props).map((other) => ({ name: other.name, scope: ofRole(other.name) })),
    ...(group === undefined
      ? []
      : [{ property: "securityGroup", name: group, scope: ["security group", ...region, network.vpc, group] }]),
  ];
}
