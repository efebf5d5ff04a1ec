import type { ParsedContainer } from "../../model/container";
import type { ParsedFirelensConfiguration } from "../../model/firelens";
import { onlySet } from "../only-set";
import { sortedPairs } from "./sorted-pairs";

/** Where the lines of containers go that name no log group. */
export interface LogDestination {
  /** Name of the CloudWatch Logs group. */
  readonly logGroup: string;
  /** Region of the group, and of all that containers name: `us-east-1`. */
  readonly region: string;
}

interface LoggingContainer extends Pick<ParsedContainer, "name" | "logging"> {
  /** What ECS reads each secret option from, by name. */
  readonly logSecrets: Readonly<Record<string, string>>;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
export function logConfiguration(
  { name, logging, logSecrets }: LoggingContainer,
  { logGroup, region }: LogDestination,
): object {
  const { driver, options } = logging;
  return onlySet({
    logDriver: driver,
    options:
      driver === "awslogs"
        ? onlySet({
            "awslogs-group": logging.logGroup ?? logGroup,
            "awslogs-region": region,
            "awslogs-stream-prefix": logging.streamPrefix ?? name,
            "awslogs-multiline-pattern": logging.multilinePattern,
            "awslogs-datetime-format": logging.datetimeFormat,
            ...delivery(logging),
          })
        : { ...options, ...(driver === "splunk" && delivery(logging)) },
    secretOptions: sortedPairs(logSecrets).map(([option, valueFrom]) => ({ name: option, valueFrom })),
  });
}

/** The mode is always written: its default in ECS changed in 2025, to one that may drop lines. */
function delivery({ mode = "non-blocking", maxBufferSize = "25m" }: ParsedContainer["logging"]): object {
  return { mode, ...(mode === "non-blocking" && { "max-buffer-size": maxBufferSize }) };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html */
export function firelensConfiguration(configuration: ParsedFirelensConfiguration): object {
  const { type, configFile, enableEcsLogMetadata } = configuration;
  return onlySet({
    type,
    options: {
      ...(enableEcsLogMetadata !== undefined && { "enable-ecs-log-metadata": String(enableEcsLogMetadata) }),
      ...(configFile !== undefined && { "config-file-type": "file", "config-file-value": configFile }),
    },
  });
}
