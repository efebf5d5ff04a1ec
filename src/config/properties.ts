import type { PropertiesOf } from "../errors";
import type {
  Config,
  EnvironmentConfig,
  ExistingCluster,
  OwnCluster,
  RegistryConfig,
  ServiceConfig,
  ServiceOverride,
  ServiceSettings,
} from "./types";

export const CONFIG: PropertiesOf<Config> = { services: true, environments: true, registry: true };

const SERVICE_SETTINGS: PropertiesOf<ServiceSettings> = {
  desiredCount: true,
  minimumHealthyPercent: true,
  maximumPercent: true,
  availabilityZoneRebalancing: true,
  waitForSteadyState: true,
  cpuArchitecture: true,
  ingress: true,
  logRetentionDays: true,
  logKmsKeyArn: true,
};

/** What may differ by environment. */
export const SERVICE_OVERRIDE: PropertiesOf<ServiceOverride> = {
  cpu: true,
  memory: true,
  containers: true,
  ...SERVICE_SETTINGS,
};

export const SERVICE: PropertiesOf<ServiceConfig> = { name: true, environments: true, ...SERVICE_OVERRIDE };

export const ENVIRONMENT: PropertiesOf<EnvironmentConfig> = {
  name: true,
  region: true,
  accountId: true,
  network: true,
  cluster: true,
  state: true,
  providerVersion: true,
  tags: true,
};

export const CLUSTER: PropertiesOf<OwnCluster & ExistingCluster> = { containerInsights: true, existing: true };

export const REGISTRY: PropertiesOf<RegistryConfig> = {
  region: true,
  accountId: true,
  state: true,
  providerVersion: true,
  tags: true,
  imageTagMutability: true,
  scanOnPush: true,
  kmsKeyArn: true,
};
