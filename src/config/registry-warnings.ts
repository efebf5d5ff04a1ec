import { quote } from "../errors";
import type { EnvironmentConfig, RegistryConfig } from "./types";

/**
 * A line for each environment that looks for images in another region than they are pushed to, and one where nobody
 * says in which of several accounts they are.
 */
export function registryWarnings(registry: RegistryConfig, environments: readonly EnvironmentConfig[]): string[] {
  const elsewhere = environments
    .filter(({ region }) => region !== registry.region)
    .map(
      ({ name, region }) =>
        `warning: environment ${quote(name)}: images are looked up in ${region}, and the registry is in ${registry.region}; replicate the repositories there, or use one region`,
    );
  return [...elsewhere, ...accountWarnings(registry, environments)];
}

function accountWarnings({ accountId }: RegistryConfig, environments: readonly EnvironmentConfig[]): string[] {
  const accounts = new Set(environments.flatMap((environment) => environment.accountId ?? []));
  if (accountId !== undefined || accounts.size < 2) return [];
  return [
    `warning: registry: accountId is missing, and the environments are in ${[...accounts].join(", ")}; say which account holds the repositories`,
  ];
}
