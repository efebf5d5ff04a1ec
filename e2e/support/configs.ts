import type { Config, EnvironmentConfig, ServiceConfig } from "../../src/config";
import { environments, registry } from "../../src/config/environments";
import { services } from "../../src/config/services";
import { ACCOUNT } from "./aws";

const [shippedService] = services;
const [shippedContainer] = shippedService?.containers ?? [];
const shippedEnvironment = environments.find(({ name }) => name === "local");

/** The shipped config, with every environment in the account of the local AWS. */
export function shippedInLocalAws(): Config {
  return { services, environments: environments.map((shipped) => ({ ...shipped, accountId: ACCOUNT })), registry };
}

/** The shipped service `demo` in `local`, with some of it replaced. */
export function demoLocal(
  container: Partial<ServiceConfig["containers"][number]> = {},
  environment: Partial<EnvironmentConfig> = {},
): Config {
  if (!shippedService || !shippedContainer || !shippedEnvironment) throw new Error("demo-local does not ship");
  return {
    services: [{ ...shippedService, environments: {}, containers: [{ ...shippedContainer, ...container }] }],
    environments: [{ ...shippedEnvironment, ...environment }],
    registry,
  };
}
