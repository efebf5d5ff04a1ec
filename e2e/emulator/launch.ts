import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { NO_AWS_PROFILE } from "../support/environment";
import { findPython, repositoryRoot } from "./python";

export { findPython } from "./python";

/** How long the emulator may take to answer, in milliseconds; a cold start on a slow disk takes several seconds. */
const START_TIMEOUT = 60_000;
/** How long it may take to end once its standard input is closed, in milliseconds. */
const STOP_TIMEOUT = 5_000;

/** A running local AWS. */
export interface Emulator {
  /** What goes into `AWS_ENDPOINT_URL`: `http://127.0.0.1:5555`. */
  readonly endpoint: string;
  /** Resolves when the emulator has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends the emulator and everything in it; a second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts a local AWS with nothing in it but an ECS cluster `default` and a default VPC.
 *
 * It ends when this process does, however that ends: it watches the pipe that is its standard input.
 * @param options.port port on 127.0.0.1 @default - any free port
 * @throws Error with one line for the user if it can't be started
 */
export async function startEmulator(options: { port?: number } = {}): Promise<Emulator> {
  const child = spawn(
    findPython(),
    ["-B", "-m", "emulator", "--until-stdin-closes", "--port", String(options.port ?? 0)],
    { cwd: join(repositoryRoot(), "e2e"), env: ownEnvironment(), stdio: ["pipe", "pipe", "pipe"] },
  );
  child.stdin.on("error", () => undefined); // we stop the emulator by closing it, and it may be closed already
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve()); // it could not be started at all
  });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT);
    await ended;
    clearTimeout(force);
  };
  try {
    const endpoint = await firstLine(child);
    child.stderr.pipe(process.stderr, { end: false }); // shows what moto can't do
    return { endpoint, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The endpoint, which the emulator prints as soon as it answers. */
function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    const settled = (): void => clearTimeout(timer);
    let lastProblem = "";
    const timer = setTimeout(
      () =>
        reject(new Error(`the emulator did not answer within ${START_TIMEOUT / 1000} s; last words: ${lastProblem}`)),
      START_TIMEOUT,
    );
    createInterface(child.stdout).once("line", (line) => {
      settled();
      resolve(line);
    });
    createInterface(child.stderr).on("line", (line) => {
      lastProblem = line;
    });
    child.once("error", (error) => {
      settled();
      reject(new Error(`the emulator could not be started: ${error.message}`));
    });
    child.once("close", (code) => {
      settled();
      reject(new Error(lastProblem || `the emulator ended with exit code ${code} before it answered`));
    });
  });
}

/**
 * This process's environment without what would affect moto, such as another account id, or a profile that doesn't exist
 * or cannot be read.
 */
function ownEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|MOTO|BOTO)_/.test(name));
  return { ...Object.fromEntries(inherited), ...NO_AWS_PROFILE };
}
