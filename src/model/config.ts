import { type z } from "zod";

import { clusterConfig } from "./cluster";
import { checkVariable, environmentName, serviceName, variableName } from "./config-names";
import { container } from "./container";
import { list, literal, object, pattern, record } from "./leaves";
import { network } from "./network";
import { override } from "./override";
import { PLACE, checkPlace } from "./place";
import { SERVICE } from "./service";
import { tags } from "./tags";

/** Where services run. */
export const environmentConfig = object({
  /**
   * Name of the environment: 1 to 63 lower-case letters, digits and single `-`, beginning with a letter. With
   * `fromVariable` it has a `*`: `pr-*`.
   */
  name: environmentName,
  /**
   * Name of a variable of the shell whose value replaces the `*` in `name`: with `"PR_NUMBER"`, the environment `pr-*` is
   * `pr-12` while `PR_NUMBER` is 12. There is no such environment while the variable is empty or not set. Services refer
   * to it by the name with the `*`, in `only` and `environments`.
   * @default - the environment is always there
   */
  fromVariable: variableName.optional(),
  ...PLACE,
  /** Where tasks get their network interfaces. */
  network,
  /** An existing cluster, `{ existing: "default" }`, or settings of the environment's own. @default - its own */
  cluster: clusterConfig.default({}),
  /**
   * Tags of every resource, besides `service`, `environment` and `managed-by`: at most 47. Keys are 1 to 128, and
   * values 1 to 256 letters, digits, spaces or `_.:/=+-@`. Tasks that start later have
   * them too.
   * @default {}
   */
  tags: tags("service", "environment", "managed-by").default({}),
}).superRefine((environment, context) => {
  checkPlace(environment, context);
  checkVariable(environment, context);
});
export interface EnvironmentConfig extends z.input<typeof environmentConfig> {}

const SETTINGS = {
  ...SERVICE,
  /** What differs from the environment's network. All properties are optional here. @default - nothing */
  network: override(network).optional(),
};

const serviceOverride = object({
  ...override(object(SETTINGS)).shape,
  /** What differs in the containers, by name. @default - nothing */
  containers: record(container.shape.name, override(object({ ...container.shape }).omit({ name: true }))).optional(),
});
/**
 * What is different for a service in one environment. Every property is optional, at any depth; what is left out stays
 * as it is in the service.
 */
export interface ServiceOverride extends z.input<typeof serviceOverride> {}

/** What runs. It is deployed to every environment, as `<service>-<environment>`. */
export const SERVICE_CONFIG = {
  /** Name of the service: 1 to 128 lower-case letters, digits and single `-`, beginning with a letter. */
  name: serviceName,
  ...SETTINGS,
  /** Names of the environments that the service is deployed to, at least one: `["staging"]`. @default - every one */
  only: list(literal(pattern(/./, "name an environment")), { minimum: 1, unique: true }).optional(),
  /**
   * What differs, by name of the environment. Objects are merged property by property at every depth; lists and all
   * other values are replaced.
   * @default - nothing
   */
  environments: record(literal(pattern(/./, "name an environment")), serviceOverride).optional(),
};
