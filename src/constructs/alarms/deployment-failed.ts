import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";

import { deploymentFailedRuleName } from "../../model/names";
import { terraformJson } from "../terraform-json";

/** Whose deployments are watched, and who is notified. */
export interface DeploymentFailedProps {
  /** Name of the service, known at synth. */
  readonly name: string;
  readonly serviceArn: string;
  /** ARNs of SNS topics, whose policies let EventBridge publish. */
  readonly topics: readonly string[];
}

/**
 * Reports each deployment of a service that the circuit breaker or an alarm ended.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export class DeploymentFailed extends Construct {
  readonly resource: CloudwatchEventRule;

  constructor(scope: Construct, id: string, { name, serviceArn, topics }: DeploymentFailedProps) {
    super(scope, id);
    this.resource = new CloudwatchEventRule(this, "Default", {
      name: deploymentFailedRuleName(name),
      description: `Failed deployments of the service ${name}`,
      eventPattern: terraformJson({
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change"],
        resources: [serviceArn],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      }),
    });
    topics.forEach((arn, index) => {
      const topic = `topic-${String(index)}`;
      new CloudwatchEventTarget(this, topic, { rule: this.resource.name, targetId: topic, arn });
    });
  }
}
