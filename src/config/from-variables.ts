import { quote } from "../errors";
import type { ProcessEnvironment } from "../model/build-variables";
import { valueFault, withValue } from "../model/config-names";
import type { Config, EnvironmentConfig } from "./types";

/** A line for each variable whose value cannot be in the name of its environment. */
export function variableProblems({ environments }: Config, variables: ProcessEnvironment): string[] {
  return environments.flatMap((environment) => {
    const value = valueOf(environment, variables);
    const fault = value === undefined ? undefined : valueFault(environment.name, value);
    const { name, fromVariable = "" } = environment;
    return fault === undefined ? [] : [`environment ${quote(name)}: ${fromVariable} ${quote(value)} ${fault}`];
  });
}

/**
 * The config as the variables complete it: `pr-*` becomes `pr-12` wherever it stands, or is left out everywhere if its
 * variable is not set.
 */
export function withVariables(config: Config, variables: ProcessEnvironment): Config {
  if (config.environments.every(({ fromVariable }) => fromVariable === undefined)) return config;
  const names = new Map(config.environments.map((environment) => [environment.name, nameOf(environment, variables)]));
  return {
    ...config,
    environments: config.environments.flatMap((environment) => {
      const name = names.get(environment.name);
      return name === undefined ? [] : [{ ...environment, name }];
    }),
    services: config.services.map((service) => renamed(service, names)),
    jobs: config.jobs?.map((job) => renamed(job, names)),
  };
}

/** CI sets a variable to nothing where it has no value: the number of a pull request, in a push. */
function valueOf({ fromVariable }: EnvironmentConfig, variables: ProcessEnvironment): string | undefined {
  const value = fromVariable === undefined ? undefined : variables[fromVariable];
  return value === "" ? undefined : value;
}

function nameOf(environment: EnvironmentConfig, variables: ProcessEnvironment): string | undefined {
  if (environment.fromVariable === undefined) return environment.name;
  const value = valueOf(environment, variables);
  return value === undefined ? undefined : withValue(environment.name, value);
}

/** What a service or a job says of environments. */
interface Placed {
  readonly only?: readonly string[];
  readonly environments?: Readonly<Record<string, unknown>>;
}

/** @param names what each environment is called; `undefined` for one that is not there */
function renamed<T extends Placed>(entry: T, names: ReadonlyMap<string, string | undefined>): T {
  const { only, environments } = entry;
  return {
    ...entry,
    ...(only && { only: only.flatMap((name) => names.get(name) ?? []) }),
    ...(environments && {
      environments: Object.fromEntries(
        Object.entries(environments).flatMap(([name, override]) => {
          const known = names.get(name);
          return known === undefined ? [] : [[known, override]];
        }),
      ),
    }),
  };
}
