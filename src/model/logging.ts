import type { z } from "zod";

import { literal, object, oneOf, pattern } from "./leaves";
import { problem } from "./problems";

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
