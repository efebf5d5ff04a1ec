import { spawnSync } from "node:child_process";
import { basename } from "node:path";

/** Ids of the processes called `name` that a process has started, and that those have started. */
export function descendants(pid: number, name: string): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  const processes = stdout.split("\n").flatMap((line) => {
    const [, id, parent, command = ""] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id: Number(id), parent: Number(parent), command: basename(command) }];
  });
  const below = (ancestor: number): typeof processes =>
    processes.filter(({ parent }) => parent === ancestor).flatMap((each) => [each, ...below(each.id)]);
  return below(pid)
    .filter(({ command }) => command === name)
    .map(({ id }) => id);
}
