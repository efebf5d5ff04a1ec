import type { ClusterProps, ContainerInsights } from "../constructs/cluster";
import type { ContainerProps } from "../constructs/container";
import type { DeploymentProps } from "../constructs/fargate-service";
import type { RepositorySettings } from "../constructs/repository";
import type { NetworkProps } from "../constructs/service-network";
import type { IngressRule } from "../constructs/service-security-group";
import type { CpuArchitecture } from "../constructs/task-definition";
import type { StateBackend } from "../stacks/aws-stack";

/** What runs. It is deployed to every environment, as `<service>-<environment>`. */
export interface ServiceConfig extends ServiceSettings {
  /** Lower-case letters, digits and `-`, beginning with a letter. At most 32 characters. */
  readonly name: string;
  /** CPU units of a task: 256, 512, 1024, 2048 … 1024 are one vCPU. */
  readonly cpu: number;
  /** MiB of a task: a value that Fargate has with `cpu`. */
  readonly memory: number;
  /** One to ten. `<SERVICE>_IMAGE_TAG` sets the tag of the first one. */
  readonly containers: readonly ContainerProps[];
  /** What differs, by environment. @default - nothing */
  readonly environments?: Readonly<Record<string, ServiceOverride>>;
}

/** What a service may state, and state anew for an environment. */
export interface ServiceSettings extends DeploymentProps {
  /** @default "X86_64" */
  readonly cpuArchitecture?: CpuArchitecture;
  /** Who may reach the tasks. Only where the environment's network is a VPC. @default [] */
  readonly ingress?: readonly IngressRule[];
  /** Days that logs are kept. @default 30 */
  readonly logRetentionDays?: number;
  /** ARN of the KMS key that encrypts the logs. @default - a key of CloudWatch Logs */
  readonly logKmsKeyArn?: string;
}

/** What is different in one environment. */
export interface ServiceOverride extends ServiceSettings {
  readonly cpu?: number;
  readonly memory?: number;
  /** By name of the container. `environment` and `dockerLabels` are merged, everything else is replaced. */
  readonly containers?: Readonly<Record<string, ContainerOverride>>;
}

export type ContainerOverride = Partial<Omit<ContainerProps, "name">>;

/** Where it runs. */
export interface EnvironmentConfig {
  /** Lower-case letters, digits and `-`, beginning with a letter. At most 20 characters. */
  readonly name: string;
  /** `us-east-1` */
  readonly region: string;
  /** Account that may be deployed to: 12 digits, in quotes. @default - whichever the credentials belong to */
  readonly accountId?: string;
  readonly network: NetworkProps;
  /** A cluster of the environment's own, named like it, or the name of one that exists. @default - its own */
  readonly cluster?: OwnCluster | ExistingCluster;
  /** Where Terraform keeps what it deployed. */
  readonly state: StateBackend;
  /** Exact version of the AWS provider: `5.100.0`. @default - `>= 5.100.0, < 7.0.0` */
  readonly providerVersion?: string;
  /** Tags of every resource, beside `service`, `environment` and `managed-by`. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A cluster that `cluster-<environment>` deploys. */
export interface OwnCluster {
  /** @default "enabled" */
  readonly containerInsights?: ContainerInsights;
}

/** A cluster that somebody else looks after. */
export interface ExistingCluster {
  readonly existing: string;
}

/** Where the repositories live that images are pushed to. */
export interface RegistryConfig extends RepositorySettings {
  /** `us-east-1` */
  readonly region: string;
  /**
   * Account that the repositories live in: 12 digits, in quotes. Environments of other accounts pull from it, which the
   * policy of each repository must allow: see docs/ci.md.
   * @default - whichever the credentials belong to; every environment must be in that one
   */
  readonly accountId?: string;
  readonly state: StateBackend;
  /** Exact version of the AWS provider: `5.100.0`. @default - `>= 5.100.0, < 7.0.0` */
  readonly providerVersion?: string;
  /** Tags of every repository, beside `managed-by`. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
}

/** All that is configured. */
export interface Config {
  readonly services: readonly ServiceConfig[];
  readonly environments: readonly EnvironmentConfig[];
  readonly registry: RegistryConfig;
}

interface ResolvedStack {
  /** `demo-staging` */
  readonly stackName: string;
  readonly region: string;
  readonly accountId?: string;
  readonly providerVersion?: string;
  readonly state: StateBackend;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ResolvedRegistry extends ResolvedStack, RepositorySettings {
  readonly repositories: readonly string[];
}

export interface ResolvedCluster extends ResolvedStack {
  readonly cluster: ClusterProps;
}

export interface ResolvedService extends ResolvedStack, ServiceSettings {
  readonly cluster: string;
  readonly network: NetworkProps;
  readonly cpu: number;
  readonly memory: number;
  readonly containers: readonly ContainerProps[];
}

/** One entry for each stack that is deployed. */
export interface ResolvedConfig {
  readonly registry: ResolvedRegistry;
  readonly clusters: readonly ResolvedCluster[];
  readonly services: readonly ResolvedService[];
  /** What was found odd but did not stop anything, a line each. */
  readonly warnings: readonly string[];
}
