import { z } from "zod";

import { kmsKeyArn } from "./arn";
import { BUCKET_NAME } from "./bucket";
import type { ParsedContainer } from "./container";
import { flag, object, oneOf, pattern, reference } from "./leaves";
import { logGroupName } from "./logging";
import { problem } from "./problems";

/**
 * How a cluster logs and encrypts the sessions of ECS Exec. With a `logGroup` or an `s3Bucket`, they are logged there.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommandConfiguration.html
 */
export const executeCommandSessions = object({
  /**
   * `"DEFAULT"`: to the log group of the container; `"OVERRIDE"`: to `logGroup`, `s3Bucket` or both; `"NONE"`: nowhere.
   * @default - `"OVERRIDE"` with a `logGroup` or an `s3Bucket`, otherwise `"DEFAULT"`
   */
  logging: oneOf("DEFAULT", "OVERRIDE", "NONE").optional(),
  /** Name of an existing log group: 1 to 512 letters, digits or `._-/#`. @default - none */
  logGroup: logGroupName.optional(),
  /**
   * Whether a session is refused unless a KMS key of yours encrypts `logGroup`.
   * @default false
   */
  cloudWatchEncryptionEnabled: flag.optional(),
  /** Name of an existing bucket, in which each session becomes an object. @default - none */
  s3Bucket: reference(BUCKET_NAME).optional(),
  /** What the keys of these objects begin with: `sessions`. No `/` at the beginning or end. @default - nothing */
  s3KeyPrefix: reference(
    pattern(
      /^(?!\/)[\w!.*'()/-]{1,512}(?<!\/)$/,
      `use 1 to 512 letters, digits or "!-_.*'()/", not beginning or ending with "/"`,
    ),
  ).optional(),
  /** Whether a session is refused unless `s3Bucket` is encrypted. @default false */
  s3EncryptionEnabled: flag.optional(),
  /**
   * ARN of a KMS key that encrypts the sessions, in addition to TLS: `arn:aws:kms:REGION:ACCOUNT:key/ID`. Whoever starts
   * one needs `kms:GenerateDataKey` for it.
   * @default - TLS alone
   */
  kmsKeyArn: kmsKeyArn.optional(),
});
export interface ExecuteCommandSessions extends z.input<typeof executeCommandSessions> {}
export type ParsedSessions = z.output<typeof executeCommandSessions>;

/** Whether people may run commands in the containers; and how the cluster logs that, which decides on the rights. */
export const executeCommand = z.union([flag, executeCommandSessions], {
  error: "is not valid; use true, false, or { … } with how the cluster logs the sessions",
});
export type ExecuteCommand = z.output<typeof executeCommand>;

/** Where sessions are logged. */
export function sessionLogging({ logging, logGroup, s3Bucket }: ParsedSessions): "DEFAULT" | "OVERRIDE" | "NONE" {
  return logging ?? (logGroup === undefined && s3Bucket === undefined ? "DEFAULT" : "OVERRIDE");
}

/** Checks what only the settings as a whole can show. */
export function checkSessions(
  sessions: ExecuteCommand | undefined,
  path: readonly PropertyKey[],
  context: z.core.$RefinementCtx,
): void {
  if (typeof sessions !== "object") return;
  const { logGroup, s3Bucket, cloudWatchEncryptionEnabled, s3KeyPrefix, s3EncryptionEnabled } = sessions;
  const logging = sessionLogging(sessions);
  const hasDestination = logGroup !== undefined || s3Bucket !== undefined;
  if (logging === "OVERRIDE" && !hasDestination) {
    problem(context, path, 'logging "OVERRIDE" needs a logGroup or an s3Bucket');
  } else if (logging !== "OVERRIDE" && hasDestination) {
    problem(context, path, `logGroup and s3Bucket are for logging "OVERRIDE"; remove them, or logging "${logging}"`);
  }
  const unused = [
    ...(logGroup === undefined && cloudWatchEncryptionEnabled !== undefined ? ["cloudWatchEncryptionEnabled"] : []),
    ...(s3Bucket === undefined && s3KeyPrefix !== undefined ? ["s3KeyPrefix"] : []),
    ...(s3Bucket === undefined && s3EncryptionEnabled !== undefined ? ["s3EncryptionEnabled"] : []),
  ];
  for (const property of unused) {
    const needed = property === "cloudWatchEncryptionEnabled" ? "a logGroup" : "an s3Bucket";
    problem(context, path, `${property} is for ${needed}, and there is none; remove it`);
  }
}

/**
 * The agent that runs the commands writes to the root file system.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-considerations
 */
export function checkExecuteCommand(
  {
    executeCommand,
    containers,
  }: { readonly executeCommand?: ExecuteCommand | undefined; readonly containers: readonly ParsedContainer[] },
  context: z.core.$RefinementCtx,
): void {
  checkSessions(executeCommand, ["executeCommand"], context);
  if (!isEnabled(executeCommand)) return;
  for (const [index, { readonlyRootFilesystem }] of containers.entries()) {
    if (readonlyRootFilesystem !== true) continue;
    const fault =
      "readonlyRootFilesystem and executeCommand exclude each other, as ECS Exec writes to the root file system";
    problem(context, ["containers", index], `${fault}; remove one`);
  }
}

/** Whether commands may be run. */
export function isEnabled(executeCommand: ExecuteCommand | undefined): boolean {
  return executeCommand !== undefined && executeCommand !== false;
}
