/** Names of what exists in AWS and Terraform, in one place. `service` is the name of the service in AWS. */

/** The stack of the repositories. */
export const REGISTRY_STACK = "registry";

/** The stack of an environment's cluster. */
export const clusterStack = (environment: string): string => `cluster-${environment}`;

/** The stack of a service in an environment, and the name of the service in AWS. */
export const serviceStack = (service: string, environment: string): string => `${service}-${environment}`;

export const logGroupName = (service: string): string => `/ecs/${service}`;
export const executionRoleName = (service: string): string => `${service}-execution`;
export const taskRoleName = (service: string): string => `${service}-task`;
