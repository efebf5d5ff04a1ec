import type { z } from "zod";

import { alternatives, quote } from "../errors";
import { kmsKeyArn } from "./arn";
import { CAPACITY, checkStrategy } from "./capacity";
import { container, type ParsedContainer } from "./container";
import { checkDependencies } from "./dependency";
import { checkEnvironmentFiles } from "./environment-file";
import { checkExecuteCommand, executeCommand } from "./execute-command";
import { checkExisting, existing } from "./existing";
import { inEcr, isSameRepository, namesBuild } from "./image";
import { list, oneOf, wholeNumber } from "./leaves";
import { checkKernel } from "./linux-parameters";
import { checkLogRouter } from "./log-router";
import { checkMounts } from "./mount";
import { taskNames } from "./names";
import { managedPolicyArn } from "./policy";
import { problem } from "./problems";
import { executionRole, taskRole } from "./roles";
import { tags } from "./tags";
import { checkEbsVolumes, volumes } from "./volume";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const MEMORY_OF_CPU: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, range(1024, 4096, 1024)],
  [1024, range(2048, 8192, 1024)],
  [2048, range(4096, 16_384, 1024)],
  [4096, range(8192, 30_720, 1024)],
  [8192, range(16_384, 61_440, 4096)],
  [16_384, range(32_768, 122_880, 8192)],
  [32_768, [61_440, 122_880, 249_856]],
]);

function range(minimum: number, maximum: number, step: number): number[] {
  return Array.from({ length: (maximum - minimum) / step + 1 }, (_, index) => minimum + index * step);
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Logs are kept this long unless the task says otherwise. */
export const LOG_RETENTION_DAYS = 30;

/** What a task on Fargate is made of. */
export const TASK = {
  /** CPU units of the task: 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768. 1024 units are one vCPU. */
  cpu: oneOf(...MEMORY_OF_CPU.keys()),
  /**
   * Memory of the task in MiB. Which values Fargate allows depends on `cpu`:
   * - 256: 512, 1024 or 2048
   * - 512: 1024 to 4096 in steps of 1024
   * - 1024: 2048 to 8192 in steps of 1024
   * - 2048: 4096 to 16384 in steps of 1024
   * - 4096: 8192 to 30720 in steps of 1024
   * - 8192: 16384 to 61440 in steps of 4096
   * - 16384: 32768 to 122880 in steps of 8192
   * - 32768: 61440, 122880 or 249856
   */
  memory: wholeNumber(512, 249_856),
  /** Processor that the tasks run on. The images must be built for it. @default "X86_64" */
  cpuArchitecture: oneOf("X86_64", "ARM64").default("X86_64"),
  /** 1 to 10 containers, at least one of them essential. */
  containers: list(container, { minimum: 1, maximum: 10 }),
  /**
   * Volumes that containers mount, by a name of your own: 1 to 255 letters, digits, `_` or `-`. `{}` is an empty folder
   * that the containers of a task share.
   * @default {}
   */
  volumes: volumes.default({}),
  /** GiB of storage for images, volumes without a file system of their own, and what is written: 21 to 200. @default - 20 */
  ephemeralStorage: wholeNumber(21, 200).optional(),
  /** `"task"` lets the containers see each other's processes. @default - they do not */
  pidMode: oneOf("task").optional(),
  /**
   * Days that logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
   * 2922, 3288 or 3653.
   * @default 30
   */
  logRetentionDays: oneOf(...RETENTION_DAYS).optional(),
  /**
   * ARN of the KMS key that encrypts the logs: `arn:aws:kms:REGION:ACCOUNT:key/ID`, a key in the region of the service.
   * The policy of the key must allow CloudWatch Logs in that region to use it.
   * @default - a key of CloudWatch Logs
   */
  logKmsKeyArn: kmsKeyArn.optional(),
  /** Permissions of the code in the containers. @default - none */
  taskRole: taskRole.optional(),
  /** Permissions for ECS itself, besides those to pull the images and to write the logs. @default - none */
  executionRole: executionRole.optional(),
  /**
   * ARN of the managed policy that limits what all roles that are made for the service or job may do, unless a role has one of
   * its own: `arn:aws:iam::ACCOUNT:policy/NAME`.
   * @default - that of the environment, if it has one
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  permissionsBoundary: managedPolicyArn.optional(),
  /**
   * Tags of everything that belongs to the service or job, and of its tasks, besides those of the environment, or of the
   * provider: at most 50 in all. Keys are 1 to 128, and values 1 to 256 letters, digits, spaces or `_.:/=+-@`.
   * @default - none
   */
  tags: tags().optional(),
  /** Names of one's own. Changing one replaces what has it. @default - names made from that of the service or job */
  names: taskNames.optional(),
  /** Roles and a log group that exist already: they are neither changed nor deleted. @default - its own are made */
  existing: existing.optional(),
  ...CAPACITY,
  /**
   * Whether people may run commands in the containers, with `aws ecs execute-command`. If the cluster logs or encrypts the
   * sessions, an object says how, so that the task role gets the permissions: see
   * [how sessions are logged](#execute-command-sessions). In the config, `true` takes that from the cluster of the
   * environment. Not together with `readonlyRootFilesystem`.
   * @default false
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  executeCommand: executeCommand.optional(),
};

/** A task with its defaults. */
export type ParsedTask = z.output<z.ZodObject<typeof TASK>>;

/** Checks what only the task as a whole can show. */
export function checkTask(task: ParsedTask, context: z.core.$RefinementCtx): void {
  const { cpu, memory, containers } = task;
  const memories = MEMORY_OF_CPU.get(cpu) ?? [];
  if (!memories.includes(memory)) {
    const fault = `memory ${String(memory)} MiB is not valid with ${String(cpu)} cpu units`;
    problem(context, [], `${fault}; choose ${alternatives(memories)}`);
  }
  if (!containers.some(({ essential }) => essential)) {
    problem(context, [], "no container is essential; remove essential: false from the main one");
  }
  checkUnique(
    context,
    "container",
    containers.map(({ name }) => name),
  );
  checkUnique(
    context,
    "port mapping",
    containers.flatMap(({ portMappings }) => portMappings.flatMap(({ name }) => name ?? [])),
  );
  checkBuilds(containers, context);
  checkEnvironmentFiles(containers, context);
  checkPorts(containers, context);
  checkShares(task, context);
  checkLogRouter(containers, context);
  checkExisting(task, context);
  checkExecuteCommand(task, context);
  checkStrategy(task.capacityProviderStrategy, ["capacityProviderStrategy"], context);
  checkDependencies(containers, context);
  checkMounts(Object.keys(task.volumes), containers, context);
  checkEbsVolumes(task.volumes, context);
  checkKernel(containers, memory, context);
}

/** Containers of one repository move together: one must not be kept while another one is named. */
function checkBuilds(containers: readonly ParsedContainer[], context: z.core.$RefinementCtx): void {
  const images = inEcr(containers);
  const named = images.filter(({ image }) => namesBuild(image));
  const kept = images.find(
    ({ image }) => !namesBuild(image) && named.some((other) => isSameRepository(other.image, image)),
  );
  if (!kept) return;
  const {
    name,
    image: { repository },
  } = kept;
  problem(
    context,
    [],
    `container ${quote(name)} names no build of repository ${quote(repository)}, but another container does; give all of them a tag or a digest, or none`,
  );
}

function checkUnique(context: z.core.$RefinementCtx, what: string, names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    problem(context, [], `two ${what}s are named ${quote(repeated)}; give each a name of its own`);
  }
}

/** Containers of a task share one network interface, and so one set of ports. */
function checkPorts(containers: readonly ParsedContainer[], context: z.core.$RefinementCtx): void {
  const owners = new Map<string, string>();
  for (const [index, { name, portMappings }] of containers.entries()) {
    for (const [mapping, { containerPort, protocol }] of portMappings.entries()) {
      const port = `${String(containerPort)}/${protocol}`;
      const owner = owners.get(port);
      if (owner !== undefined) {
        const path = ["containers", index, "portMappings", mapping];
        problem(
          context,
          path,
          `port ${port} is already used by container ${quote(owner)}; containers of a task share its network`,
        );
      }
      owners.set(port, name);
    }
  }
}

/** What the containers need must fit into the task. */
function checkShares({ cpu, memory, containers }: ParsedTask, context: z.core.$RefinementCtx): void {
  checkSum(
    context,
    "cpu",
    "cpu units",
    cpu,
    sum(containers, (container) => container.cpu),
  );
  const reserved = sum(containers, (container) => container.memoryReservation ?? container.memory);
  checkSum(context, "memory", "MiB of memory", memory, reserved);
  for (const [index, container] of containers.entries()) {
    if (container.memory === undefined || container.memory <= memory) continue;
    const fault = `memory ${String(container.memory)} MiB is more than the ${String(memory)} MiB of the task`;
    problem(context, ["containers", index], `${fault}; lower it or choose a larger task`);
  }
}

function sum(
  containers: readonly ParsedContainer[],
  share: (container: ParsedContainer) => number | undefined,
): number {
  return containers.reduce((total, container) => total + (share(container) ?? 0), 0);
}

function checkSum(context: z.core.$RefinementCtx, property: string, unit: string, has: number, needs: number): void {
  if (needs <= has) return;
  problem(
    context,
    [],
    `the containers need ${String(needs)} ${unit} in total, but the task has ${String(has)}; lower their ${property} or choose a larger task`,
  );
}
