import { basename, dirname } from "node:path";

import type { Config } from "../../src/config";
import { environments, registry } from "../../src/config/environments";
import { services } from "../../src/config/services";
import type { ProcessEnvironment } from "../../src/model/build-variables";
import { synthesized } from "./synthesis";
import { SynthesizedStack } from "./synthesized-stack";
import { quotedExpressions } from "./terraform-template";

/** Every stack that the repository ships, by name, as it is written without any variable set. */
export function shippedStacks(): ReadonlyMap<string, SynthesizedStack> {
  return stacksOf({ services, environments, registry });
}

/** Every stack of a config, by name. */
export function stacksOf(config: Config, variables: ProcessEnvironment = {}): ReadonlyMap<string, SynthesizedStack> {
  const files = [...synthesized(config, variables)].filter(([path]) => basename(path) === "cdk.tf.json");
  return new Map(files.map(([path, text]) => [basename(dirname(path)), new SynthesizedStack(text)]));
}

const JSON_IN_JSON = ["container_definitions", "policy", "assume_role_policy"];

/** A stack as a reviewer reads it: JSON in JSON is taken apart, and CDKTF's own notes are left out. */
export function readable(stack: SynthesizedStack): unknown {
  return JSON.parse(stack.text, (key, value: unknown): unknown => {
    if (key === "//") return undefined;
    if (typeof value !== "string") return value;
    return JSON_IN_JSON.includes(key) ? JSON.parse(quotedExpressions(value)) : value;
  });
}
