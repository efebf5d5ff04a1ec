import type { z } from "zod";

import { list, object, wholeNumber } from "./leaves";
import { readableText } from "./text";

/** A command that begins with `CMD` or `CMD-SHELL`. Its problems never show it: it may contain a password. */
const healthCommand = list(readableText, { minimum: 1 })
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
