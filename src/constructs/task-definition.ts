import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";

import { InvalidInputError, inContext, quote } from "../errors";
import { DIGEST_LABEL } from "../image";
import { checkEcsName, checkOneOf, isToken } from "./aws-names";
import type { ContainerProps } from "./container";
import { containerDefinition } from "./container-definition";
import { containerImage, type ContainerImage } from "./container-image";
import type { ExecutionRole } from "./execution-role";
import { checkFargateSize } from "./fargate-size";
import { terraformJson } from "./literal-text";
import type { ServiceLogGroup } from "./service-log-group";
import { checkTaskContainers } from "./task-containers";
import type { TaskRole } from "./task-role";

/** What a task on Fargate is made of. */
export interface TaskDefinitionProps {
  /** Name of the family: 1 to 255 letters, digits, `_` or `-`. A literal. */
  readonly family: string;
  /** CPU units: 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768. 1024 are one vCPU. */
  readonly cpu: number;
  /** MiB: a value that Fargate has with `cpu`. */
  readonly memory: number;
  /** One to ten containers, at least one of them essential. */
  readonly containers: readonly ContainerProps[];
  /** @default "X86_64" */
  readonly cpuArchitecture?: CpuArchitecture;
  /** Region of the log group: `us-east-1`. */
  readonly region: string;
  readonly logGroup: ServiceLogGroup;
  readonly executionRole: ExecutionRole;
  readonly taskRole: TaskRole;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html */
export type CpuArchitecture = "X86_64" | "ARM64";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_BYTES = 64 * 1024;

/** An image and a digest at the longest that ECS takes, to count with before Terraform has looked them up. */
const LONGEST_DIGEST = `sha256:${"0".repeat(64)}`;
const LONGEST: ReadonlyMap<string, string> = new Map([
  ["image", `${"x".repeat(255)}@${LONGEST_DIGEST}`],
  [DIGEST_LABEL, LONGEST_DIGEST],
]);

/**
 * A task definition for Fargate whose images are all pinned. Each change registers a new revision; the old ones stay
 * active (`skipDestroy`), since a rollback needs one to go to.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 * @throws InvalidInputError for a size that Fargate lacks, containers that ECS does not take, or more than 64 KiB
 */
export class TaskDefinition extends Construct {
  /** ARN with revision. */
  readonly arn: string;
  /** The image of each container, by the container's name. */
  readonly images: ReadonlyMap<string, ContainerImage>;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const { family, cpu, memory, containers, cpuArchitecture = "X86_64", executionRole } = props;
    checkEcsName("family", family);
    checkFargateSize(cpu, memory);
    checkOneOf("cpuArchitecture", cpuArchitecture, ["X86_64", "ARM64"]);
    checkTaskContainers(containers, cpu, memory);

    this.images = pinImages(scope, containers);
    this.images.forEach((image) => image.grantPull(executionRole));
    props.logGroup.grantWrite(executionRole);

    this.arn = new EcsTaskDefinition(this, "Default", {
      family,
      cpu: String(cpu),
      memory: String(memory),
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      runtimePlatform: { cpuArchitecture, operatingSystemFamily: "LINUX" },
      executionRoleArn: executionRole.arn,
      taskRoleArn: props.taskRole.arn,
      skipDestroy: true,
      containerDefinitions: this.render(props),
    }).arn;
  }

  private render({ containers, logGroup, region }: TaskDefinitionProps): string {
    const definitions = containers.map((container) => {
      const image = this.images.get(container.name);
      if (!image) throw new Error(`no image for container ${container.name}`);
      return containerDefinition(container, image, { logGroup: logGroup.name, region });
    });
    const longest = (key: string, value: unknown): unknown => (isToken(value) ? (LONGEST.get(key) ?? value) : value);
    const bytes = Buffer.byteLength(JSON.stringify(definitions, longest));
    if (bytes > MAX_BYTES) {
      throw new InvalidInputError(
        `the container definitions take ${String(bytes)} bytes and Amazon ECS takes ${String(MAX_BYTES)} (64 KiB); move environment variables or commands into the image`,
      );
    }
    return terraformJson(definitions);
  }
}

/** Beside the task definition, not below it: the lookup of container `web` is `data.aws_ecr_image.web-image`. */
function pinImages(scope: Construct, containers: readonly ContainerProps[]): Map<string, ContainerImage> {
  return new Map(
    containers.map(({ name, image }, index) => [
      name,
      inContext(`container ${quote(name)}`, () => containerImage(scope, imageId(name, index), image)),
    ]),
  );
}

/**
 * An id may hold no token, and an address of Terraform begins with a letter or `_`, as not every name does. The three
 * forms differ at their ends, so that no two names get one id.
 */
function imageId(name: string, index: number): string {
  if (isToken(name)) return `container_${String(index)}_image`;
  return /^[A-Za-z_]/.test(name) ? `${name}-image` : `container-${name}_image`;
}
