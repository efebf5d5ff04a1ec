import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { repositoryRoot } from "../emulator/python";

/** The demo, compiled, without npm in between. */
export const DEMO = ["node", join("build", "e2e", "demo", "main.js")];

/** Each test has its own folders: for programs, and for the temporary files of the demo. */
export let directory: string;
export let bin: string;
let temporary: string;
let running: ChildProcessWithoutNullStreams | undefined;

export function makeFolders(): void {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "demo-test-")));
  [bin, temporary] = [join(directory, "bin"), join(directory, "tmp")];
  mkdirSync(bin);
  mkdirSync(temporary);
}

export function removeFolders(): void {
  rmSync(directory, { recursive: true, force: true });
}

afterEach(() => {
  if (running?.pid !== undefined && running.exitCode === null) process.kill(-running.pid, "SIGKILL");
});

/** Starts a command as the leader of a process group, as a shell does; everything that it starts inherits the mark. */
export function start([command = "", ...args]: string[], env: NodeJS.ProcessEnv = {}, cwd = repositoryRoot()) {
  const child = spawn(command, args, {
    cwd,
    // Otherwise Node 22 keeps compiled programs in the temporary folder.
    env: { ...process.env, TMPDIR: temporary, DEMO_TEST_MARK: directory, NODE_DISABLE_COMPILE_CACHE: "1", ...env },
    detached: true,
  });
  running = child;
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  const ended = once(child, "close").then(([exitCode]) => ({ ...said, exitCode: exitCode as number | null }));
  return { child, ended, said };
}

/** Processes that the demo of this test has started, itself included, by their command lines. */
export function processes(): string[] {
  return execFileSync("ps", ["axeww", "-o", "command"], { encoding: "utf8", maxBuffer: 1 << 26 })
    .split("\n")
    .filter((line) => line.includes(`DEMO_TEST_MARK=${directory}`));
}

/** Waits for a condition, but not for ever: the assertions that follow say what is wrong. */
export async function until(condition: () => boolean, seconds: number): Promise<void> {
  for (let tries = 0; tries < seconds * 10 && !condition(); tries += 1) await sleep(100);
}

/** What is left after the demo. A killed Terraform may need a moment to end. */
export async function leftBehind(): Promise<{ processes: string[]; files: string[] }> {
  const files = () => readdirSync(temporary);
  await until(() => processes().length + files().length === 0, 10);
  return { processes: processes(), files: files() };
}

/** What `leftBehind` should return. */
export const NOTHING = { processes: [], files: [] };
