import { existsSync } from "node:fs";
import { join } from "node:path";

import { run, succeeded, type Run } from "./run";

/** A plan that was saved, and what is in it. */
export interface Plan {
  /** 0: no changes, 2: changes. @see https://developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode */
  readonly exitCode: number | null;
  /** Path of the saved plan. */
  readonly file: string;
  /** What happens to each resource that changes, by address: `must be replaced`. */
  readonly actions: Readonly<Record<string, string>>;
  /** The plan as a reviewer reads it. */
  readonly text: string;
}

/** A folder with Terraform configuration in it, and Terraform. */
export class TerraformDirectory {
  constructor(
    readonly path: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly signal?: AbortSignal,
  ) {}

  /** `terraform …`, whether it succeeds or not. */
  terraform(...args: string[]): Promise<Run> {
    return run("terraform", args, { cwd: this.path, env: this.env, signal: this.signal });
  }

  /** @throws Error with all of the output if it fails, as do all methods below */
  async init(...args: string[]): Promise<Run> {
    return succeeded(await this.terraform("init", "-input=false", "-no-color", ...args));
  }

  /** Plans, and saves the plan. */
  async plan(): Promise<Plan> {
    if (!existsSync(join(this.path, ".terraform"))) await this.init();
    const file = join(this.path, "saved.tfplan");
    const planned = await this.terraform("plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${file}`);
    if (planned.exitCode !== 0 && planned.exitCode !== 2) throw new Error(planned.output);
    return { exitCode: planned.exitCode, file, actions: actionsOf(planned.stdout), text: planned.output };
  }

  /** Applies a plan that was saved. */
  async apply({ file }: Plan): Promise<Run> {
    return succeeded(await this.terraform("apply", "-input=false", "-no-color", file));
  }

  async outputs<T>(): Promise<T> {
    const { stdout } = succeeded(await this.terraform("output", "-json"));
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])) as T;
  }

  /** Addresses of what the state holds, without data sources. */
  async resources(): Promise<string[]> {
    const { stdout } = succeeded(await this.terraform("state", "list"));
    return stdout.split("\n").filter((address) => address !== "" && !address.startsWith("data."));
  }
}

/**
 * Read from the heading of each resource. `terraform show -json` says the same, but would start the provider once more.
 */
function actionsOf(plan: string): Record<string, string> {
  const headings = plan.matchAll(/^ {2}# (\S+)(?: \(.*\))? ((?:will|must) be .*)$/gm);
  return Object.fromEntries([...headings].map(([, address = "", action = ""]) => [address, action]));
}
