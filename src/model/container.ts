import { type z } from "zod";

import { quote } from "../errors";
import { DIGEST_LABEL, TAG_LABEL } from "../image";
import { image } from "./image";
import { flag, list, literal, object, oneOf, pattern, propertyName, reference, wholeNumber } from "./leaves";
import { problem } from "./problems";
import { absolutePath, containerLabels, containerVariables, filledText, text } from "./text";

/**
 * A port that a container listens on.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export const portMapping = object({
  /** Port number: 1 to 65535. */
  containerPort: wholeNumber(1, 65_535),
  /** The same as `containerPort`: the network mode of Fargate allows nothing else. @default - `containerPort` */
  hostPort: wholeNumber(1, 65_535).optional(),
  /** Transport protocol. @default "tcp" */
  protocol: oneOf("tcp", "udp").default("tcp"),
  /**
   * Name for Service Connect: 1 to 64 lower-case letters, digits, `_` or `-`, beginning with a letter or digit.
   * @default - none
   */
  name: reference(
    pattern(
      /^[a-z0-9][a-z0-9_-]{0,63}$/,
      'use 1 to 64 lower-case letters, digits, "_" or "-", beginning with a letter or digit',
    ),
  ).optional(),
  /** Protocol of the application, for Service Connect. @default - none, which is plain TCP */
  appProtocol: oneOf("http", "http2", "grpc").optional(),
}).superRefine(({ containerPort, hostPort = containerPort }, context) => {
  if (hostPort === containerPort) return;
  problem(
    context,
    [],
    `hostPort ${String(hostPort)} differs from containerPort ${String(containerPort)}, which Fargate does not allow; remove hostPort`,
  );
});
export interface PortMapping extends z.input<typeof portMapping> {}

/** A command that begins with `CMD` or `CMD-SHELL`. Its problems never show it: it may contain a password. */
const healthCommand = list(text, { minimum: 1 })
  .superRefine(([word = "", ...others], context) => {
    const isShellLine = others.length === 0 && /\s/.test(word);
    if (isShellLine || (/^[A-Z_-]+$/.test(word) && (!isShellOrExec(word) || others.length === 0))) {
      context.addIssue('is not a command; use "CMD" and its arguments, or "CMD-SHELL" and a line for the shell');
    }
  })
  .transform((command) => (isShellOrExec(command[0]) ? command : ["CMD", ...command]));

function isShellOrExec(word: string | undefined): boolean {
  return word === "CMD" || word === "CMD-SHELL";
}

/**
 * A command that ECS runs in a container to see whether it is healthy.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export const healthCheck = object({
  /**
   * `["CMD-SHELL", "curl -f http://localhost/ || exit 1"]`, or `"CMD"` and the arguments. Arguments alone get `"CMD"`.
   * Exit code 0 means healthy.
   */
  command: healthCommand,
  /** Seconds between checks: 5 to 300. @default 30 */
  interval: wholeNumber(5, 300).default(30),
  /** Seconds after which a check has failed: 2 to 60. @default 5 */
  timeout: wholeNumber(2, 60).default(5),
  /** Failed checks after which the container is unhealthy: 1 to 10. @default 3 */
  retries: wholeNumber(1, 10).default(3),
  /** Seconds after the start during which failed checks do not count: 0 to 300. @default 0 */
  startPeriod: wholeNumber(0, 300).optional(),
});
export interface HealthCheck extends z.input<typeof healthCheck> {}

/**
 * A limit that the operating system sets on what the processes of a container may use.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html
 */
export const ulimit = object({
  /** What is limited: `"nofile"` is open files, for example. */
  name: oneOf(
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
  ),
  /** Limit that applies at the start: a whole number, at most `hardLimit`. -1 means unlimited. */
  softLimit: wholeNumber(-1),
  /** Highest value that a process may raise `softLimit` to: a whole number. -1 means unlimited. */
  hardLimit: wholeNumber(-1),
}).superRefine(({ name, softLimit, hardLimit }, context) => {
  if (hardLimit === -1 || (softLimit !== -1 && softLimit <= hardLimit)) return;
  const shown = softLimit === -1 ? "-1 (unlimited)" : String(softLimit);
  problem(
    context,
    [],
    `softLimit ${shown} of ${quote(name)} is above hardLimit ${String(hardLimit)}; lower softLimit or raise hardLimit`,
  );
});
export interface Ulimit extends z.input<typeof ulimit> {}

/**
 * Whether ECS restarts a container that exits, without replacing the task.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerRestartPolicy.html
 */
export const restartPolicy = object({
  /** Whether the container is restarted when it exits. */
  enabled: flag,
  /** Exit codes after which the container is not restarted: at most 50, each 0 to 255. @default [] */
  ignoredExitCodes: list(wholeNumber(0, 255), { maximum: 50 }).default([]),
  /** Seconds that the container must have run before it can be restarted: 60 to 1800. @default 300 */
  restartAttemptPeriod: wholeNumber(60, 1800).optional(),
});
export interface RestartPolicy extends z.input<typeof restartPolicy> {}

/**
 * How the lines that a container writes to stdout and stderr reach its log group in CloudWatch Logs.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
 */
export const logging = object({
  /**
   * `"blocking"` makes the application wait when CloudWatch Logs is unreachable; `"non-blocking"` drops lines when the
   * buffer is full.
   * @default "non-blocking"
   */
  mode: oneOf("blocking", "non-blocking").default("non-blocking"),
  /** Buffer size of `"non-blocking"`: a whole number, 1 or more, followed by `k`, `m` or `g`. @default "25m" */
  maxBufferSize: literal(pattern(/^[1-9][0-9]*[kmg]$/, 'use a number followed by k, m or g: "25m"')).optional(),
}).superRefine(({ mode, maxBufferSize }, context) => {
  if (mode === "blocking" && maxBufferSize !== undefined) {
    problem(context, [], 'maxBufferSize is for mode "non-blocking"; remove it');
  }
});
export interface Logging extends z.input<typeof logging> {}

/** Amazon ECS does not run a container with less memory than that. */
const memory = wholeNumber(6, 249_856);

/**
 * A container of a task, in the terms of an ECS container definition.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const container = object({
  /** Name, unique in the task: 1 to 255 letters, digits, `_` or `-`, but not `__proto__` or `_children`. */
  name: propertyName(pattern(/^[A-Za-z0-9_-]{1,255}$/, 'use 1 to 255 letters, digits, "_" or "-"')),
  /**
   * What runs: an image in Amazon ECR, which is looked up, or a reference to an image in any other registry, with its
   * digest: `public.ecr.aws/docker/library/nginx:1.27@sha256:…`.
   */
  image,
  /** Arguments of the entry point, one per entry. @default - the image's own */
  command: list(text).optional(),
  /** Program that is started, and its first arguments, one per entry. @default - the image's own */
  entryPoint: list(text).optional(),
  /** Folder that the command runs in: an absolute path. @default - the image's own */
  workingDirectory: absolutePath.optional(),
  /** User that the command runs as: `user`, `user:group`, `uid` or `uid:gid`. @default - the image's own */
  user: filledText.optional(),
  /**
   * Values of environment variables, by name. None may be secret: they can be read in the console. A value is text, or
   * `{ image: "tag" }` or `{ image: "digest" }` for that part of the container's image: `DD_VERSION: { image: "tag" }`.
   * The tag is `-` if the build was named by digest alone.
   * @default {}
   */
  environment: containerVariables.default({}),
  /** Ports that the container listens on. @default [] */
  portMappings: list(portMapping).default([]),
  /** How ECS checks whether the container is healthy. @default - ECS does not check it */
  healthCheck: healthCheck.optional(),
  /** Whether the task stops when this container does. @default true */
  essential: flag.default(true),
  /**
   * CPU units reserved for this container, out of those of the task: 0 to 32768. 1024 units are one vCPU; 0 reserves
   * none.
   * @default - none are reserved
   */
  cpu: wholeNumber(0, 32_768)
    .transform((units) => (units === 0 ? undefined : units))
    .optional(),
  /** MiB above which the container is killed: 6 to 249856, at most those of the task. @default - those of the task */
  memory: memory.optional(),
  /** MiB reserved for this container: 6 to 249856, less than `memory`. @default - none are reserved */
  memoryReservation: memory.optional(),
  /** Limits that the operating system sets on what the container may use. @default - those of the platform */
  ulimits: list(ulimit).default([]),
  /** Seconds from SIGTERM to SIGKILL when the container is stopped: 2 to 120. @default - 30, set by the platform */
  stopTimeout: wholeNumber(2, 120).optional(),
  /**
   * Whether the root file system of the container is read-only. Processes can then write only to mounts.
   * @default false
   */
  readonlyRootFilesystem: flag.optional(),
  /** Whether ECS restarts the container when it exits. @default - the container is not restarted on its own */
  restartPolicy: restartPolicy.optional(),
  /**
   * Docker labels of your own, by name. A value is text, `{ image: "tag" }` or `{ image: "digest" }`, as in `environment`.
   * `image_tag` and `image_digest` are reserved.
   * @default {}
   */
  dockerLabels: containerLabels.default({}),
  /** How log lines reach the log group. @default - non-blocking, with a buffer of 25m */
  logging: logging.prefault({}),
}).superRefine((container, context) => {
  checkMemory(container, context);
  checkLabels(container, context);
});
export interface ContainerProps extends z.input<typeof container> {}
export type ParsedContainer = z.output<typeof container>;

function checkMemory({ memory, memoryReservation }: ParsedContainer, context: z.core.$RefinementCtx): void {
  if (memory === undefined || memoryReservation === undefined || memoryReservation < memory) return;
  problem(
    context,
    [],
    `memoryReservation ${String(memoryReservation)} MiB must be less than memory ${String(memory)} MiB`,
  );
}

/** They would hide which image runs. */
function checkLabels({ dockerLabels }: ParsedContainer, context: z.core.$RefinementCtx): void {
  for (const label of [TAG_LABEL, DIGEST_LABEL].filter((label) => Object.hasOwn(dockerLabels, label))) {
    problem(
      context,
      ["dockerLabels"],
      `${quote(label)} is written by the pinned image and cannot be set; remove it or choose another name`,
    );
  }
}
