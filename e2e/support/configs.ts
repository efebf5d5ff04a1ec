import type { Config, EnvironmentConfig, ServiceConfig } from "../../src/config";
import { environments, registry } from "../../src/config/environments";
import { services } from "../../src/config/services";

const shippedService = services.find(({ name }) => name === "demo");
const [shippedContainer] = shippedService?.containers ?? [];
const shippedEnvironment = environments.find(({ name }) => name === "local");

/** The shipped service `demo` in `local`, with some of it replaced; a `name` of the environment renames the stack. */
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
