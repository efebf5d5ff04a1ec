import type { z } from "zod";

import type { PinnedFargateJob } from "../constructs/job/pinned-fargate-job";
import type { PinnedFargateService } from "../constructs/service/pinned-fargate-service";
import type { ProcessEnvironment } from "../model/build-variables";
import type { ClusterProps } from "../model/cluster";
import { JOB_CONFIG, SERVICE_CONFIG, type EnvironmentConfig } from "../model/config";
import { NOT_OF_A_JOB, type PinnedFargateJobProps } from "../model/job";
import { code, object } from "../model/leaves";
import type { StackProps } from "../model/place";
import type { RegistryConfig, RepositorySettings } from "../model/registry";
import { NOT_OF_A_SERVICE, type PinnedFargateServiceProps } from "../model/service";

export type { EnvironmentConfig, RegistryConfig };

/** Adds to a service, in one environment, what data cannot express. */
export type Extend = (service: PinnedFargateService, environment: string) => void;

/** What runs. It is deployed to every environment, as `<service>-<environment>`. */
export const serviceConfig = object(
  {
    ...SERVICE_CONFIG,
    /** Code that adds what data cannot express: resources, variables, permissions. @default - nothing is added */
    extend: code<Extend>().optional(),
  },
  NOT_OF_A_SERVICE,
);
export interface ServiceConfig extends z.input<typeof serviceConfig> {}

/** Adds to a job, in one environment, what data cannot express. */
export type ExtendJob = (job: PinnedFargateJob, environment: string) => void;

/** A task that ends. It is deployed to every environment, as `<job>-<environment>`. */
export const jobConfig = object(
  {
    ...JOB_CONFIG,
    /** Code that adds what data cannot express: resources, variables, permissions. @default - nothing is added */
    extend: code<ExtendJob>().optional(),
  },
  NOT_OF_A_JOB,
);
export interface JobConfig extends z.input<typeof jobConfig> {}

/** The whole config. */
export interface Config {
  readonly services: readonly ServiceConfig[];
  /** @default - none */
  readonly jobs?: readonly JobConfig[];
  readonly environments: readonly EnvironmentConfig[];
  readonly registry: RegistryConfig;
}

/** What a service is resolved with, and where its problems and warnings go, in words that follow the service's name. */
export interface Surroundings {
  readonly environment: EnvironmentConfig;
  readonly registry: RegistryConfig;
  readonly variables: ProcessEnvironment;
  readonly reject: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** A service in an environment. */
export interface ResolvedService extends StackProps {
  readonly service: PinnedFargateServiceProps;
  readonly extend?: (service: PinnedFargateService) => void;
}

/** A job in an environment. */
export interface ResolvedJob extends StackProps {
  readonly job: PinnedFargateJobProps;
  readonly extend?: (job: PinnedFargateJob) => void;
}

/** Services of an environment that share a stack. */
export interface ResolvedGroup extends StackProps {
  readonly services: readonly (Pick<ResolvedService, "service" | "extend"> & { readonly name: string })[];
}

/** One entry for each stack that is deployed. */
export interface ResolvedConfig {
  readonly registry: StackProps & { readonly repositories: readonly string[]; readonly settings: RepositorySettings };
  readonly clusters: readonly (StackProps & { readonly cluster: ClusterProps })[];
  /** Services with a stack of their own. */
  readonly services: readonly ResolvedService[];
  readonly jobs: readonly ResolvedJob[];
  /** Stacks of several services. */
  readonly groups: readonly ResolvedGroup[];
  /** Warnings, one line each. */
  readonly warnings: readonly string[];
}
