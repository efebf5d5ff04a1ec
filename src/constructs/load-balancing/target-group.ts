import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";

import type { FullTargetGroup } from "../../model/full-target-group";
import { elbNamePrefix } from "../../model/names";

/**
 * The port of every target group. It does not matter, since ECS registers each task with the port of its container; and
 * since it never changes, another port of the container does not replace the target group.
 */
const ANY_PORT = 80;

/** A target group of a service. */
export interface TargetGroupProps {
  /** Name of the service, with which the name of the target group begins. */
  readonly service: string;
  readonly vpcId: string;
  readonly settings: FullTargetGroup;
}

/**
 * The tasks of a service, for a load balancer, by their IP addresses.
 *
 * What cannot be changed replaces the target group. The new one is made first, under a name that no other has; then the
 * listener or its rule moves on, then the service, and the old one is deleted last.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_target_group
 */
export class TargetGroup extends Construct {
  readonly resource: LbTargetGroup;
  readonly arn: string;
  /** `targetgroup/NAME/ID` */
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, { service, vpcId, settings }: TargetGroupProps) {
    super(scope, id);
    const { healthCheck, deregistrationDelay, stickiness, slowStart } = settings;
    this.resource = new LbTargetGroup(this, "Default", {
      namePrefix: elbNamePrefix(service),
      targetType: "ip",
      vpcId,
      port: ANY_PORT,
      protocol: settings.protocol,
      protocolVersion: settings.protocolVersion,
      healthCheck: { ...healthCheck, port: String(healthCheck.port) },
      deregistrationDelay: String(deregistrationDelay),
      slowStart,
      stickiness,
      loadBalancingAlgorithmType: settings.loadBalancingAlgorithm,
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = this.resource.arn;
    this.arnSuffix = this.resource.arnSuffix;
  }
}
