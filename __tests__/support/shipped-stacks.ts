import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { App } from "cdktf";

import { resolveConfig } from "../../src/config";
import { environments, registry } from "../../src/config/environments";
import { services } from "../../src/config/services";
import { synthesize } from "../../src/stacks";
import { SynthesizedStack } from "./synthesized-stack";

/** Every stack that the repository ships, by name, as it is written without any variable set. */
export function shippedStacks(): ReadonlyMap<string, SynthesizedStack> {
  const outdir = mkdtempSync(join(tmpdir(), "shipped-stacks-"));
  try {
    synthesize(new App({ outdir }), resolveConfig({ services, environments, registry }, {}));
    const stacks = join(outdir, "stacks");
    return new Map(
      readdirSync(stacks).map((name) => [
        name,
        new SynthesizedStack(readFileSync(join(stacks, name, "cdk.tf.json"), "utf8")),
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Attributes that hold JSON as text. */
const JSON_TEXTS = ["container_definitions", "policy", "assume_role_policy"];

/** A stack as a reviewer reads it: JSON in JSON is taken apart, and CDKTF's own notes are left out. */
export function readable(stack: SynthesizedStack): unknown {
  return JSON.parse(stack.text, (key, value: unknown): unknown => {
    if (key === "//") return undefined;
    return JSON_TEXTS.includes(key) && typeof value === "string" ? JSON.parse(value) : value;
  });
}
