import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

import { run, succeeded } from "./run";

const options = { cwd: "/", env: process.env };

/**
 * Whether a process is still running. One that has ended, but that its parent has not yet waited for, is a zombie, `Z`.
 */
function isRunning(pid: number): boolean {
  return /^[^Z]/.test(spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout);
}

describe("run", () => {
  test("returns what the command said and how it ended", async () => {
    expect(await run("sh", ["-c", "echo out; echo problem >&2; exit 3"], options)).toEqual({
      exitCode: 3,
      stdout: "out\n",
      output: "out\nproblem\n",
    });
  });

  test("fails for a command that does not exist", async () => {
    await expect(run("no-such-command", [], options)).rejects.toThrow(/^no-such-command could not be run: /);
    await expect(run("no-such-command", [], { ...options, signal: new AbortController().signal })).rejects.toThrow();
  });

  test("passes on standard error while the command runs, and kills it with its children", async () => {
    const stop = new AbortController();
    let pid = 0;
    const running = run("sh", ["-c", "sleep 60 >/dev/null 2>&1 & echo $! >&2; wait"], {
      ...options,
      signal: stop.signal,
      onStderr: (text) => {
        pid = Number(text);
        stop.abort(new Error("enough"));
      },
    });

    await expect(running).rejects.toThrow("enough");
    expect(pid).toBeGreaterThan(0);
    for (let tries = 0; tries < 100 && isRunning(pid); tries += 1) await sleep(100);
    expect(isRunning(pid)).toBe(false);
  });

  test("starts nothing after the signal", async () => {
    const signal = AbortSignal.abort(new Error("enough"));

    await expect(run("no-such-command", [], { ...options, signal })).rejects.toThrow("enough");
  });
});

describe("succeeded", () => {
  const failed = (output: string) => () => succeeded({ exitCode: 1, stdout: "", output });

  test("begins with the error, which comes after pages of progress", () => {
    expect(failed("Initializing…\n╷\n│ Error: no such image\n│ in demo\n")).toThrow(
      /^exit code 1:\n│ Error: no such image\n│ in demo\n$/,
    );
  });

  test("shows everything if no line names an error", () => {
    expect(failed("one\ntwo\n")).toThrow(/^exit code 1:\none\ntwo\n$/);
  });
});
