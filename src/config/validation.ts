import {
  InvalidInputError,
  alternatives,
  checkList,
  checkObject,
  inContext,
  quote,
  rejectUnknownProperties,
} from "../errors";
import { checkContainers, checkOverrides } from "./container-shape";
import { CLUSTER, CONFIG, ENVIRONMENT, REGISTRY, SERVICE, SERVICE_OVERRIDE } from "./properties";
import type { Config, EnvironmentConfig, RegistryConfig, ServiceConfig, ServiceSettings } from "./types";

/**
 * Checks what the config says about itself: names, and properties that exist. What AWS takes is checked by the
 * constructs.
 * @throws InvalidInputError naming the service or environment, the property, the value and the way out
 */
export function checkConfig(config: Config): void {
  inContext("config", () => rejectUnknownProperties(config, CONFIG));
  const { services, environments, registry } = config;
  inContext("registry", () => checkRegistry(registry));
  checkNames("environment", environments, 20);
  checkNames("service", services, 32);
  const names = environments.map(({ name }) => name);
  environments.forEach(checkEnvironment);
  services.forEach((service) => checkService(service, names));
}

function checkRegistry(registry: RegistryConfig): void {
  rejectUnknownProperties(registry, REGISTRY);
  checkObject("state", registry.state);
  checkOwnTags(registry.tags, ["managed-by"]);
}

/** Names become names of stacks, roles and variables, which take less than ECS does. */
function checkNames(what: string, entries: readonly { readonly name: string }[], maximum: number): void {
  checkList(`${what}s`, entries);
  entries.forEach((entry) => checkObject(what, entry));
  const names = entries.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (typeof name !== "string" || !/^[a-z](-?[a-z0-9])*$/.test(name) || name.length > maximum) {
      throw new InvalidInputError(
        `${what} name ${quote(name)} is not valid; use at most ${String(maximum)} lower-case letters, digits and single "-", beginning with a letter`,
      );
    }
    if (names.indexOf(name) !== index) {
      throw new InvalidInputError(`two ${what}s are named ${quote(name)}; give each a name of its own`);
    }
  }
}

function checkEnvironment(environment: EnvironmentConfig): void {
  inContext(`environment ${quote(environment.name)}`, () => {
    rejectUnknownProperties(environment, ENVIRONMENT);
    const { cluster, network, state, tags } = environment;
    checkObject("network", network);
    checkObject("state", state);
    checkOwnTags(tags, ["service", "environment", "managed-by"]);
    if (cluster === undefined) return;
    inContext("cluster", () => {
      rejectUnknownProperties(cluster, CLUSTER);
      if ("existing" in cluster && "containerInsights" in cluster) {
        throw new InvalidInputError("containerInsights goes with a cluster of our own; remove it, or existing");
      }
    });
  });
}

/** Keys of tags that differ only in case are the same to IAM. */
function checkOwnTags(tags: Readonly<Record<string, string>> | undefined, ours: readonly string[]): void {
  if (tags === undefined) return;
  checkObject("tags", tags);
  for (const key of Object.keys(tags)) {
    const taken = key.toLowerCase();
    if (ours.includes(taken)) {
      throw new InvalidInputError(
        `tags: key ${quote(key)} would clash with ${quote(taken)}, which every resource gets; rename it`,
      );
    }
  }
}

function checkService(service: ServiceConfig, environments: readonly string[]): void {
  inContext(`service ${quote(service.name)}`, () => {
    rejectUnknownProperties(service, SERVICE);
    checkIngress(service);
    checkContainers(service.containers);
    if (service.environments === undefined) return;
    checkObject("environments", service.environments);
    for (const [environment, override] of Object.entries(service.environments)) {
      if (!environments.includes(environment)) {
        throw new InvalidInputError(
          `environments: there is no environment ${quote(environment)}; choose ${alternatives(environments.map(quote))}`,
        );
      }
      inContext(`environments: ${environment}`, () => {
        rejectUnknownProperties(override, SERVICE_OVERRIDE);
        checkIngress(override);
        if (override.containers !== undefined) checkOverrides(override.containers);
      });
    }
  });
}

function checkIngress({ ingress }: ServiceSettings): void {
  if (ingress !== undefined) checkList("ingress", ingress);
}

/**
 * Rejects two stacks of one name: `a` in `b-c` and `a-b` in `c`, or a service named `cluster`.
 * @throws InvalidInputError naming the stack
 */
export function checkStackNames(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new InvalidInputError(`two stacks would be named ${quote(repeated)}; rename a service or an environment`);
  }
}
