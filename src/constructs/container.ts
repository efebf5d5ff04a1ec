import type { PropertiesOf } from "../errors";
import type { PinnedImageProps } from "./pinned-image";

/**
 * A container of a task, in the terms of an ECS container definition.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export interface ContainerProps {
  /** Name, unique in the task: 1 to 255 letters, digits, `_` or `-`. */
  readonly name: string;
  /**
   * What runs: an image in Amazon ECR, looked up by tag, or a reference into any other registry that is pinned
   * already: `public.ecr.aws/docker/library/nginx:1.27@sha256:…`.
   */
  readonly image: PinnedImageProps | string;
  /** @default - the image's own */
  readonly command?: readonly string[];
  /** @default - the image's own */
  readonly entryPoint?: readonly string[];
  /** Absolute path. @default - the image's own */
  readonly workingDirectory?: string;
  /** `user`, `user:group`, `uid` or `uid:gid`. @default - the image's own */
  readonly user?: string;
  /** Environment variables. No value may be empty, and none may be secret: they can be read in the console. @default {} */
  readonly environment?: Readonly<Record<string, string>>;
  /** Ports that the container listens on. @default [] */
  readonly portMappings?: readonly PortMappingProps[];
  /** @default - ECS does not look into the container */
  readonly healthCheck?: HealthCheckProps;
  /** Whether the task stops when this container does. @default true */
  readonly essential?: boolean;
  /** CPU units (1024 are one vCPU) kept for this container, within those of the task. @default - shared */
  readonly cpu?: number;
  /** MiB at which the container is killed, within those of the task. At least 6. @default - those of the task */
  readonly memory?: number;
  /** MiB kept for this container, less than `memory`. At least 6. @default - none are kept */
  readonly memoryReservation?: number;
  /** @default - those of the platform */
  readonly ulimits?: readonly UlimitProps[];
  /** Seconds from SIGTERM to SIGKILL: 2 to 120. @default - 30, which is the platform's */
  readonly stopTimeout?: number;
  /** @default - the container is not restarted by itself */
  readonly restartPolicy?: RestartPolicyProps;
  /** Docker labels of your own. `image_tag` and `image_digest` are taken. @default {} */
  readonly dockerLabels?: Readonly<Record<string, string>>;
  /** How log lines reach the log group. @default - non-blocking with a buffer of 25m */
  readonly logging?: LoggingProps;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
export interface PortMappingProps {
  /** 1 to 65535. */
  readonly containerPort: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
  /** At most 64 lower-case letters, digits, `_` or `-`. @default - none */
  readonly name?: string;
  /** @default - none, which is plain TCP */
  readonly appProtocol?: "http" | "http2" | "grpc";
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export interface HealthCheckProps {
  /** `["CMD-SHELL", "curl -f http://localhost/ || exit 1"]`, or `CMD` and the arguments. */
  readonly command: readonly string[];
  /** Seconds between checks: 5 to 300. @default 30 */
  readonly interval?: number;
  /** Seconds after which a check has failed: 2 to 60. @default 5 */
  readonly timeout?: number;
  /** Failed checks after which the container is unhealthy: 1 to 10. @default 3 */
  readonly retries?: number;
  /** Seconds after the start in which failed checks do not count: 0 to 300. @default 0 */
  readonly startPeriod?: number;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
export interface UlimitProps {
  /** `nofile`, `nproc` … */
  readonly name: (typeof ULIMIT_NAMES)[number];
  /** At most `hardLimit`. */
  readonly softLimit: number;
  readonly hardLimit: number;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerRestartPolicy.html */
export interface RestartPolicyProps {
  readonly enabled: boolean;
  /** Exit codes that are no reason to restart: at most 50. @default [] */
  readonly ignoredExitCodes?: readonly number[];
  /** Seconds that the container must have run to be restarted: 60 to 1800. @default 300 */
  readonly restartAttemptPeriod?: number;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html */
export interface LoggingProps {
  /**
   * `blocking` stops the application when CloudWatch Logs is out of reach; `non-blocking` drops lines when the
   * buffer is full.
   * @default "non-blocking"
   */
  readonly mode?: "blocking" | "non-blocking";
  /** Size of the buffer of `non-blocking`: a number and `k`, `m` or `g`. @default "25m" */
  readonly maxBufferSize?: string;
}

export const ULIMIT_NAMES = [
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
] as const;

/** Every property of a container and of its parts, to tell an unknown one. */
export const CONTAINER_PROPERTIES = {
  container: {
    name: true,
    image: true,
    command: true,
    entryPoint: true,
    workingDirectory: true,
    user: true,
    environment: true,
    portMappings: true,
    healthCheck: true,
    essential: true,
    cpu: true,
    memory: true,
    memoryReservation: true,
    ulimits: true,
    stopTimeout: true,
    restartPolicy: true,
    dockerLabels: true,
    logging: true,
  } satisfies PropertiesOf<ContainerProps>,
  portMapping: {
    containerPort: true,
    protocol: true,
    name: true,
    appProtocol: true,
  } satisfies PropertiesOf<PortMappingProps>,
  healthCheck: {
    command: true,
    interval: true,
    timeout: true,
    retries: true,
    startPeriod: true,
  } satisfies PropertiesOf<HealthCheckProps>,
  ulimit: { name: true, softLimit: true, hardLimit: true } satisfies PropertiesOf<UlimitProps>,
  restartPolicy: {
    enabled: true,
    ignoredExitCodes: true,
    restartAttemptPeriod: true,
  } satisfies PropertiesOf<RestartPolicyProps>,
  logging: { mode: true, maxBufferSize: true } satisfies PropertiesOf<LoggingProps>,
};
