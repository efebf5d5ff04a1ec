import type { z } from "zod";

import { quote } from "../errors";
import { DIGEST_LABEL, TAG_LABEL } from "../image";
import { dependsOn } from "./dependency";
import { environmentFiles } from "./environment-file";
import { firelensConfiguration } from "./firelens";
import { healthCheck } from "./health-check";
import { image } from "./image";
import { flag, list, object, propertyName, wholeNumber } from "./leaves";
import { linuxParameters, systemControls } from "./linux-parameters";
import { logging } from "./logging";
import { checkWritablePaths, mountPoints, volumesFrom, writablePaths } from "./mount";
import { ECS_NAME } from "./names";
import { portMapping } from "./port-mapping";
import { problem } from "./problems";
import { restartPolicy } from "./restart-policy";
import { containerSecrets, repositoryCredentials } from "./secrets";
import { absolutePath, containerLabels, containerVariables, filledText, readableText } from "./text";
import { ulimit } from "./ulimit";

/** Amazon ECS does not run a container with less memory than that. */
const memory = wholeNumber(6, 249_856);

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
const NOT_ON_FARGATE = [
  "privileged",
  "links",
  "hostname",
  "extraHosts",
  "dnsServers",
  "dnsSearchDomains",
  "disableNetworking",
  "dockerSecurityOptions",
  "resourceRequirements",
];

/** Properties of a container definition that are not here. */
const ELSEWHERE = {
  ...Object.fromEntries(NOT_ON_FARGATE.map((name) => [name, "Fargate does not support; remove it"])),
  logConfiguration: 'is "logging" here; rename it',
};

const CONTAINER = {
  /** Name, unique in the task: 1 to 255 letters, digits, `_` or `-`, but not `__proto__` or `_children`. */
  name: propertyName(ECS_NAME),
  /**
   * What runs: an image in Amazon ECR, which is looked up, or a reference to an image in any other registry, with its
   * digest: `public.ecr.aws/docker/library/nginx:1.27@sha256:…`.
   */
  image,
  /** Arguments of the entry point, one per entry. @default - the image's own */
  command: list(readableText).optional(),
  /** Program that is started, and its first arguments, one per entry. @default - the image's own */
  entryPoint: list(readableText).optional(),
  /** Folder that the command runs in: an absolute path. @default - the image's own */
  workingDirectory: absolutePath.optional(),
  /** User that the command runs as: `user`, `user:group`, `uid` or `uid:gid`. @default - the image's own */
  user: filledText.optional(),
  /**
   * Values of environment variables, by name. None may be secret: they can be read in the console. What plainly is one, such
   * as a URL with a password, is rejected, here and in commands and labels. A value is text, or
   * `{ image: "tag" }` or `{ image: "digest" }` for that part of the container's image: `DD_VERSION: { image: "tag" }`.
   * The tag is `-` if the build was named by digest alone.
   * @default {}
   */
  environment: containerVariables.default({}),
  /**
   * Environment variables whose values ECS reads from Secrets Manager or SSM Parameter Store when it starts the
   * container, by name: `DB_PASSWORD: { secretsManager: "shop/db", key: "password" }` or
   * `TOKEN: { ssmParameter: "/shop/token" }`. The execution role may read these and no others. A later value reaches only
   * tasks that start after it.
   * @default {}
   */
  secrets: containerSecrets.default({}),
  /**
   * Files in S3 with further environment variables, by their ARNs: `arn:aws:s3:::BUCKET/NAME.env`, at most 10 in a task.
   * Each line is `NAME=VALUE`. `environment` comes before them, and an earlier file before a later one. The execution
   * role may read these files.
   * @default []
   */
  environmentFiles: environmentFiles.default([]),
  /**
   * User name and password of the registry, if the image is in a private one that is not Amazon ECR: the name or the ARN of
   * a secret, `{ secretsManager: "shop/registry" }`.
   * @default - the registry needs none
   */
  repositoryCredentials: repositoryCredentials.optional(),
  /** Ports that the container listens on. @default [] */
  portMappings: list(portMapping).default([]),
  /** How ECS checks whether the container is healthy. @default - ECS does not check it */
  healthCheck: healthCheck.optional(),
  /** Whether the task stops when this container does. @default true */
  essential: flag.default(true),
  /**
   * What this container waits for before it starts, by name of another container: that it has started (`"START"`), has
   * exited (`"COMPLETE"`), with exit code 0 (`"SUCCESS"`), or is healthy (`"HEALTHY"`). Containers stop in the reverse
   * order.
   * @default {}
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
   */
  dependsOn: dependsOn.default({}),
  /**
   * Seconds that others wait for this container to get where their `dependsOn` wants it: 2 to 120. After that, the task
   * stops.
   * @default - they wait as long as the task is not stopped
   */
  startTimeout: wholeNumber(2, 120).optional(),
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
   * Where volumes of the task are mounted, by name of the volume: `{ data: "/srv/data" }`,
   * `{ data: { containerPath: "/srv/data", readOnly: true } }`, or a list of these to mount it several times.
   * @default {}
   */
  mountPoints: mountPoints.default({}),
  /** Whose volumes are mounted at the same paths, by name of another container, which then starts first. @default {} */
  volumesFrom: volumesFrom.default({}),
  /**
   * Whether the root file system of the container is read-only. Processes can then write only to mounts.
   * @default false
   */
  readonlyRootFilesystem: flag.optional(),
  /**
   * Folders that stay writable although the root is read-only: `["/tmp", "/var/run"]`. Each becomes an empty volume that
   * only this container mounts, and that belongs to root unless the image declares it with `VOLUME`.
   * @default []
   */
  writablePaths: writablePaths.default([]),
  /** Capabilities, folders in memory and an init process. @default - those of the platform */
  linuxParameters: linuxParameters.optional(),
  /**
   * Parameters of the kernel, by name: `{ "net.core.somaxconn": "1024" }`. `net.…` applies to all containers of the task;
   * the others are `fs.mqueue.…` and `kernel.` with `msgmax`, `msgmnb`, `msgmni`, `sem`, `shmall`, `shmmax`, `shmmni` or
   * `shm_rmid_forced`.
   * @default {}
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html
   */
  systemControls: systemControls.default({}),
  /** Whether stdin stays open. @default false */
  interactive: flag.optional(),
  /** Whether the container gets a terminal. @default false */
  pseudoTerminal: flag.optional(),
  /** Whether ECS restarts the container when it exits. @default - the container is not restarted on its own */
  restartPolicy: restartPolicy.optional(),
  /**
   * Docker labels of your own, by name. A value is text, `{ image: "tag" }` or `{ image: "digest" }`, as in `environment`.
   * `image_tag` and `image_digest` are reserved.
   * @default {}
   */
  dockerLabels: containerLabels.default({}),
  /** Where log lines go, and how. @default - to the log group of the service, non-blocking, with a buffer of 25m */
  logging: logging.prefault({}),
  /** Makes this container the log router of the task (FireLens). @default - it is an ordinary container */
  firelensConfiguration: firelensConfiguration.optional(),
};

/**
 * A container of a task, in the terms of an ECS container definition.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const container = object(CONTAINER, ELSEWHERE).superRefine((container, context) => {
  checkMemory(container, context);
  checkLabels(container, context);
  checkSecrets(container, context);
  checkCredentials(container, context);
  checkWritablePaths(container, context);
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

/** ECS accepts a name only once. */
function checkSecrets({ environment, secrets }: ParsedContainer, context: z.core.$RefinementCtx): void {
  for (const name of Object.keys(secrets).filter((name) => Object.hasOwn(environment, name))) {
    problem(context, ["secrets", name], "environment has a variable of this name too; remove one of them");
  }
}

/** Tasks pull from Amazon ECR with the execution role. */
function checkCredentials({ image, repositoryCredentials }: ParsedContainer, context: z.core.$RefinementCtx): void {
  if (repositoryCredentials === undefined || typeof image === "string") return;
  problem(
    context,
    ["repositoryCredentials"],
    "the image is in Amazon ECR, from which the execution role pulls it; remove them",
  );
}
