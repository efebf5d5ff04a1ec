import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Lazy } from "cdktf";
import { Construct } from "constructs";

import { DIGEST_LABEL } from "../../image";
import { isToken } from "../../model/leaves";
import type { ParsedTask } from "../../model/task";
import type { Role } from "../iam/role";
import type { Container } from "./container";
import type { LogDestination } from "./log-configuration";
import type { TaskVolumes } from "./task-volumes";
import { terraformJson } from "../terraform-json";

/** What a task definition is made of. */
export interface TaskDefinitionProps {
  /** What problems begin with: `service "shop"`. */
  readonly context: string;
  /** Name of the family. */
  readonly family: string;
  readonly size: Pick<ParsedTask, "cpu" | "memory" | "cpuArchitecture" | "ephemeralStorage" | "pidMode">;
  readonly containers: readonly Container[];
  readonly volumes: TaskVolumes;
  readonly destination: LogDestination;
  readonly executionRole: Role;
  readonly taskRole: Role;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_BYTES = 64 * 1024;

/** The longest image and digest that ECS allows, to count until Terraform has looked them up. */
const LONGEST_DIGEST = `sha256:${"0".repeat(64)}`;
const LONGEST: ReadonlyMap<string, string> = new Map([
  ["image", `${"x".repeat(255)}@${LONGEST_DIGEST}`],
  [DIGEST_LABEL, LONGEST_DIGEST],
]);

/**
 * A task definition for Fargate whose images are all pinned. Each change registers a new revision; the old ones stay
 * active (`skipDestroy`), so that a rollback is possible. The containers are rendered when the stack is written.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export class TaskDefinition extends Construct {
  readonly resource: EcsTaskDefinition;
  /** ARN, with the revision. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const { context, family, size, containers, volumes, destination, executionRole, taskRole } = props;
    const definitions = () => containers.map((container) => container.definition(destination));
    this.node.addValidation({ validate: () => sizeFault(context, definitions()) });
    this.resource = new EcsTaskDefinition(this, "Default", {
      family,
      cpu: String(size.cpu),
      memory: String(size.memory),
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      runtimePlatform: { cpuArchitecture: size.cpuArchitecture, operatingSystemFamily: "LINUX" },
      ...(size.ephemeralStorage !== undefined && { ephemeralStorage: { sizeInGib: size.ephemeralStorage } }),
      pidMode: size.pidMode,
      volume: Lazy.anyValue({ produce: () => volumes.blocks() }),
      executionRoleArn: executionRole.arn,
      taskRoleArn: taskRole.arn,
      skipDestroy: true,
      containerDefinitions: Lazy.stringValue({ produce: () => terraformJson(definitions()) }),
    });
    this.arn = this.resource.arn;
  }
}

function sizeFault(context: string, definitions: readonly object[]): string[] {
  const longest = (key: string, value: unknown): unknown => (isToken(value) ? (LONGEST.get(key) ?? value) : value);
  const bytes = Buffer.byteLength(JSON.stringify(definitions, longest));
  if (bytes <= MAX_BYTES) return [];
  return [
    `${context}: the container definitions have ${String(bytes)} bytes; Amazon ECS allows at most ${String(MAX_BYTES)} (64 KiB): move environment variables or commands into the image`,
  ];
}
