import type { ContainerProps } from "../constructs/container";
import { inContext } from "../errors";
import { withOverrides, withoutEmptyVariables } from "./containers";
import { onlyDefined } from "./defined";
import { unknownImageTags, withImageTag, type ProcessEnvironment } from "./image-tags";
import { registryWarnings } from "./registry-warnings";
import { rejectTokens } from "./token-text";
import type {
  Config,
  EnvironmentConfig,
  RegistryConfig,
  ResolvedCluster,
  ResolvedConfig,
  ResolvedRegistry,
  ResolvedService,
  ServiceConfig,
} from "./types";
import { checkConfig, checkStackNames } from "./validation";

const MANAGED_BY = { "managed-by": "ecs-pin" };

/**
 * What to deploy, stack by stack: the config with the overrides of each environment and the tags that CI sets.
 *
 * @param processEnvironment where `<SERVICE>_IMAGE_TAG` is looked for
 * @throws InvalidInputError naming the service or environment, the property, the value and the way out
 */
export function resolveConfig(config: Config, processEnvironment: ProcessEnvironment): ResolvedConfig {
  checkConfig(config);
  rejectTokens(config);
  const { services, environments, registry } = config;
  const warnings = new Set(unknownImageTags(services, processEnvironment));
  const resolvedRegistry = resolveRegistry(registry, services);
  if (resolvedRegistry.repositories.length > 0) {
    registryWarnings(registry, environments).forEach((line) => warnings.add(line));
  }
  const resolved = {
    registry: resolvedRegistry,
    clusters: environments.flatMap((environment) => resolveCluster(environment) ?? []),
    services: services.flatMap((service) =>
      environments.map((environment) => {
        const stackName = `${service.name}-${environment.name}`;
        const warn = (line: string): unknown => warnings.add(`warning: ${stackName}: ${line}`);
        return inContext(stackName, () => resolveService(service, environment, registry, processEnvironment, warn));
      }),
    ),
    warnings: [...warnings],
  };
  checkStackNames([resolved.registry, ...resolved.clusters, ...resolved.services].map(({ stackName }) => stackName));
  return resolved;
}

function resolveRegistry(registry: RegistryConfig, services: readonly ServiceConfig[]): ResolvedRegistry {
  return {
    ...registry,
    stackName: "registry",
    tags: { ...registry.tags, ...MANAGED_BY },
    repositories: repositoriesOf(services, registry),
  };
}

/** Every repository that an image is taken from, but those of other registries. */
function repositoriesOf(services: readonly ServiceConfig[], { accountId }: RegistryConfig): string[] {
  const images = services.flatMap(({ containers, environments = {} }) => [
    ...containers.map(({ image }) => image),
    ...Object.values(environments).flatMap(({ containers: overrides = {} }) =>
      Object.values(overrides).map(({ image }) => image),
    ),
  ]);
  const repositories = images.flatMap((image) => {
    if (image === undefined || typeof image === "string") return [];
    const { repository, registryId = accountId } = image;
    return registryId === accountId ? repository : [];
  });
  return [...new Set(repositories)].sort();
}

function resolveCluster(environment: EnvironmentConfig): ResolvedCluster | undefined {
  const { name, cluster = {}, tags } = environment;
  if ("existing" in cluster) return undefined;
  return {
    ...placeOf(environment),
    stackName: `cluster-${name}`,
    tags: { ...tags, environment: name, ...MANAGED_BY },
    cluster: { ...cluster, name },
  };
}

function resolveService(
  service: ServiceConfig,
  environment: EnvironmentConfig,
  registry: RegistryConfig,
  processEnvironment: ProcessEnvironment,
  warn: (line: string) => void,
): ResolvedService {
  const { name, environments = {}, containers, ...settings } = service;
  const { containers: containerOverrides = {}, ...overrides } = environments[environment.name] ?? {};
  const { cluster = {}, network } = environment;
  const overridden = withOverrides(containers, containerOverrides);
  const tagged = withImageTag(service, overridden, processEnvironment, warn);
  return {
    ...settings,
    ...onlyDefined(overrides),
    ...placeOf(environment),
    stackName: `${name}-${environment.name}`,
    tags: { ...environment.tags, service: name, environment: environment.name, ...MANAGED_BY },
    cluster: "existing" in cluster ? cluster.existing : environment.name,
    network,
    containers: withRegistry(withoutEmptyVariables(tagged, warn), registry, environment),
  };
}

function placeOf({
  region,
  accountId,
  providerVersion,
  state,
}: EnvironmentConfig): Omit<ResolvedCluster, "stackName" | "tags" | "cluster"> {
  return { region, accountId, providerVersion, state };
}

/** Images are looked up in the account of the registry, where that is another one. */
function withRegistry(
  containers: readonly ContainerProps[],
  { accountId: registryId }: RegistryConfig,
  { accountId }: EnvironmentConfig,
): readonly ContainerProps[] {
  if (registryId === undefined || registryId === accountId) return containers;
  return containers.map((container) =>
    typeof container.image === "string" ? container : { ...container, image: { registryId, ...container.image } },
  );
}
