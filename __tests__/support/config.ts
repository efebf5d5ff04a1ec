import type { Config, EnvironmentConfig, RegistryConfig, ServiceConfig } from "../../src/config";

export type Container = ServiceConfig["containers"][number];

/** A container with no more than it must have, and `changes`. */
export function container(changes: Partial<Container> = {}): Container {
  return { name: "web", image: { repository: "team/web", tag: "1.10" }, ...changes };
}

/** A service with no more than it must have, and `changes`. */
export function service(changes: Partial<ServiceConfig> = {}): ServiceConfig {
  return { name: "shop", cpu: 256, memory: 512, containers: [container()], ...changes };
}

/** An environment with no more than it must have, and `changes`. */
export function environment(changes: Partial<EnvironmentConfig> = {}): EnvironmentConfig {
  return {
    name: "staging",
    region: "us-east-1",
    network: { vpc: "default" },
    state: { backend: "local" },
    ...changes,
  };
}

/** A registry with no more than it must have, and `changes`. */
export function registry(changes: Partial<RegistryConfig> = {}): RegistryConfig {
  return { region: "us-east-1", state: { backend: "local" }, ...changes };
}

/** The service `shop` in the environment `staging`, with some of it replaced. */
export function config(changes: Partial<Config> = {}): Config {
  return { services: [service()], environments: [environment()], registry: registry(), ...changes };
}
