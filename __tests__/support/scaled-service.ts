import type { TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../src/constructs/service/pinned-fargate-service";
import type { Scaling } from "../../src/model/scaling";
import { synthesized, type Block, type SynthesizedStack } from "./synthesized-stack";
import { serviceProps } from "./task-stack";

/** The messages in a queue. */
export const DEPTH = { namespace: "AWS/SQS", name: "Depth", dimensions: { QueueName: "orders" } };

type Changes = Partial<Scaling> | ((stack: TerraformStack) => Partial<Scaling>);

/** The service `demo`, whose parts have the addresses that they have in a stack of its own. */
export function scaled(changes: Changes = {}, cluster?: (stack: TerraformStack) => string): SynthesizedStack {
  return synthesized((stack) => {
    const scaling = { minCapacity: 1, maxCapacity: 4, ...(typeof changes === "function" ? changes(stack) : changes) };
    const targetTracking = { load: { cpu: 60 }, ...scaling.targetTracking };
    new PinnedFargateService(
      stack,
      "Default",
      serviceProps({ scaling: { ...scaling, targetTracking }, ...(cluster && { cluster: cluster(stack) }) }),
    );
  });
}

/** What a policy is configured with. */
export function policyOf(name: string, stack: SynthesizedStack): Block {
  const found = Object.values(stack.resources("aws_appautoscaling_policy")).find((policy) => policy["name"] === name);
  if (!found) throw new Error(`no policy ${name}`);
  return (found["target_tracking_scaling_policy_configuration"] ?? found["step_scaling_policy_configuration"]) as Block;
}
