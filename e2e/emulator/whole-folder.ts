import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Makes a folder under another name and renames it when it is complete, so that what an interrupted run leaves behind
 * is never mistaken for a complete folder. The other name is `partial-<pid>`, next to the folder.
 * @param make makes the partial folder, which does not exist yet, or throws
 * @param isWhole whether the folder is there and complete; then it is kept, since another run may have made it meanwhile
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

/**
 * Removes the partial folders of processes that have ended. One with our own id is from an earlier process with that
 * id.
 */
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
