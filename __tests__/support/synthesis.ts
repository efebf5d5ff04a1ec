import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { App } from "cdktf";

import { resolveConfig, type Config } from "../../src/config";
import type { ProcessEnvironment } from "../../src/model/build-variables";
import { synthesize } from "../../src/stacks";
import { addStacks } from "./stacks";

/** What a config becomes: every file that is written, by its path below the output folder. */
export function synthesized(config: Config, variables: ProcessEnvironment = {}): ReadonlyMap<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "ecs-pin-"));
  try {
    const app = new App({ outdir });
    addStacks(app, resolveConfig(config, variables));
    synthesize(app);
    return filesBelow(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The text of every file below a folder, by its path in there. */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}
