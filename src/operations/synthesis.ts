import { readFileSync } from "node:fs";
import { join } from "node:path";

import { InvalidInputError, alternatives, quote } from "../errors";

/** A stack that was synthesized. */
export interface Stack {
  readonly name: string;
  /** Where its Terraform configuration is. */
  readonly directory: string;
  /** Names of the stacks that must be deployed before it. */
  readonly dependencies: readonly string[];
}

/** The stacks in the folder that `cdktf synth` has written. */
export function synthesizedStacks(output: string): Stack[] {
  const { stacks } = JSON.parse(readFileSync(join(output, "manifest.json"), "utf8")) as {
    stacks: Record<string, { name: string; workingDirectory: string; dependencies: string[] }>;
  };
  return Object.values(stacks).map(({ name, workingDirectory, dependencies }) => ({
    name,
    directory: join(output, workingDirectory),
    dependencies,
  }));
}

/**
 * The stacks that are meant, each once.
 * @param patterns names, in which `*` stands for any text @default - the only stack there is
 * @throws InvalidInputError with a line for each pattern that fits no stack, or if several stacks are there and none named
 */
export function chosenStacks(stacks: readonly Stack[], patterns: readonly string[]): Stack[] {
  const names = stacks.map(({ name }) => name);
  if (patterns.length === 0 && stacks.length === 1) return [...stacks];
  if (patterns.length === 0) throw new InvalidInputError(`name the stacks to deploy; choose ${alternatives(names)}`);
  const faults = patterns
    .filter((pattern) => !names.some((name) => fits(name, pattern)))
    .map((pattern) => `there is no stack ${quote(pattern)}; choose ${alternatives(names)}`);
  if (faults.length > 0) throw new InvalidInputError(faults.join("\n"));
  return stacks.filter(({ name }) => patterns.some((pattern) => fits(name, pattern)));
}

function fits(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[^\w]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
}
