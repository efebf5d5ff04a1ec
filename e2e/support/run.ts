import { execFile } from "node:child_process";

/** What a command said and how it ended. */
export interface Run {
  /** `null` if a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** Runs a command to its end, however that is; only a command that does not exist is an error. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { ...options, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error && typeof error.code === "string") reject(new Error(`${command} could not be run: ${error.message}`));
      else resolve({ exitCode: child.exitCode, stdout, output: stdout + stderr });
    });
  });
}

/** The run, if it ended well. @throws Error with everything that it said */
export function succeeded(result: Run): Run {
  if (result.exitCode === 0) return result;
  throw new Error(`exit code ${result.exitCode ?? "none"}:\n${result.output}`);
}

/** What was said, without the frames and line breaks that the command lines put into it. */
export function words(output: string): string {
  return output.replace(/[\s│╷╵]+/g, " ");
}
