import type { z } from "zod";

import { problem } from "./problems";
import type { scaling } from "./scaling";

/** What says how many tasks a service runs. */
export interface WithCount {
  readonly desiredCount?: number | "keep";
  readonly scaling?: z.output<typeof scaling>;
}

/** The number of tasks that a service is created with, and whether it is left to others from then on. */
export function countOf({ desiredCount = 1, scaling }: WithCount): { atFirst: number; isKept: boolean } {
  if (scaling) return { atFirst: scaling.minCapacity, isKept: true };
  return desiredCount === "keep" ? { atFirst: 1, isKept: true } : { atFirst: desiredCount, isKept: false };
}

/** Otherwise each deploy would undo what the scaler did. */
export function checkCount({ desiredCount, scaling }: WithCount, context: z.core.$RefinementCtx): void {
  if (scaling === undefined || desiredCount === undefined || desiredCount === "keep") return;
  problem(
    context,
    [],
    `desiredCount ${String(desiredCount)}: scaling sets the number of tasks; remove one of them, or set desiredCount: "keep" where there is scaling`,
  );
}
