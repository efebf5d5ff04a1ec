import type { z } from "zod";

import { flag, list, object, wholeNumber } from "./leaves";

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
