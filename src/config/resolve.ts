import { InvalidInputError, quote } from "../errors";
import { REGISTRY_STACK, clusterStack } from "../model/names";
import { pick } from "../model/leaves";
import { PLACE, type Place, type StackProps } from "../model/place";
import { reject } from "../model/problems";
import { REPOSITORY } from "../model/registry";
import type { PinnedFargateServiceProps } from "../model/service";
import type { ProcessEnvironment } from "../model/build";
import { unknownBuilds } from "./builds";
import { nameProblems, shapeProblems, stackNameProblems } from "./problems";
import { registryWarnings, repositoriesOf, unusedRepositories } from "./repositories";
import { serviceInEnvironment, type Surroundings } from "./service-in-environment";
import { tokenTexts } from "./token-text";
import type { Config, EnvironmentConfig, Extend, ResolvedConfig, ResolvedService, ServiceConfig } from "./types";

const MANAGED_BY = { "managed-by": "ecs-pin" };

/**
 * What to deploy, stack by stack: the config with the overrides of each environment and the builds that CI names.
 *
 * @param variables where `<SERVICE>_IMAGE_TAG`, `<SERVICE>_IMAGE_DIGEST` and `<SERVICE>_IMAGE` are looked for
 * @throws InvalidInputError with a line for each problem: service or environment, path, value and the way out
 */
export function resolveConfig(config: Config, variables: ProcessEnvironment): ResolvedConfig {
  check(tokenTexts(config));
  check(shapeProblems(config));
  check(nameProblems(config));
  const problems: string[] = [];
  const warnings = new Set(unknownBuilds(config.services, variables));
  const services = config.services.flatMap((service) =>
    environmentsOf(service, config).map((environment) =>
      resolveService(service, {
        environment,
        registry: config.registry,
        variables,
        reject: (line) => problems.push(line),
        warn: (line) => warnings.add(`warning: ${line}`),
      }),
    ),
  );
  const deployed = services.map(({ service }) => service);
  const resolved = {
    registry: resolveRegistry(config, deployed),
    clusters: config.environments.filter(({ cluster }) => cluster?.existing === undefined).map(resolveCluster),
    services,
  };
  check(problems);
  check(unusedRepositories(config, deployed));
  check(stackNameProblems([resolved.registry, ...resolved.clusters, ...resolved.services]));
  registryWarnings(config, deployed).forEach((line) => warnings.add(line));
  return { ...resolved, warnings: [...warnings] };
}

function check(problems: readonly string[]): void {
  if (problems.length > 0) reject(problems);
}

function environmentsOf({ only }: ServiceConfig, { environments }: Config): EnvironmentConfig[] {
  return environments.filter(({ name }) => only?.includes(name) ?? true);
}

function stackProps(stackName: string, place: Place, tags: Readonly<Record<string, string>>): StackProps {
  return { ...pick(PLACE, place), stackName, tags: { ...tags, ...MANAGED_BY } };
}

function resolveRegistry(config: Config, deployed: readonly PinnedFargateServiceProps[]): ResolvedConfig["registry"] {
  const { registry } = config;
  return {
    ...stackProps(REGISTRY_STACK, registry, { ...registry.tags }),
    repositories: repositoriesOf(config, deployed),
    settings: pick(REPOSITORY, registry),
  };
}

function resolveCluster(environment: EnvironmentConfig): ResolvedConfig["clusters"][number] {
  const { name, tags, cluster } = environment;
  const { existing, ...settings } = cluster ?? {};
  return {
    ...stackProps(clusterStack(name), environment, { ...tags, environment: name }),
    cluster: { name, ...settings },
  };
}

function resolveService(service: ServiceConfig, surroundings: Surroundings): ResolvedService {
  const { environment } = surroundings;
  const { name, extend } = service;
  const props = serviceInEnvironment(service, surroundings);
  return {
    ...stackProps(props.name, environment, { ...environment.tags, service: name, environment: environment.name }),
    service: props,
    ...(extend && { extend: (pinned) => run(extend, pinned, service.name, environment.name) }),
  };
}

/** Rejects a function that returns a promise: the stack is written before that is kept. */
function run(extend: Extend, pinned: Parameters<Extend>[0], service: string, environment: string): void {
  const untyped: (...given: Parameters<Extend>) => unknown = extend;
  const returned = untyped(pinned, environment);
  if (!(returned instanceof Promise)) return;
  throw new InvalidInputError(
    `service ${quote(service)} in ${quote(environment)}: extend returns a promise, and what it adds later would be lost; write it without async`,
  );
}
