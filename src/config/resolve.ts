import { visible } from "../errors";
import { REGISTRY_STACK, clusterStack } from "../model/names";
import { pick } from "../model/leaves";
import { PLACE, type Place, type StackProps } from "../model/place";
import { reject } from "../model/problems";
import { REPOSITORY } from "../model/registry";
import type { PinnedFargateServiceProps } from "../model/service";
import type { ProcessEnvironment } from "../model/build-variables";
import { unknownBuilds } from "./builds";
import { runExtend } from "./extend";
import { linesOf, type Fault } from "./faults";
import { variableProblems, withVariables } from "./from-variables";
import { plainData } from "./plain-data";
import { nameProblems, shapeProblems, stackNameProblems } from "./problems";
import { registryWarnings, repositoriesOf, unusedRepositories } from "./repositories";
import { serviceInEnvironment } from "./service-in-environment";
import type { Config, EnvironmentConfig, ResolvedConfig, ResolvedService, ServiceConfig, Surroundings } from "./types";
import { workspaceProblems } from "./workspace";

const MANAGED_BY = { "managed-by": "ecs-pin" };

/**
 * What to deploy, stack by stack: the config with the overrides of each environment and the builds that CI names.
 *
 * @param variables where `<SERVICE>_IMAGE_TAG`, `<SERVICE>_IMAGE_DIGEST` and `<SERVICE>_IMAGE` are looked for, what
 *   `fromVariable` of an environment names, and `TF_WORKSPACE`, which must not name another workspace than `default`
 * @throws InvalidInputError with a line for each problem: service or environment, path, value and the way out
 */
export function resolveConfig(given: Config, variables: ProcessEnvironment): ResolvedConfig {
  check(workspaceProblems(variables));
  const config = checkedConfig(given, variables);
  const problems: string[] = [];
  const warnings = new Set(unknownBuilds(config.services, variables));
  const services = config.services.flatMap((service) => {
    const environments = environmentsOf(service, config);
    const faults: Fault[] = [];
    const cautions: Fault[] = [];
    const resolved = environments.map((environment) => {
      const { name } = environment;
      const reject = (text: string): number => faults.push({ environment: name, text });
      const warn = (text: string): number => cautions.push({ environment: name, text });
      return resolveService(service, { environment, registry: config.registry, variables, reject, warn });
    });
    const names = environments.map(({ name }) => name);
    problems.push(...linesOf(service.name, names, faults));
    linesOf(service.name, names, cautions).forEach((line) => warnings.add(`warning: ${line}`));
    return resolved;
  });
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
  return { ...resolved, warnings: [...warnings].map(visible) };
}

/** The config as it is written, and then as the variables complete it. */
function checkedConfig(given: Config, variables: ProcessEnvironment): Config {
  const written = plainData(given);
  check(shapeProblems(written));
  check(nameProblems(written));
  check(variableProblems(written, variables));
  const config = withVariables(written, variables);
  check(nameProblems(config));
  return config;
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
    ...(extend && { extend: (pinned) => runExtend(extend, pinned, service.name, environment.name) }),
  };
}
