import { type z } from "zod";

import { regionFault } from "./arn";
import { clusterConfig, clusterFault } from "./cluster";
import { checkVariable, environmentName, serviceName, variableName } from "./config-names";
import { container } from "./container";
import { JOB } from "./job";
import { list, literal, object, pattern, record } from "./leaves";
import { network } from "./network";
import { override } from "./override";
import { PLACE, checkPlace } from "./place";
import { managedPolicyArn } from "./policy";
import { problem } from "./problems";
import { SERVICE } from "./service";
import { OUR_TAGS, tags } from "./tags";

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
   * ARN of the managed policy that limits what the roles of the services and jobs may do, unless they have one of their own:
   * `arn:aws:iam::ACCOUNT:policy/NAME`.
   * @default - none
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  permissionsBoundary: managedPolicyArn.optional(),
  /**
   * Tags of every resource, besides `service`, `environment` and `managed-by`: at most 47. Keys are 1 to 128, and
   * values 1 to 256 letters, digits, spaces or `_.:/=+-@`. Tasks that start later have
   * them too.
   * @default {}
   */
  tags: tags(...OUR_TAGS).default({}),
}).superRefine((environment, context) => {
  checkPlace(environment, context);
  checkVariable(environment, context);
  const fault = clusterFault(environment.cluster, environment);
  if (fault !== undefined) problem(context, ["cluster"], fault);
  const keyFault = regionFault("kmsKeyArn", environment.cluster.executeCommand?.kmsKeyArn, environment.region);
  if (keyFault !== undefined) problem(context, ["cluster", "executeCommand"], keyFault);
});
export interface EnvironmentConfig extends z.input<typeof environmentConfig> {}

const NETWORK = {
  /** What differs from the environment's network. All properties are optional here. @default - nothing */
  network: override(network).optional(),
};
const SETTINGS = {
  ...SERVICE,
  ...NETWORK,
  /**
   * Name of a stack that the service shares: all services with the same one are deployed together, as `<stack>-<environment>`,
   * with one state. 1 to 128 lower-case letters, digits and single `-`, beginning with a letter. To move a service that is
   * deployed, see docs/guides/grouped-stacks.md.
   * @default - a stack of its own, `<service>-<environment>`
   */
  stack: serviceName.optional(),
};
const JOB_SETTINGS = { ...JOB, ...NETWORK };

const CONTAINERS = {
  /** What differs in the containers, by name. @default - nothing */
  containers: record(container.shape.name, override(object({ ...container.shape }).omit({ name: true }))).optional(),
};

const serviceOverride = object({ ...override(object(SETTINGS)).shape, ...CONTAINERS });
const jobOverride = object({ ...override(object(JOB_SETTINGS)).shape, ...CONTAINERS });

/**
 * What is different for a service in one environment. Every property is optional, at any depth; what is left out stays
 * as it is in the service.
 */
export interface ServiceOverride extends z.input<typeof serviceOverride> {}

const anEnvironment = literal(pattern(/./, "name an environment"));
const ONLY = {
  /** Names of the environments that it is deployed to, at least one: `["staging"]`. @default - every one */
  only: list(anEnvironment, { minimum: 1, unique: true }).optional(),
};

/** What runs. It is deployed to every environment, as `<service>-<environment>`. */
export const SERVICE_CONFIG = {
  /** Name of the service: 1 to 128 lower-case letters, digits and single `-`, beginning with a letter. */
  name: serviceName,
  ...SETTINGS,
  ...ONLY,
  /**
   * What differs, by name of the environment. Objects are merged property by property at every depth; lists and all
   * other values are replaced.
   * @default - nothing
   */
  environments: record(anEnvironment, serviceOverride).optional(),
};

/** What is different for a job in one environment, as for a service. */
export interface JobOverride extends z.input<typeof jobOverride> {}

/** A task that ends. It is deployed to every environment, as `<job>-<environment>`. */
export const JOB_CONFIG = {
  /** Name of the job: 1 to 128 lower-case letters, digits and single `-`, beginning with a letter. */
  name: serviceName,
  ...JOB_SETTINGS,
  /**
   * Name of a service that the job belongs to. What CI names for the service, with `<SERVICE>_IMAGE_TAG` and the like, is
   * also what the job's images of that repository are, and without tag and digest they are the build that the service runs.
   * @default - none; `<JOB>_IMAGE_TAG` and the like name the build
   */
  service: serviceName.optional(),
  ...ONLY,
  /** What differs, by name of the environment, as in a service. @default - nothing */
  environments: record(anEnvironment, jobOverride).optional(),
};
