import { alternatives, quote } from "../errors";
import { keyRegionFault } from "../model/arn";
import { environmentConfig } from "../model/config";
import type { ContainerProps } from "../model/container";
import { REGISTRY_STACK, clusterStack, serviceStack } from "../model/names";
import { mergeNetwork } from "../model/network";
import { merge } from "../model/override";
import type { Place, StackProps } from "../model/place";
import { problemsOf, reject } from "../model/problems";
import { registryConfig } from "../model/registry";
import { fargateService, type FargateServiceProps } from "../model/service";
import { unknownImageTags, withImageTag, type ProcessEnvironment } from "./image-tags";
import { registryWarnings, repositoriesOf, withRegistry } from "./repositories";
import { tokenTexts } from "./token-text";
import {
  serviceConfig,
  type Config,
  type EnvironmentConfig,
  type ResolvedConfig,
  type ResolvedService,
  type ServiceConfig,
} from "./types";

const MANAGED_BY = { "managed-by": "ecs-pin" };

/**
 * What to deploy, stack by stack: the config with the overrides of each environment and the tags that CI sets.
 *
 * @param processEnvironment where `<SERVICE>_IMAGE_TAG` is looked for
 * @throws InvalidInputError with a line for each problem: service or environment, path, value and the way out
 */
export function resolveConfig(config: Config, processEnvironment: ProcessEnvironment): ResolvedConfig {
  check(tokenTexts(config));
  check(shapeProblems(config));
  check(nameProblems(config));
  const { services, environments, registry } = config;
  const problems: string[] = [];
  const warnings = new Set(unknownImageTags(services, processEnvironment));
  const resolved = services.flatMap((service) =>
    environmentsOf(service, environments).map((environment) =>
      resolveService(service, environment, registry, {
        variables: processEnvironment,
        reject: (line) => problems.push(line),
        warn: (line) => warnings.add(`warning: ${line}`),
      }),
    ),
  );
  check(problems);
  const repositories = repositoriesOf(services, registry);
  if (repositories.length > 0) registryWarnings(registry, environments).forEach((line) => warnings.add(line));
  const clusters = environments.filter(({ cluster }) => cluster?.existing === undefined).map(resolveCluster);
  const { region, accountId, state, providerVersion, tags, ...settings } = registry;
  const stack = stackProps(REGISTRY_STACK, { region, accountId, state, providerVersion }, { ...tags });
  const stacks = {
    registry: { ...stack, repositories, settings },
    clusters,
  };
  check(repeatedStacks([stacks.registry, ...clusters, ...resolved]));
  return { ...stacks, services: resolved, warnings: [...warnings] };
}

function check(problems: readonly string[]): void {
  if (problems.length > 0) reject(problems);
}

/** What is wrong with a service, an environment or the registry alone. */
function shapeProblems({ services, environments, registry }: Config): string[] {
  return [
    ...problemsOf(registryConfig, registry, "registry"),
    ...environments.flatMap((each) => problemsOf(environmentConfig, each, `environment ${quote(each.name)}`)),
    ...services.flatMap((each) => problemsOf(serviceConfig, each, `service ${quote(each.name)}`)),
  ];
}

/** What refers to nothing, or to two things. */
function nameProblems({ services, environments }: Config): string[] {
  const known = environments.map(({ name }) => name);
  return [
    ...repeated(known).map((name) => `two environments are named ${quote(name)}; give each a name of its own`),
    ...repeated(services.map(({ name }) => name)).map(
      (name) => `two services are named ${quote(name)}; give each a name of its own`,
    ),
    ...services.flatMap(({ name, only = [], environments: overrides = {}, containers }) => {
      const names = containers.map((container) => container.name);
      return [
        ...unknown("environment", only, known).map((line) => `service ${quote(name)}: only: ${line}`),
        ...unknown("environment", Object.keys(overrides), known).map(
          (line) => `service ${quote(name)}: environments: ${line}`,
        ),
        ...Object.entries(overrides).flatMap(([environment, override]) =>
          unknown("container", Object.keys(override.containers ?? {}), names).map(
            (line) => `service ${quote(name)}: environments: ${environment}: containers: ${line}`,
          ),
        ),
      ];
    }),
  ];
}

function unknown(what: string, names: readonly string[], known: readonly string[]): string[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => `there is no ${what} ${quote(name)}; choose ${alternatives(known.map(quote))}`);
}

/** Two stacks of one name: `a` in `b-c` and `a-b` in `c`, or a service named `cluster`. */
function repeatedStacks(stacks: readonly StackProps[]): string[] {
  return repeated(stacks.map(({ stackName }) => stackName)).map(
    (name) => `two stacks would be named ${quote(name)}; rename a service or an environment`,
  );
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

function environmentsOf({ only }: ServiceConfig, environments: readonly EnvironmentConfig[]): EnvironmentConfig[] {
  return environments.filter(({ name }) => only?.includes(name) ?? true);
}

function stackProps(stackName: string, place: Place, tags: Readonly<Record<string, string>>): StackProps {
  const { region, accountId, state, providerVersion } = place;
  return { stackName, region, accountId, state, providerVersion, tags: { ...tags, ...MANAGED_BY } };
}

function resolveCluster(environment: EnvironmentConfig): ResolvedConfig["clusters"][number] {
  const { name, tags, cluster } = environment;
  return {
    ...stackProps(clusterStack(name), environment, { ...tags, environment: name }),
    cluster: { name, containerInsights: cluster?.containerInsights },
  };
}

/** Where the values come from that are not in the config, and where problems go. */
interface Surroundings {
  readonly variables: ProcessEnvironment;
  readonly reject: (line: string) => void;
  readonly warn: (line: string) => void;
}

function resolveService(
  service: ServiceConfig,
  environment: EnvironmentConfig,
  registry: Config["registry"],
  { variables, reject, warn }: Surroundings,
): ResolvedService {
  const context = `service ${quote(service.name)} in ${quote(environment.name)}`;
  const tagged = withImageTag(service, merged(service, environment), variables, {
    reject: (line) => reject(`${context}: ${line}`),
    warn: (line) => warn(`${context}: ${line}`),
  });
  const props = withRegistry(tagged, registry, environment);
  problemsOf(fargateService, props, context).forEach(reject);
  const keyFault = keyRegionFault("logKmsKeyArn", props.logKmsKeyArn, environment.region);
  if (keyFault !== undefined) reject(`${context}: ${keyFault}`);
  const { extend } = service;
  const tags = { ...environment.tags, service: service.name, environment: environment.name };
  return {
    ...stackProps(props.name, environment, tags),
    service: props,
    ...(extend && { extend: (pinned) => extend(pinned, environment.name) }),
  };
}

/** The service as it is in an environment. */
function merged(service: ServiceConfig, environment: EnvironmentConfig): FargateServiceProps {
  const { name, environments = {}, only, extend, network, ...settings } = service;
  const { containers: byName = {}, network: override, ...overrides } = environments[environment.name] ?? {};
  return {
    ...merge<Omit<FargateServiceProps, "name" | "cluster" | "network">>(settings, overrides),
    name: serviceStack(name, environment.name),
    cluster: environment.cluster?.existing ?? environment.name,
    network: [network, override].reduce(mergeNetwork, environment.network),
    containers: settings.containers.map((container) => merge<ContainerProps>(container, byName[container.name])),
  };
}
