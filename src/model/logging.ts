import type { z } from "zod";

import { alternatives, quote } from "../errors";
import { isToken, leaf, literal, object, oneOf, pattern, record, reference } from "./leaves";
import { problem } from "./problems";
import { plainSecretIn } from "./plain-secret";
import { secret } from "./secrets";
import { filledText, text } from "./text";

/** Name of a log group. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const logGroupName = reference(
  pattern(/^[\w./#-]{1,512}$/, 'use the name of a log group: 1 to 512 letters, digits or "._-/#"'),
);

/**
 * The driver compiles it with Go's package `regexp`, and a task whose pattern does not compile does not start.
 * @see https://github.com/google/re2/wiki/Syntax
 */
const multilinePattern = leaf<string>((value) => {
  if (typeof value !== "string" || value === "" || isToken(value)) return faultOfText(value);
  if (/\(\?<?[=!]/.test(value)) return "looks ahead or behind, which the driver does not support; rephrase it";
  if (/(?<!\\)(\\\\)*\\[1-9]/.test(value))
    return "refers back to a group, which the driver does not support; rephrase it";
  return faultOfText(value);
});

function faultOfText(value: unknown): string | undefined {
  return filledText.safeParse(value).error?.issues[0]?.message;
}

/** The name of an option of a log driver: text that is not empty. */
const optionName = leaf<string>((name) =>
  name === "" ? "is empty; give it one, or remove the entry" : faultOfText(name),
);

/** Text that everybody may read who may see the task definition. */
const optionValue = leaf<string>((value) => {
  const kind = typeof value === "string" ? plainSecretIn(value) : undefined;
  if (kind !== undefined) return `holds ${kind}, which the console would show; move it to secretOptions`;
  return text.safeParse(value).error?.issues[0]?.message;
});

/**
 * Where the lines that a container writes to stdout and stderr go: to CloudWatch Logs, to the log router of the task
 * (FireLens), or to Splunk. `logGroup`, `streamPrefix`, `multilinePattern` and `datetimeFormat` are for `awslogs`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
 */
export const logging = object({
  /**
   * `"awslogs"`: CloudWatch Logs; `"awsfirelens"`: the container of the task that has a `firelensConfiguration`;
   * `"splunk"`: Splunk's HTTP Event Collector. These are the drivers that Fargate has.
   * @default "awslogs"
   */
  driver: oneOf("awslogs", "awsfirelens", "splunk").default("awslogs"),
  /**
   * Name of an existing log group in the account and region of the service: 1 to 512 letters, digits or `._-/#`.
   * @default - the service's own
   */
  logGroup: logGroupName.optional(),
  /**
   * What the names of the log streams begin with: `<prefix>/<container>/<task id>`. Not `:` or `*`.
   * @default - the name of the container
   */
  streamPrefix: reference(pattern(/^[^:*]{1,255}$/, 'use 1 to 255 characters, without ":" and "*"')).optional(),
  /**
   * Regular expression (Go's) that matches the first line of each message; the lines after it belong to the message.
   * Not together with `datetimeFormat`.
   * @default - each line is a message
   * @see https://docs.docker.com/engine/logging/drivers/awslogs/#awslogs-multiline-pattern
   */
  multilinePattern: multilinePattern.optional(),
  /**
   * Date and time, in Python's `strftime` format, that the first line of each message contains: `"%Y-%m-%d %H:%M:%S"`.
   * Not together with `multilinePattern`.
   * @default - each line is a message
   * @see https://docs.docker.com/engine/logging/drivers/awslogs/#awslogs-datetime-format
   */
  datetimeFormat: filledText.optional(),
  /**
   * `"blocking"` makes the application wait when CloudWatch Logs or Splunk is unreachable; `"non-blocking"` drops lines
   * when the buffer is full. Not for `awsfirelens`.
   * @default "non-blocking"
   */
  mode: oneOf("blocking", "non-blocking").optional(),
  /** Buffer size of `"non-blocking"`: a whole number, 1 or more, followed by `k`, `m` or `g`. @default "25m" */
  maxBufferSize: literal(pattern(/^[1-9][0-9]*[kmg]$/, 'use a number followed by k, m or g: "25m"')).optional(),
  /**
   * Options by name, all text. For `awsfirelens`, those of the output plugin of the router, and
   * `log-driver-buffer-limit`, the bytes that are buffered before the router: 0 to 536870912. For `splunk`: `splunk-url`,
   * `splunk-index` …
   * @default {}
   * @see https://docs.docker.com/engine/logging/drivers/splunk/#splunk-options
   */
  options: record(optionName, optionValue).default({}),
  /**
   * Options whose values ECS reads from Secrets Manager or SSM Parameter Store when it starts the container, by name:
   * `{ apikey: { secretsManager: "datadog", key: "api-key" } }`, `{ "splunk-token": { ssmParameter: "/splunk/token" } }`.
   * The execution role may read them.
   * @default {}
   */
  secretOptions: record(optionName, secret).default({}),
}).superRefine((logging, context) => {
  checkDriver(logging, context);
  checkBuffer(logging, context);
  checkOptions(logging, context);
});
export interface Logging extends z.input<typeof logging> {}
export type ParsedLogging = z.output<typeof logging>;

const AWSLOGS = ["logGroup", "streamPrefix", "multilinePattern", "datetimeFormat"] as const;

function checkDriver(logging: ParsedLogging, context: z.core.$RefinementCtx): void {
  const { driver, multilinePattern, datetimeFormat, mode, maxBufferSize, options, secretOptions } = logging;
  const reject = (fault: string): void => problem(context, [], fault);
  if (driver !== "awslogs") {
    for (const name of AWSLOGS.filter((name) => logging[name] !== undefined)) {
      reject(`${name} is for driver "awslogs"; remove it`);
    }
  } else if (Object.keys({ ...options, ...secretOptions }).length > 0) {
    const wayOut = `for "awslogs", use ${alternatives(AWSLOGS)}`;
    reject(`options and secretOptions are for driver "awsfirelens" or "splunk"; ${wayOut}`);
  }
  if (multilinePattern !== undefined && datetimeFormat !== undefined) {
    reject("multilinePattern and datetimeFormat exclude each other; remove one");
  }
  if (driver === "awsfirelens" && (mode !== undefined || maxBufferSize !== undefined)) {
    reject('mode and maxBufferSize are not for driver "awsfirelens"; use options: { "log-driver-buffer-limit": "…" }');
  }
}

function checkBuffer({ mode, maxBufferSize }: ParsedLogging, context: z.core.$RefinementCtx): void {
  if (mode !== "blocking" || maxBufferSize === undefined) return;
  problem(context, [], 'maxBufferSize is for mode "non-blocking"; remove it');
}

/** Names of options of log drivers, and of output plugins of Fluent Bit and Fluentd, that hold keys and passwords. */
const SECRET =
  /^(api_?key|license_?key|((auth|access|splunk|bearer)[-_])?token|((http|proxy)_)?passw(or)?d|shared_key|secret)$/i;

function checkOptions(logging: ParsedLogging, context: z.core.$RefinementCtx): void {
  const { driver, options, secretOptions } = logging;
  if (driver === "awslogs") return;
  const reject = (fault: string): void => problem(context, ["options"], fault);
  for (const name of Object.keys(options)) {
    if (SECRET.test(name))
      reject(`${quote(name)} is a secret, and everybody can read options; move it to secretOptions`);
    else if (Object.hasOwn(secretOptions, name)) reject(`${quote(name)} is in secretOptions too; remove one of them`);
  }
  if (driver === "splunk") checkSplunk(logging, context);
  else checkOutput(logging, reject);
}

function checkSplunk({ options, secretOptions }: ParsedLogging, context: z.core.$RefinementCtx): void {
  const given = { ...options, ...secretOptions };
  if (!Object.hasOwn(given, "splunk-token")) {
    problem(context, ["secretOptions"], '"splunk-token" is missing; give the token of the HTTP Event Collector');
  }
  if (!Object.hasOwn(given, "splunk-url")) {
    problem(context, ["options"], '"splunk-url" is missing; give the URL of the HTTP Event Collector');
  }
  if (Object.hasOwn(given, "mode") || Object.hasOwn(given, "max-buffer-size")) {
    problem(context, ["options"], "write mode and maxBufferSize beside options");
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-docker-buffer-limit.html */
const MAX_BUFFER_LIMIT = 512 * 1024 * 1024;

function checkOutput({ options }: ParsedLogging, reject: (fault: string) => void): void {
  const match = Object.keys(options).find((name) => name.toLowerCase() === "match");
  if (match !== undefined) reject(`${quote(match)} is set by FireLens; remove it`);
  const limit = options["log-driver-buffer-limit"] ?? "0";
  if (isToken(limit) || (/^[0-9]{1,9}$/.test(limit) && Number(limit) <= MAX_BUFFER_LIMIT)) return;
  reject(`"log-driver-buffer-limit" is not valid; use a whole number of bytes from 0 to ${String(MAX_BUFFER_LIMIT)}`);
}

/** Whether changes name another driver, whose options are different ones. */
export function overridesDriver(
  base: Logging | undefined,
  changes: Readonly<Record<string, unknown>> | undefined,
): boolean {
  return changes?.["driver"] !== undefined && changes["driver"] !== (base?.driver ?? "awslogs");
}
