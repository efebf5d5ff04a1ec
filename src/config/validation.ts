import { InvalidInputError, alternatives, inContext, quote, rejectUnknownProperties } from "../errors";
import { CLUSTER, ENVIRONMENT, REGISTRY, SERVICE, SERVICE_OVERRIDE } from "./properties";
import type { Config, EnvironmentConfig, ServiceConfig } from "./types";

/**
 * Checks what the config says about itself: names, and properties that exist. What AWS takes is checked by the
 * constructs.
 * @throws InvalidInputError naming the service or environment, the property, the value and the way out
 */
export function checkConfig({ services, environments, registry }: Config): void {
  inContext("registry", () => rejectUnknownProperties(registry, REGISTRY));
  checkNames("environment", environments, 20);
  checkNames("service", services, 32);
  const names = environments.map(({ name }) => name);
  environments.forEach(checkEnvironment);
  services.forEach((service) => checkService(service, names));
}

/** Names become names of stacks, roles and variables, which take less than ECS does. */
function checkNames(what: string, entries: readonly { readonly name: string }[], maximum: number): void {
  const names = entries.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (!/^[a-z](-?[a-z0-9])*$/.test(name) || name.length > maximum) {
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
    const { cluster } = environment;
    if (!cluster) return;
    inContext("cluster", () => {
      rejectUnknownProperties(cluster, CLUSTER);
      if ("existing" in cluster && "containerInsights" in cluster) {
        throw new InvalidInputError("containerInsights goes with a cluster of our own; remove it, or existing");
      }
    });
  });
}

function checkService(service: ServiceConfig, environments: readonly string[]): void {
  inContext(`service ${quote(service.name)}`, () => {
    rejectUnknownProperties(service, SERVICE);
    for (const [environment, override] of Object.entries(service.environments ?? {})) {
      if (!environments.includes(environment)) {
        throw new InvalidInputError(
          `environments: there is no environment ${quote(environment)}; choose ${alternatives(environments)}`,
        );
      }
      inContext(`environments: ${environment}`, () => rejectUnknownProperties(override, SERVICE_OVERRIDE));
    }
  });
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
