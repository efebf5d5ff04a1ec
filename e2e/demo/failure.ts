/** No more than fits below the step's name without scrolling it away. */
const LAST_LINES = 12;

/** A step that failed. The message names it and ends with what its command said last. */
export class StepFailed extends Error {
  constructor(step: string, cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    super([`failed at ${step}:`, ...lastWords(words).map((line) => `  ${line}`)].join("\n"));
  }
}

/** From the first error on, if one is named, without empty lines and without the progress that `cdktf` counts. */
export function lastWords(output: string): string[] {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^\d+ Stacks? deploying /.test(line));
  const firstError = lines.findIndex((line) => /\bError:/.test(line));
  return firstError < 0 ? lines.slice(-LAST_LINES) : lines.slice(firstError, firstError + LAST_LINES);
}
