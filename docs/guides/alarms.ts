import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import type { TerraformStack } from "cdktf";

import { PinnedFargateService } from "../../src";
import type { ServiceConfig } from "../../src/config";
import type { Extend } from "../../src/config/types";

const demo = {
  cpu: 256,
  memory: 512,
  containers: [{ name: "demo", image: { repository: "demo", tag: "1.10" } }],
} as const;

const smallest: ServiceConfig = {
  ...demo,
  name: "demo",
  alarms: { topics: ["arn:aws:sns:us-east-1:111122223333:on-call"], cpu: 80, memory: 80 },
};

const every: ServiceConfig = {
  ...demo,
  name: "watched",
  alarms: {
    topics: ["arn:aws:sns:us-east-1:111122223333:on-call"],
    cpu: { threshold: 90, minutes: 15 },
    memory: 80,
    runningTasks: true,
    deploymentFailed: true,
  },
};

/** In code: a topic that is made beside the service, with the policy that it needs. */
export function addWatched(stack: TerraformStack, cluster: string): PinnedFargateService {
  const topic = new SnsTopic(stack, "on-call", { name: "on-call" });
  new SnsTopicPolicy(stack, "on-call-policy", {
    arn: topic.arn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: ["cloudwatch.amazonaws.com", "events.amazonaws.com"].map((Service) => ({
        Effect: "Allow",
        Principal: { Service },
        Action: "sns:Publish",
        Resource: topic.arn,
      })),
    }),
  });
  return new PinnedFargateService(stack, "demo", {
    ...demo,
    name: "demo",
    cluster,
    network: { vpc: "default" },
    alarms: { topics: [topic.arn], deploymentFailed: true },
  });
}

/** An alarm that goes off when 3 of the last 5 minutes were bad. */
export const adjusted: Extend = (service) => {
  const cpu = service.alarms?.resources.get("cpu");
  cpu?.addOverride("datapoints_to_alarm", 3);
};

export const services: ServiceConfig[] = [smallest, every, { ...every, name: "adjusted", extend: adjusted }];
