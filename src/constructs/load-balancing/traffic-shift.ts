import { dependable, type TerraformResource } from "cdktf";

import type { TargetGroup } from "./target-group";

/** Two target groups with the same settings, between which ECS moves the traffic. */
export interface TargetGroupPair {
  readonly targetGroup: TargetGroup;
  readonly alternate: TargetGroup;
}

/** By what ECS moves the traffic of one port. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html */
export interface TrafficShift {
  readonly alternateTargetGroupArn: string;
  /** ARN of the rule, or of the listener of a Network Load Balancer. */
  readonly productionListenerRule: string;
  /** ARN of the rule for tests, or of the listener for tests of a Network Load Balancer. */
  readonly testListenerRule?: string;
}

/** The managed policy that lets ECS move traffic. */
export const TRAFFIC_SHIFT_POLICY = "AmazonECSInfrastructureRolePolicyForLoadBalancers";

/**
 * Terraform ignores where a rule or a listener forwards to, because ECS changes that. So if the target group is replaced, the
 * rule is replaced too: otherwise it would keep the old one, which could not be deleted.
 */
export function replacedWith(resource: TerraformResource, { resource: targetGroup }: TargetGroup): void {
  resource.addOverride("lifecycle.replace_triggered_by", [`${dependable(targetGroup)}.arn`]);
}
