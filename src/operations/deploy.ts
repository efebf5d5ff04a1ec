import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";

import { workspaceProblems } from "../config/workspace";
import { InvalidInputError } from "../errors";
import type { DeployOptions } from "./options";
import { writeOutputs } from "./outputs";
import type { Ended, Processes } from "./processes";
import { report } from "./report";
import { rollOut } from "./roll-out";
import { stacksThatFit } from "./side-by-side";
import { chosenStacks, synthesizedStacks, type Stack } from "./synthesis";
import { StackInTerraform } from "./terraform";

/** What the command needs of the machine that it runs on. */
export interface Machine {
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Path of the command line of CDKTF. */
  readonly cdktf: string;
  /** In bytes. */
  readonly availableMemory: number;
  /** Prints a line. */
  readonly say: (line: string) => void;
  /** Asks a person, who may also not reply. @default - there is no terminal */
  readonly ask?: (question: string, interrupted: AbortSignal) => Promise<string>;
  readonly processes: Processes;
}

/**
 * Synthesizes, deploys stacks with Terraform, and proves for each that it ended as planned; the last lines say so, one a
 * stack. It does what `cdktf deploy` does, without the terminal in between that `cdktf` runs Terraform on:
 * docs/decisions/005-deploy-command.md.
 * @returns the exit code: 0 only if all stacks are proven
 * @throws InvalidInputError with a line for each thing that is wrong, before anything is deployed
 */
export function deploy(options: DeployOptions, machine: Machine): Promise<number> {
  const { processes, say } = machine;
  return processes.whileListening(async () => {
    const { outputsFile } = options;
    if (outputsFile !== undefined) writeOutputs(outputsFile, new Map()); // those of an earlier deploy must not stay
    await check(options, machine);
    const synthesized = processes.signal === undefined ? await synthesize(options, machine) : undefined;
    const stacks = synthesized && chosenStacks(synthesized, options.stacks);
    const endings = stacks && (await rollOutAll(stacks, options, machine));
    if (endings) report(endings, say, outputsFile);
    else say("nothing was deployed");
    if (processes.exitCode !== undefined) return processes.exitCode;
    return endings && [...endings.values()].every((ending) => "deployed" in ending) ? 0 : 1;
  });
}

async function check({ autoApprove }: DeployOptions, machine: Machine): Promise<void> {
  const { env, cdktf, ask } = machine;
  const problems = workspaceProblems(env);
  if (!existsSync(cdktf)) problems.push(`${cdktf} is missing; run npm ci --include=dev`);
  if (!autoApprove && !ask) problems.push("there is no terminal on which to ask for approval; add --auto-approve");
  const version = await run(machine, terraformOf(env), ["version"]);
  if (version.exitCode !== 0 && machine.processes.signal === undefined) {
    problems.push(`${terraformOf(env)} cannot be run; install Terraform 1.10 or newer, or correct the PATH`);
  }
  if (problems.length > 0) throw new InvalidInputError(problems.join("\n"));
}

/** @returns `undefined` if it is interrupted */
async function synthesize({ app, output }: DeployOptions, machine: Machine): Promise<Stack[] | undefined> {
  const args = ["synth", "--output", output, ...(app === undefined ? [] : ["--app", app])];
  const { exitCode } = await run(machine, machine.cdktf, args, machine.say);
  if (machine.processes.signal !== undefined) return undefined;
  if (exitCode !== 0) throw new InvalidInputError("cdktf synth failed; nothing was deployed");
  return synthesizedStacks(output);
}

function run(machine: Machine, command: string, args: string[], onLine?: (line: string) => void): Promise<Ended> {
  // With CI, cdktf prints no animation into what is no terminal.
  const env = { CI: "1", ...machine.env, CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" };
  return machine.processes.run(command, args, { cwd: ".", env, onLine });
}

/** A path is resolved, since Terraform runs in the folder of each stack. */
function terraformOf({ TERRAFORM_BINARY_NAME: name = "" }: Machine["env"]): string {
  if (name === "") return "terraform";
  return name.includes("/") ? resolve(name) : name;
}

function rollOutAll(stacks: readonly Stack[], options: DeployOptions, machine: Machine) {
  const { parallelism } = options;
  const limit = parallelism ?? stacksThatFit(machine.availableMemory);
  if (limit < stacks.length) {
    const why = parallelism === undefined ? "as many as fit into memory" : "as --parallelism says";
    machine.say(`deploying ${stacks.length} stacks, ${limit} at a time, ${why}`);
  }
  return rollOut(inTerraform(stacks, options, machine), limit, approval(options, machine));
}

function inTerraform(stacks: readonly Stack[], options: DeployOptions, machine: Machine): StackInTerraform[] {
  const { processes, say } = machine;
  const { noColor, output } = options;
  const binary = terraformOf(machine.env);
  const env = terraformEnvironment(machine.env, output);
  const width = Math.max(...stacks.map(({ name }) => name.length));
  return stacks.map((stack) => {
    const onLine = stacks.length === 1 ? say : (line: string) => say(`${stack.name.padEnd(width)}  ${line}`);
    return new StackInTerraform(stack, { binary, env, noColor, processes, onLine });
  });
}

/**
 * All stacks share the download of the provider; those of two checkouts do not, since one would overwrite the other's.
 * Terraform takes a provider from such a folder only if the lock file of the stack lists it, and what was just synthesized
 * has none. The lock file that it makes then is good for this platform alone, and stays in the output of the synth.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#allowing-the-provider-plugin-cache-to-break-the-dependency-lock-file
 */
function terraformEnvironment(env: Machine["env"], output: string): NodeJS.ProcessEnv {
  const isChosen = env["CDKTF_DISABLE_PLUGIN_CACHE_ENV"] !== undefined || env["TF_PLUGIN_CACHE_DIR"] !== undefined;
  if (isChosen) return { ...env, TF_IN_AUTOMATION: "1" };
  const cache = resolve(output, "plugin-cache");
  mkdirSync(cache, { recursive: true });
  return {
    ...env,
    TF_IN_AUTOMATION: "1",
    TF_PLUGIN_CACHE_DIR: cache,
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
  };
}

/** Asks once for all stacks; only "yes" is a yes. */
function approval({ autoApprove }: DeployOptions, { ask, processes }: Machine) {
  if (autoApprove || !ask) return undefined;
  return async (names: readonly string[]): Promise<boolean> => {
    const answer = ask(`Deploy ${names.join(", ")}? Enter "yes" to deploy: `, processes.interrupted);
    return (await answer.catch(() => "")).trim() === "yes";
  };
}
