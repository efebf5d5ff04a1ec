import type { z } from "zod";

import { quote } from "../errors";
import { flag, leaf, object, oneOf } from "./leaves";
import { absolutePath } from "./text";

/** FireLens writes its own configuration to these. */
const RESERVED_FILES = ["/fluent-bit/etc/fluent-bit.conf", "/fluentd/etc/fluent.conf"];

const configFile = leaf<string>((value) => {
  if (typeof value === "string" && value.startsWith("arn:")) {
    return "is in S3, from where Fargate reads none; put the file into the image, and give its path";
  }
  if (typeof value === "string" && RESERVED_FILES.includes(value))
    return `${quote(value)} is FireLens's own; use another path`;
  return absolutePath.safeParse(value).error?.issues[0]?.message;
});

/**
 * Makes a container the log router of the task (FireLens): it gets the lines of all containers whose `logging` has the
 * driver `awsfirelens`, and sends them on. Its own lines go to CloudWatch Logs.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
export const firelensConfiguration = object({
  /** What the image contains: Fluent Bit or Fluentd. */
  type: oneOf("fluentbit", "fluentd"),
  /**
   * Absolute path of a configuration file in the image, or in a mount, that is added to the one that FireLens writes.
   * Fargate reads none from S3.
   * @default - none
   */
  configFile: configFile.optional(),
  /** Whether each line gets the names of cluster, task and task definition. @default true */
  enableEcsLogMetadata: flag.optional(),
});
export interface FirelensConfiguration extends z.input<typeof firelensConfiguration> {}
export type ParsedFirelensConfiguration = z.output<typeof firelensConfiguration>;
