import {
  InvalidInputError,
  checkList,
  checkObject,
  inContext,
  isObject,
  quote,
  rejectUnknownProperties,
  type PropertiesOf,
} from "../errors";
import { checkBoolean, isToken } from "./aws-names";
import type { ExplicitNetworkProps, NetworkProps, VpcNetworkProps } from "./service-network";
import { checkTagFilter } from "./tags";

const EXPLICIT: PropertiesOf<ExplicitNetworkProps> = { subnets: true, securityGroups: true, assignPublicIp: true };
const LOOKED_UP: PropertiesOf<VpcNetworkProps> = { vpc: true, subnetTags: true, assignPublicIp: true };
const FORMS = "give a vpc, or subnets and securityGroups";

/** ECS takes no more of them in a service. */
export const MAX_SUBNETS = 16;
const MAX_SECURITY_GROUPS = 5;

/**
 * Checks that a network is one of the two forms, and its ids and tags.
 * @throws InvalidInputError naming the property, the value and the way out
 */
export function checkNetwork(network: NetworkProps): void {
  inContext("network", () => {
    const explicit = ["subnets", "securityGroups"].find((property) => property in network);
    if ("vpc" in network) {
      if (explicit !== undefined) {
        throw new InvalidInputError(`vpc and ${explicit} exclude each other; ${FORMS}`);
      }
      checkLookedUp(network);
    } else {
      if (explicit === undefined) throw new InvalidInputError(`neither vpc nor subnets; ${FORMS}`);
      checkExplicit(network);
    }
    if (network.assignPublicIp !== undefined) checkBoolean("assignPublicIp", network.assignPublicIp);
  });
}

function checkLookedUp(network: VpcNetworkProps): void {
  rejectUnknownProperties(network, LOOKED_UP);
  const { vpc, subnetTags } = network;
  checkVpc(vpc);
  if (subnetTags === undefined) return;
  checkObject("subnetTags", subnetTags);
  inContext("subnetTags", () => checkTagFilter(subnetTags));
}

function checkVpc(vpc: VpcNetworkProps["vpc"]): void {
  if (vpc === "default") return;
  if (!isObject(vpc) || !("id" in vpc || "tags" in vpc)) {
    throw new InvalidInputError(`vpc ${quote(vpc)} is not valid; use "default", { id: … } or { tags: { … } }`);
  }
  inContext("vpc", () => {
    rejectUnknownProperties(vpc, "id" in vpc ? { id: true } : { tags: true });
    if ("id" in vpc) checkId("id", vpc.id, "vpc");
    else checkVpcTags(vpc.tags);
  });
}

function checkVpcTags(tags: Readonly<Record<string, string>>): void {
  checkObject("tags", tags);
  if (Object.keys(tags).length === 0) {
    throw new InvalidInputError('tags is empty; name a tag, an id or "default"');
  }
  inContext("tags", () => checkTagFilter(tags));
}

function checkExplicit(network: ExplicitNetworkProps): void {
  rejectUnknownProperties(network, EXPLICIT);
  checkIds("subnets", network.subnets, "subnet", MAX_SUBNETS);
  checkIds("securityGroups", network.securityGroups, "sg", MAX_SECURITY_GROUPS);
}

function checkIds(property: string, ids: readonly string[], prefix: string, maximum: number): void {
  if (isToken(ids)) return;
  checkList(property, ids);
  if (ids.length < 1 || ids.length > maximum) {
    throw new InvalidInputError(`${property} has ${String(ids.length)} entries; give 1 to ${String(maximum)}`);
  }
  ids.forEach((id) => checkId(property, id, prefix));
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    throw new InvalidInputError(`${property} ${quote(repeated)} is stated twice; remove one`);
  }
}

function checkId(property: string, id: string, prefix: string): void {
  if (isToken(id) || (typeof id === "string" && new RegExp(`^${prefix}-[0-9a-z]+$`).test(id))) return;
  throw new InvalidInputError(`${property} ${quote(id)} is not valid; use an id like ${prefix}-0123456789abcdef0`);
}
