import { spawn, type ChildProcess } from "node:child_process";

/** What a command said and how it ended. */
export interface Run {
  /** `null` if a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** How to run a command. */
export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Kills the command and what it has started, at once. @default - runs to its end */
  readonly signal?: AbortSignal;
  /** Hears what the command says on standard error, while it runs. @default - nobody */
  readonly onStderr?: (text: string) => void;
}

/**
 * Runs a command to its end, however that is; only a command that does not exist is an error.
 * @throws the reason of the `signal` if that ended it
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Run> {
  const { cwd, env, signal, onStderr } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // To be killed with its children it must lead a process group, which no Ctrl-C from the terminal reaches.
    const child = spawn(command, args, { cwd, env, detached: signal !== undefined });
    const kill = (): void => killGroup(child);
    signal?.addEventListener("abort", kill, { once: true });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onStderr?.(text);
    });
    child.once("error", (error) => reject(new Error(`${command} could not be run: ${error.message}`)));
    child.once("close", (exitCode) => {
      signal?.removeEventListener("abort", kill);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve({ exitCode, stdout, output: stdout + stderr });
    });
  });
}

/** `cdktf` runs Terraform on a terminal of its own, outside its group; that closes with it, and ends Terraform too. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return; // it could not be started
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended
  }
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
