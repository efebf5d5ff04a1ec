import { environments, registry } from "./environments";
import { resolveConfig } from "./resolve";
import { services } from "./services";
import type { ResolvedConfig } from "./types";

export { resolveConfig } from "./resolve";
export type * from "./types";

/**
 * The config of this repository, with the builds that CI names. This is the only place that reads `process.env`.
 * @throws InvalidInputError naming the service or environment, the property, the value and the way out
 */
export function loadConfig(): ResolvedConfig {
  return resolveConfig({ services, environments, registry }, process.env);
}
