import type { ContainerProps } from "../model/container";
import { serviceStack } from "../model/names";
import { mergeNetwork } from "../model/network";
import { merge } from "../model/override";
import { problemsOf } from "../model/problems";
import { fargateService, type PinnedFargateServiceProps } from "../model/service";
import { logKeyFault } from "../model/task";
import { withNamedBuild } from "./builds";
import { withRegistry } from "./repositories";
import type { EnvironmentConfig, ServiceConfig, Surroundings } from "./types";

/** A service in an environment: with the environment's overrides, the build that CI names, and the registry's account. */
export function serviceInEnvironment(service: ServiceConfig, surroundings: Surroundings): PinnedFargateServiceProps {
  const { environment, registry } = surroundings;
  const reject = (line: string): void => surroundings.reject(`: ${line}`);
  const warn = (line: string): void => surroundings.warn(`: ${line}`);
  const located = withRegistry(merged(service, environment), registry, environment);
  const props = withNamedBuild(service, located, { ...surroundings, reject, warn });
  problemsOf(fargateService, props, "").forEach(surroundings.reject);
  const keyFault = logKeyFault(props, environment.region);
  if (keyFault !== undefined) reject(keyFault);
  return props;
}

/** The service with what the environment overrides. */
function merged(service: ServiceConfig, environment: EnvironmentConfig): PinnedFargateServiceProps {
  const { name, environments = {}, only, extend, network, ...settings } = service;
  const { containers: byName = {}, network: override, ...overrides } = own(environments, environment.name) ?? {};
  return {
    ...merge<Omit<PinnedFargateServiceProps, "name" | "cluster" | "network">>(settings, overrides),
    name: serviceStack(name, environment.name),
    cluster: environment.cluster?.existing ?? environment.name,
    network: [network, override].reduce(mergeNetwork, environment.network),
    containers: settings.containers.map((container) => merge<ContainerProps>(container, own(byName, container.name))),
  };
}

/** What is written under a name of the user's own, which may also be the name of something that every object has. */
function own<T>(byName: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}
