import type { TerraformStack } from "cdktf";

import type { ContainerProps } from "../../src/constructs/container";
import { CurrentAccount } from "../../src/constructs/current-account";
import { ExecutionRole } from "../../src/constructs/execution-role";
import { ServiceLogGroup } from "../../src/constructs/service-log-group";
import { TaskDefinition, type TaskDefinitionProps } from "../../src/constructs/task-definition";
import { TaskRole } from "../../src/constructs/task-role";
import { emptyStack, synthesized, type Block, type SynthesizedStack } from "./synthesized-stack";
import { rejection } from "./rejection";

/** An image that is pinned already: it looks nothing up. */
export const FOREIGN_IMAGE = `public.ecr.aws/demo/web@sha256:${"a".repeat(64)}`;

/** Adds a task definition with what it needs: one container `web`, unless stated otherwise. */
export function addTask(stack: TerraformStack, props: Partial<TaskDefinitionProps> = {}): TaskDefinition {
  const account = new CurrentAccount(stack, "account", { region: "us-east-1" });
  return new TaskDefinition(stack, "task-definition", {
    family: "demo",
    cpu: 256,
    memory: 512,
    containers: [{ name: "web", image: FOREIGN_IMAGE }],
    region: "us-east-1",
    logGroup: new ServiceLogGroup(stack, "log-group", { name: "/ecs/demo" }),
    executionRole: new ExecutionRole(stack, "execution-role", { name: "demo-execution", account }),
    taskRole: new TaskRole(stack, "task-role", { name: "demo-task", account }),
    ...props,
  });
}

/** What becomes of a task definition. */
export function synthesizedTask(props: Partial<TaskDefinitionProps> = {}): SynthesizedStack {
  return synthesized((stack) => addTask(stack, props));
}

/** The definition that ECS gets of a container: `web` with a foreign image, unless stated otherwise. */
export function definitionOf(container: Partial<ContainerProps>): Block {
  return synthesizedTask({ containers: [{ name: "web", image: FOREIGN_IMAGE, ...container }] }).container();
}

/** Why a task definition is rejected. */
export function taskRejection(props: Partial<TaskDefinitionProps>): string {
  return rejection(() => addTask(emptyStack(), props));
}

/** Why a container is rejected: `web` with a foreign image, unless stated otherwise. */
export function containerRejection(container: Partial<ContainerProps>): string {
  return taskRejection({ containers: [{ name: "web", image: FOREIGN_IMAGE, ...container }] });
}
