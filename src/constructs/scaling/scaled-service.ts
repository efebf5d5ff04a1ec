import type { TerraformResource } from "cdktf";

import type { ServiceDimensions } from "../cloudwatch/service-metrics";

/** The service that policies and scheduled actions scale. */
export interface ScaledService {
  /** Its name, known at synth. */
  readonly name: string;
  /** What CloudWatch knows it by. */
  readonly service: ServiceDimensions;
  /** What Application Auto Scaling knows it by. */
  readonly reference: {
    readonly serviceNamespace: string;
    readonly scalableDimension: string;
    readonly resourceId: string;
  };
  /** What CloudWatch knows the requests by that a load balancer sends to it. Without a name, the only one. */
  resourceLabel(loadBalancer?: string): string;
  /** Replaces what belongs to the scaling target together with it, and with what has the addresses `others`. */
  renew(resource: TerraformResource, ...others: readonly string[]): void;
}

/** Replaces a resource with others, by an override, which is still there if somebody sets the lifecycle. */
export function replaceWith(resource: TerraformResource, triggers: readonly string[]): void {
  resource.addOverride("lifecycle.replace_triggered_by", triggers);
}
