/** As many as fit below the step's name without scrolling it off the screen. */
const LAST_LINES = 12;

/** A step that failed. The message names it and ends with the last lines of its command's output. */
export class StepFailed extends Error {
  constructor(step: string, cause: unknown) {
    const words = cause instanceof Error ? cause.message : String(cause);
    super([`failed at ${step}:`, ...lastWords(words).map((line) => `  ${line}`)].join("\n"));
  }
}

/**
 * The output from its first error on, if there is one, without empty lines and without the progress lines of `cdktf`.
 */
export function lastWords(output: string): string[] {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^\d+ Stacks? deploying /.test(line));
  const firstError = lines.findIndex((line) => /\bError:/.test(line));
  return firstError < 0 ? lines.slice(-LAST_LINES) : lines.slice(firstError, firstError + LAST_LINES);
}
