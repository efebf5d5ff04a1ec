import type { ContainerProps } from "../model/container";
import { overridesDriver } from "../model/logging";
import { serviceStack } from "../model/names";
import { mergeNetwork, type NetworkProps } from "../model/network";
import { merge, type Override } from "../model/override";
import type { EnvironmentConfig } from "./types";

/** What a service and a job have in common, as they are written. */
interface Written {
  readonly name: string;
  readonly network?: Override<NetworkProps>;
  readonly containers: readonly ContainerProps[];
}

/** What an environment changes of it. */
interface Changes {
  readonly network?: Override<NetworkProps>;
  readonly containers?: Readonly<Record<string, Override<ContainerProps>>>;
}

/** Where it runs, and what is the same in each environment. */
interface Placed {
  readonly name: string;
  readonly cluster: string;
  readonly network: NetworkProps;
  readonly containers: ContainerProps[];
}

/**
 * A service or a job with what the environment overrides, under the name that it has there.
 * @param settings all of its other properties
 */
export function inEnvironment<T extends object>(
  { name, network, containers }: Written,
  settings: T,
  environments: Readonly<Record<string, Changes>>,
  environment: EnvironmentConfig,
): T & Placed {
  const { containers: byName = {}, network: changed, ...changes } = own(environments, environment.name) ?? {};
  return {
    ...merge(settings, changes as Override<T>),
    name: serviceStack(name, environment.name),
    cluster: environment.cluster?.existing ?? environment.name,
    network: [network, changed].reduce(mergeNetwork, environment.network),
    containers: containers.map((container) => mergeContainer(container, own(byName, container.name))),
  };
}

/** The container with what the environment overrides; the options of another log driver would not fit. */
function mergeContainer(container: ContainerProps, changes: Override<ContainerProps> | undefined): ContainerProps {
  const { logging, ...others } = container;
  return merge<ContainerProps>(overridesDriver(logging, changes?.logging) ? others : container, changes);
}

/** What is written under a name of the user's own, which may also be the name of something that every object has. */
export function own<T>(byName: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}
