import type { TerraformStack } from "cdktf";

import { Account } from "../../src/constructs/iam/account";
import { Role } from "../../src/constructs/iam/role";
import { RunningService } from "../../src/constructs/service/running-service";
import type { ContainerStart } from "../../src/constructs/task/container";
import { containerImage, type ContainerImage } from "../../src/constructs/task/container-image";
import { FargateTask } from "../../src/constructs/task/fargate-task";
import type { ContainerProps, ParsedContainer } from "../../src/model/container";
import { parse } from "../../src/model/problems";
import { fargateService, type PinnedFargateServiceProps, type ParsedService } from "../../src/model/service";
import { synthesized, type Block, type SynthesizedStack } from "./synthesized-stack";

/** An image that is pinned already: it looks nothing up. */
export const FOREIGN_IMAGE = `public.ecr.aws/demo/web@sha256:${"a".repeat(64)}`;

/** A cluster by its ARN: it looks nothing up. */
export const CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/staging";

/** A container with no more than it must have, and `changes`. */
export function containerProps(changes: Partial<ContainerProps> = {}): ContainerProps {
  return { name: "web", image: FOREIGN_IMAGE, ...changes };
}

/** A service with no more than it must have, and `changes`. */
export function serviceProps(changes: Partial<PinnedFargateServiceProps> = {}): PinnedFargateServiceProps {
  return {
    name: "demo",
    cluster: CLUSTER,
    network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
    cpu: 256,
    memory: 512,
    containers: [containerProps()],
    ...changes,
  };
}

/** The same, as the model passes it on. */
export function parsedService(changes: Partial<PinnedFargateServiceProps> = {}): ParsedService {
  return parse(fargateService, serviceProps(changes), "service");
}

/** Adds the task `demo`, whose parts have the addresses that they have in a stack with one service. */
export function addTask(stack: TerraformStack, changes: Partial<PinnedFargateServiceProps> = {}): FargateTask {
  const running = new RunningService(stack, "running", { name: "demo", clusterArn: CLUSTER });
  return new FargateTask(stack, "Default", { kind: "service", name: "demo", task: parsedService(changes), running });
}

/** The image of a container that is the only one of the service `demo`. */
export function imageOf(stack: TerraformStack, container: ParsedContainer): ContainerImage {
  const running = new RunningService(stack, "running", { name: "demo", clusterArn: CLUSTER });
  return containerImage(stack, container, [container], running);
}

/** What a container is started with that is not part of a task. */
export function containerStart(stack: TerraformStack): ContainerStart {
  const account = new Account(stack, "account");
  const executionRole = new Role(stack, "role", { name: "demo", policyName: "demo", account });
  return { secrets: stack, executionRole, volumes: { mount: () => undefined } };
}

/** What becomes of a task. */
export function synthesizedTask(changes: Partial<PinnedFargateServiceProps> = {}): SynthesizedStack {
  return synthesized((stack) => addTask(stack, changes));
}

/** The definition that ECS gets of a container. */
export function definitionOf(changes: Partial<ContainerProps>): Block {
  return synthesizedTask({ containers: [containerProps(changes)] }).container();
}
