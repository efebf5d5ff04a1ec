import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { App } from "cdktf";

import { resolveConfig, type Config, type Extend } from "../../src/config";
import * as places from "../../src/config/environments";
import { services as shippedServices } from "../../src/config/services";
import { InvalidInputError } from "../../src/errors";
import { ClusterStack, GroupStack, JobStack, RegistryStack, ServiceStack, synthesize } from "../../src/stacks";
import { chosenProviderVersion } from "./provider-version";

const shipped: Config = { services: shippedServices, ...places };

/**
 * `main.ts` with the config from a JSON file, so that a test can deploy what the repository does not ship, and with the
 * `extend` from a module. Without a file, the config is what the repository ships.
 */
async function main(configFile?: string, extension?: string): Promise<void> {
  const config = inChosenVersion(configFile === undefined ? shipped : parsed(configFile));
  const { extend } = extension === undefined ? {} : ((await import(resolve(extension))) as { extend: Extend });
  const services = config.services.map((service) => ({ ...service, ...(extend && { extend }) }));
  const {
    registry,
    clusters,
    services: deployed,
    jobs,
    groups,
    warnings,
  } = resolveConfig({ ...config, services }, process.env);
  warnings.forEach((warning) => console.warn(warning));

  const app = new App();
  new RegistryStack(app, registry);
  clusters.forEach((cluster) => new ClusterStack(app, cluster));
  deployed.forEach((service) => new ServiceStack(app, service));
  jobs.forEach((job) => new JobStack(app, job));
  groups.forEach((group) => new GroupStack(app, group));
  synthesize(app);
}

function parsed(configFile: string): Config {
  return JSON.parse(readFileSync(configFile, "utf8")) as Config;
}

/** The config with the version of the AWS provider that is chosen for all stories, if one is. */
function inChosenVersion({ environments, registry, ...config }: Config): Config {
  const version = chosenProviderVersion();
  const chosen = version === undefined ? {} : { providerVersion: version };
  return {
    ...config,
    environments: environments.map((environment) => ({ ...environment, ...chosen })),
    registry: { ...registry, ...chosen },
  };
}

main(...process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof InvalidInputError)) throw error;
  console.error(error.message);
  process.exit(1);
});
