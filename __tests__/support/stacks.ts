import type { App } from "cdktf";

import type { ResolvedConfig } from "../../src/config";
import { ClusterStack, GroupStack, JobStack, RegistryStack, ServiceStack } from "../../src/stacks";

/** Adds every stack of a config, as `main.ts` does. */
export function addStacks(app: App, { registry, clusters, services, groups, jobs }: ResolvedConfig): void {
  new RegistryStack(app, registry);
  clusters.forEach((cluster) => new ClusterStack(app, cluster));
  services.forEach((service) => new ServiceStack(app, service));
  groups.forEach((group) => new GroupStack(app, group));
  jobs.forEach((job) => new JobStack(app, job));
}
