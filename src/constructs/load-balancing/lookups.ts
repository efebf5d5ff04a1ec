import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { DataAwsLbTargetGroup } from "@cdktf/provider-aws/lib/data-aws-lb-target-group";
import { Op, TerraformSelf } from "cdktf";
import type { Construct } from "constructs";

import { withPath } from "../named-lookup";
import { shown, tagText } from "../network/vpc-lookup";

/** A load balancer, by its name, by its tags or by its ARN. */
export interface LoadBalancerLookupProps {
  readonly name?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly arn?: string | undefined;
  /** VPC that it must be in. */
  readonly vpcId: string;
}

/**
 * An existing load balancer. The provider's error does not say which one does not exist, or exists twice; the path of the
 * lookup does.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/lb
 */
export class LoadBalancerLookup extends DataAwsLb {
  constructor(
    scope: Construct,
    id: string,
    private readonly wanted: LoadBalancerLookupProps,
  ) {
    const { name, tags, arn, vpcId } = wanted;
    super(scope, id, { name, tags, arn, lifecycle: { postcondition: [isIn(vpcId)] } });
  }

  protected override get constructNodeMetadata(): Record<string, unknown> {
    const { name, tags = {} } = this.wanted;
    return withPath(super.constructNodeMetadata, `${this.node.path} ${shown(name ?? tagText(tags))}`.trimEnd());
  }
}

function isIn(vpcId: string) {
  return {
    condition: Op.eq(TerraformSelf.getString("vpc_id"), vpcId),
    errorMessage: `The load balancer \${self.name} is in the VPC \${self.vpc_id}, but the service is in ${vpcId}; choose a load balancer in the VPC of the service.`,
  };
}

/** A listener, by its ARN, or by its load balancer and port. */
export type ListenerLookupProps =
  { readonly arn: string } | { readonly loadBalancer: LoadBalancerLookup; readonly port: number };

/** An existing listener. The provider's error does not say which one does not exist; the path of the lookup does. */
export class ListenerLookup extends DataAwsLbListener {
  private readonly which: string;

  constructor(scope: Construct, id: string, props: ListenerLookupProps) {
    super(
      scope,
      id,
      "arn" in props ? { arn: props.arn } : { loadBalancerArn: props.loadBalancer.arn, port: props.port },
    );
    this.which = "arn" in props ? shown(props.arn) : `port ${String(props.port)}`;
  }

  protected override get constructNodeMetadata(): Record<string, unknown> {
    return withPath(super.constructNodeMetadata, `${this.node.path} ${this.which}`);
  }
}

/**
 * An existing target group. It must be what ECS needs for tasks on Fargate. The provider's error does not say which one
 * does not exist; the path of the lookup does.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/lb_target_group
 */
export class TargetGroupLookup extends DataAwsLbTargetGroup {
  constructor(
    scope: Construct,
    id: string,
    private readonly wanted: string,
  ) {
    super(scope, id, {
      arn: wanted,
      lifecycle: {
        postcondition: [
          {
            condition: Op.eq(TerraformSelf.getString("target_type"), "ip"),
            errorMessage:
              "The target group ${self.name} has the target type ${self.target_type}, but tasks on Fargate need ip; choose another.",
          },
          {
            condition: "${length(self.load_balancer_arns) > 0}",
            errorMessage:
              "No load balancer uses the target group ${self.name}, and Amazon ECS needs one; add it to a listener or a rule first.",
          },
        ],
      },
    });
  }

  protected override get constructNodeMetadata(): Record<string, unknown> {
    return withPath(super.constructNodeMetadata, `${this.node.path} ${shown(this.wanted)}`);
  }
}
