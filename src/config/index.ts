import { environments, registry } from "./environments";
import { jobs } from "./jobs";
import { resolveConfig } from "./resolve";
import { services } from "./services";
import type { ResolvedConfig } from "./types";
import { variables } from "./variables";

export { resolveConfig } from "./resolve";
export type * from "./types";

/**
 * The config of this repository, with the builds that CI names.
 * @throws InvalidInputError naming the service or environment, the property, the value and the way out
 */
export function loadConfig(): ResolvedConfig {
  return resolveConfig({ services, jobs, environments, registry }, variables());
}
