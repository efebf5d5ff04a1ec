import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Makes a folder under another name and renames it once it is made, so that what an interrupted run leaves behind is
 * never taken for good. The other name is `partial-<pid>`, beside the folder.
 * @param make makes the partial folder, which is not there yet, or throws
 * @param isWhole whether the folder is there and good; it replaces no good one, for another run may have made it meanwhile
 */
export function makeWholeFolder(
  folder: string,
  make: (partial: string) => void,
  isWhole: (folder: string) => boolean,
): void {
  const parent = dirname(folder);
  const partial = join(parent, `partial-${process.pid}`);
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  try {
    make(partial);
    if (!isWhole(folder)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(partial, folder);
    }
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Removes the partial folders whose process has ended; one of our own id is of an earlier process that had it. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^partial-(\d+)$/.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isRunning(Number(pid)))) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
