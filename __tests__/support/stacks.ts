import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Testing, type App, type TerraformStack } from "cdktf";

import { SynthesizedStack } from "./construct-stack";

const outdir = mkdtempSync(join(tmpdir(), "stacks-"));
afterAll(() => rmSync(outdir, { recursive: true }));

/** An app that leaves nothing behind. */
export function newApp(): App {
  return Testing.app({ outdir });
}

/** A stack as it is written, validated. */
export function synthesizedStack(stack: TerraformStack): SynthesizedStack {
  return new SynthesizedStack(Testing.synth(stack, true));
}
