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
  /** Kills the command and what it has started, at once. @default - it runs to its end */
  readonly signal?: AbortSignal;
  /** Called with the id of the process when it has started. @default - not called */
  readonly onStart?: (pid: number) => void;
  /** Called with what the command prints to standard error, while it runs. @default - not called */
  readonly onStderr?: (text: string) => void;
}

/**
 * Runs a command until it ends, however it ends; it is an error only if the command does not exist.
 * @throws the reason of the `signal` if the signal ended it
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Run> {
  const { cwd, env, signal, onStart, onStderr } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // To be killed with its children it must lead a process group; Ctrl-C in the terminal does not reach that group.
    const child = spawn(command, args, { cwd, env, detached: signal !== undefined });
    if (child.pid !== undefined) onStart?.(child.pid);
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

/**
 * `cdktf` runs Terraform on a terminal of its own, outside its group; the terminal closes with `cdktf`, which ends
 * Terraform.
 */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return; // it could not be started
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

/** The run, if it succeeded. @throws Error with its output otherwise, from the first error on if it names one */
export function succeeded(result: Run): Run {
  if (result.exitCode === 0) return result;
  const from = Math.max(result.output.search(/^.*(?:Error|panic|fatal error): /m), 0);
  throw new Error(`exit code ${result.exitCode ?? "none"}:\n${result.output.slice(from)}`);
}

/** The output, without the frames and line breaks that `cdktf` and Terraform put into it. */
export function words(output: string): string {
  return output.replace(/[\s│╷╵]+/g, " ");
}
