import { App } from "cdktf";

import { loadConfig } from "./src/config";
import { InvalidInputError } from "./src/errors";
import {
  ClusterStack,
  GroupStack,
  JobStack,
  RegistryStack,
  ServiceStack,
  synthesize,
  withoutTokenTraces,
} from "./src/stacks";

try {
  const { registry, clusters, services, groups, jobs, warnings } = loadConfig();
  warnings.forEach((warning) => console.warn(warning));
  withoutTokenTraces(() => {
    const app = new App();
    new RegistryStack(app, registry);
    clusters.forEach((cluster) => new ClusterStack(app, cluster));
    services.forEach((service) => new ServiceStack(app, service));
    jobs.forEach((job) => new JobStack(app, job));
    groups.forEach((group) => new GroupStack(app, group));
    // Stacks of your own go here.
    synthesize(app);
  });
} catch (error) {
  if (!(error instanceof InvalidInputError)) throw error;
  console.error(error.message);
  process.exit(1);
}
