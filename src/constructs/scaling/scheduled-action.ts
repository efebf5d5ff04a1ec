import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { dependable } from "cdktf";
import { Construct } from "constructs";

import type { ParsedScheduledAction } from "../../model/scheduled-action";
import { TerraformData } from "../terraform-data";
import type { ScaledService } from "./scaled-service";

/** A scheduled action. */
export interface ScheduledActionProps {
  readonly name: string;
  readonly action: ParsedScheduledAction;
  readonly target: ScaledService;
}

/**
 * Changes the capacity of a scaling target at certain times. A change of the action replaces it: the provider updates only
 * what has changed, and AWS then deletes the start and the end, which it did not get.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
 */
export class ScheduledAction extends Construct {
  readonly resource: AppautoscalingScheduledAction;

  constructor(scope: Construct, id: string, { name, action, target }: ScheduledActionProps) {
    super(scope, id);
    const { schedule, timezone, startTime, endTime, minCapacity, maxCapacity } = action;
    this.resource = new AppautoscalingScheduledAction(this, "Default", {
      name,
      ...target.reference,
      schedule,
      timezone,
      startTime,
      endTime,
      scalableTargetAction: { minCapacity: minCapacity?.toString(), maxCapacity: maxCapacity?.toString() },
    });
    target.renew(this.resource, dependable(new TerraformData(this, "settings", { ...action })));
  }
}
