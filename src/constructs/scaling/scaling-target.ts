import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { dependable, type TerraformResource } from "cdktf";
import { Construct } from "constructs";

import type { ParsedScaling } from "../../model/scaling";
import { stepPolicyName } from "../../model/step-scaling";
import { constructId } from "../construct-id";
import type { ServiceDimensions } from "../cloudwatch/service-metrics";
import { TerraformData } from "../terraform-data";
import { replaceWith, type ScaledService } from "./scaled-service";
import { ScheduledAction } from "./scheduled-action";
import { StepScalingPolicy } from "./step-scaling-policy";
import { TargetTrackingPolicy } from "./target-tracking-policy";

/** What is scaled, and how. */
export interface ScalingTargetProps {
  /** Name of the service, known at synth. */
  readonly name: string;
  readonly scaling: ParsedScaling;
  readonly service: ServiceDimensions;
  /** The service's resource, which must be there first. */
  readonly resource: TerraformResource;
  /**
   * By name of a load balancer, what CloudWatch knows it and the service's target group by. Without a name, the only one.
   */
  resourceLabel(loadBalancer?: string): string;
}

/**
 * The number of tasks of a service, which AWS Application Auto Scaling sets, with the policies and the schedule that it
 * follows.
 *
 * When Terraform replaces the service, it replaces all of these too: AWS deregisters the target of a service that is
 * deleted, and deletes its policies. Terraform would not notice before the next plan.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/14254
 */
export class ScalingTarget extends Construct implements ScaledService {
  readonly resource: AppautoscalingTarget;
  readonly name: string;
  readonly service: ServiceDimensions;
  /** By name; those of step scaling end in `-above` and `-below`. */
  readonly policies: ReadonlyMap<string, TargetTrackingPolicy | StepScalingPolicy>;
  /** By name. */
  readonly scheduledActions: ReadonlyMap<string, ScheduledAction>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ScalingTargetProps,
  ) {
    super(scope, id);
    const { scaling, service, resource } = props;
    this.name = props.name;
    this.service = service;
    this.resource = new AppautoscalingTarget(this, "Default", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${service.clusterName}/${service.serviceName}`,
      minCapacity: scaling.minCapacity,
      maxCapacity: scaling.maxCapacity,
    });
    const bounds = this.leaveCapacityToSchedule(scaling);
    replaceWith(this.resource, [`${dependable(resource)}.id`, ...bounds]);
    this.policies = this.addPolicies(scaling);
    this.scheduledActions = this.addSchedule(scaling);
  }

  /** For what belongs to this target. */
  get reference(): ScaledService["reference"] {
    const { serviceNamespace, scalableDimension, resourceId } = this.resource;
    return { serviceNamespace, scalableDimension, resourceId };
  }

  resourceLabel(loadBalancer?: string): string {
    return this.props.resourceLabel(loadBalancer);
  }

  renew(resource: TerraformResource, ...others: readonly string[]): void {
    replaceWith(resource, [`${dependable(this.resource)}.id`, ...others]);
  }

  /**
   * Scheduled actions change the capacity of the target, which would be a change in every plan. So that a change of ours
   * still arrives, it replaces the target.
   * @see https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/422
   */
  private leaveCapacityToSchedule({ minCapacity, maxCapacity, scheduledActions }: ParsedScaling): string[] {
    if (Object.keys(scheduledActions).length === 0) return [];
    this.resource.addOverride("lifecycle.ignore_changes", ["min_capacity", "max_capacity"]);
    return [dependable(new TerraformData(this, "capacity", { minCapacity, maxCapacity }))];
  }

  private addPolicies({ targetTracking, stepScaling }: ParsedScaling) {
    const tracking = new Construct(this, "target-tracking");
    const stepping = new Construct(this, "step-scaling");
    const policies = new Map<string, TargetTrackingPolicy | StepScalingPolicy>();
    for (const [name, policy] of Object.entries(targetTracking)) {
      policies.set(name, new TargetTrackingPolicy(tracking, constructId(name), { name, policy, target: this }));
    }
    for (const [key, policy] of Object.entries(stepScaling)) {
      for (const direction of ["above", "below"] as const) {
        const { [direction]: steps } = policy;
        const name = stepPolicyName(key, direction);
        if (steps)
          policies.set(name, new StepScalingPolicy(stepping, name, { name, policy, direction, steps, target: this }));
      }
    }
    return policies;
  }

  private addSchedule({ scheduledActions }: ParsedScaling): ReadonlyMap<string, ScheduledAction> {
    const schedule = new Construct(this, "schedule");
    return new Map(
      Object.entries(scheduledActions).map(([name, action]) => [
        name,
        new ScheduledAction(schedule, constructId(name), { name, action, target: this }),
      ]),
    );
  }
}
