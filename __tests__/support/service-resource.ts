import { ServiceNetwork } from "../../src/constructs/network/service-network";
import { FargateService } from "../../src/constructs/service/fargate-service";
import type { PinnedFargateServiceProps } from "../../src/model/service";
import { synthesized, type Block } from "./synthesized-stack";
import { CLUSTER, addTask, parsedService } from "./task-stack";

/** The `aws_ecs_service` of a service with some properties changed, as it is in the JSON for Terraform. */
export function serviceResource(changes: Partial<PinnedFargateServiceProps> = {}): Block {
  const stack = synthesized((scope) => {
    const service = parsedService(changes);
    const task = addTask(scope);
    new FargateService(scope, "service", {
      service,
      clusterArn: CLUSTER,
      taskDefinition: task.taskDefinition,
      logDestination: { logGroup: "/ecs/demo", region: "us-east-1" },
      infrastructureRole: () => task.taskRole,
      network: new ServiceNetwork(scope, "network", service),
      loadBalancers: {},
      startsAfter: () => [],
    });
  });
  return stack.resource("aws_ecs_service");
}
