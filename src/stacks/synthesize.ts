import type { App } from "cdktf";

import { inContext } from "../errors";
import { ClusterStack, type ClusterStackProps } from "./cluster-stack";
import { RegistryStack, type RegistryStackProps } from "./registry-stack";
import { ServiceStack, type ServiceStackProps } from "./service-stack";

/** What a stack is called in `cdktf deploy`, and in what is thrown about it. */
type Named<T> = T & { readonly stackName: string };

/** Every stack of an app. */
export interface StacksProps {
  readonly registry: Named<RegistryStackProps>;
  readonly clusters: readonly Named<ClusterStackProps>[];
  readonly services: readonly Named<ServiceStackProps>[];
}

/**
 * Adds the stacks to the app and writes their JSON. Makes no network call; the same input gives the same bytes.
 * @throws InvalidInputError naming the stack, the property, the value and the way out; nothing is written then
 */
export function synthesize(app: App, { registry, clusters, services }: StacksProps): void {
  inContext(registry.stackName, () => new RegistryStack(app, registry.stackName, registry));
  for (const props of clusters) {
    inContext(props.stackName, () => new ClusterStack(app, props.stackName, props));
  }
  for (const props of services) {
    inContext(props.stackName, () => new ServiceStack(app, props.stackName, props));
  }
  app.synth();
}
