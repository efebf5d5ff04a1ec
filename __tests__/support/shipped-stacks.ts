import { basename, dirname } from "node:path";

import type { Config } from "../../src/config";
import { environments, registry } from "../../src/config/environments";
import { services } from "../../src/config/services";
import { synthesized } from "./synthesis";
import { SynthesizedStack } from "./synthesized-stack";
import { quotedExpressions } from "./terraform-template";

/** Every stack that the repository ships, by name, as it is written without any variable set. */
export function shippedStacks(): ReadonlyMap<string, SynthesizedStack> {
  return stacksOf({ services, environments, registry });
}

/** Every stack of a config, by name. */
export function stacksOf(config: Config): ReadonlyMap<string, SynthesizedStack> {
  const files = [...synthesized(config)].filter(([path]) => basename(path) === "cdk.tf.json");
  return new Map(files.map(([path, text]) => [basename(dirname(path)), new SynthesizedStack(text)]));
}

/** A stack as a reviewer reads it: JSON in JSON is taken apart, and CDKTF's own notes are left out. */
export function readable(stack: SynthesizedStack): unknown {
  return JSON.parse(stack.text, (key, value: unknown): unknown => {
    if (key === "//") return undefined;
    if (typeof value !== "string") return value;
    if (key === "container_definitions") return JSON.parse(quotedExpressions(value));
    return key === "policy" || key === "assume_role_policy" ? JSON.parse(value) : value;
  });
}
