import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { App } from "cdktf";

import { resolveConfig, type Config, type Extend } from "../../src/config";
import { InvalidInputError } from "../../src/errors";
import { ClusterStack, RegistryStack, ServiceStack, synthesize } from "../../src/stacks";

/**
 * `main.ts` with the config from a JSON file, so that a test can deploy what the repository does not ship, and with the
 * `extend` from a module.
 */
async function main(configFile = "", extension?: string): Promise<void> {
  const config = JSON.parse(readFileSync(configFile, "utf8")) as Config;
  const more = extension === undefined ? {} : ((await import(resolve(extension))) as { extend: Extend });
  const services = config.services.map((service) => ({ ...service, ...more }));
  const { registry, clusters, services: deployed } = resolveConfig({ ...config, services }, process.env);

  const app = new App();
  new RegistryStack(app, registry);
  clusters.forEach((cluster) => new ClusterStack(app, cluster));
  deployed.forEach((service) => new ServiceStack(app, service));
  synthesize(app);
}

main(...process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof InvalidInputError)) throw error;
  console.error(error.message);
  process.exit(1);
});
