import { alternatives, quote } from "../errors";
import type { ContainerProps } from "../model/container";
import { inEcr } from "../model/image";
import type { Config, EnvironmentConfig, RegistryConfig } from "./types";

/** What runs containers: a service or a job, as it is written or in an environment. */
export interface WithContainers {
  readonly containers: readonly ContainerProps[];
}

/**
 * Every repository that the registry must have: what images are taken from, but not those of other registries, nor those
 * that exist already.
 * @param deployed the services and jobs as they are in their environments
 */
export function repositoriesOf(config: Config, deployed: readonly WithContainers[]): string[] {
  const { existing = [] } = config.registry;
  return usedRepositories(config, deployed).filter((name) => !existing.includes(name));
}

/** A line for each existing repository that no service or job takes an image from: a typo would create it instead. */
export function unusedRepositories(config: Config, deployed: readonly WithContainers[]): string[] {
  const used = usedRepositories(config, deployed);
  return (config.registry.existing ?? [])
    .filter((name) => !used.includes(name))
    .map(
      (name) =>
        `registry: existing: nothing takes an image from ${quote(name)}; ${used.length > 0 ? `choose ${alternatives(used.map(quote))}, or remove it` : "remove it"}`,
    );
}

function usedRepositories(
  { services, jobs = [], registry: { accountId } }: Config,
  deployed: readonly WithContainers[],
): string[] {
  const images = [...services, ...jobs, ...deployed].flatMap(({ containers }) => inEcr(containers));
  const own = images.filter(({ image: { registryId = accountId } }) => registryId === accountId);
  return [...new Set(own.map(({ image }) => image.repository))].sort();
}

/**
 * A service or a job with its images looked up in the account of the registry, if that is a different one. The environment's own
 * account is never written, so that images of one repository are the same.
 */
export function withRegistry<T extends WithContainers>(
  props: T,
  registry: RegistryConfig,
  { accountId }: EnvironmentConfig,
): T {
  const containers = props.containers.map((container) => {
    if (typeof container.image === "string") return container;
    const { registryId = registry.accountId, ...image } = container.image;
    const isElsewhere = registryId !== undefined && registryId !== accountId;
    return { ...container, image: { ...image, ...(isElsewhere && { registryId }) } };
  });
  return { ...props, containers };
}

/**
 * A line for each environment that looks for images in a region other than the one they are pushed to, and a line if
 * nothing says in which of several accounts they are.
 */
export function registryWarnings(config: Config, deployed: readonly WithContainers[]): string[] {
  const { registry, environments } = config;
  if (usedRepositories(config, deployed).length === 0) return [];
  const elsewhere = environments
    .filter(({ region }) => region !== registry.region && !(registry.replicatedTo ?? []).includes(region))
    .map(
      ({ name, region }) =>
        `warning: environment ${quote(name)}: images are looked up in ${region}, but the registry is in ${registry.region}; replicate the repositories to ${region} and add it to replicatedTo of the registry, or use one region`,
    );
  return [...elsewhere, ...accountWarnings(registry, environments)];
}

function accountWarnings({ accountId }: RegistryConfig, environments: readonly EnvironmentConfig[]): string[] {
  const accounts = new Set(environments.flatMap((environment) => environment.accountId ?? []));
  if (accountId !== undefined || accounts.size < 2) return [];
  return [
    `warning: registry: accountId is missing, and the environments are in ${[...accounts].join(", ")}; set it to the account that holds the repositories`,
  ];
}
