import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { causeOf } from "./cause";
import { withConstructPaths } from "./construct-paths";
import { outputsOf, type Outputs, type TerraformOutputs } from "./outputs";
import type { Ended, Processes } from "./processes";
import { faultOf, howItEnded } from "./proof";
import type { Ending } from "./side-by-side";
import type { Stack } from "./synthesis";

/** How Terraform is run. */
export interface TerraformOptions {
  readonly binary: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly noColor: boolean;
  readonly processes: Processes;
  /** Called with each line that Terraform prints. */
  readonly onLine: (line: string) => void;
}

/** The file of a plan that somebody is asked about. It contains every value of the configuration. */
const PLAN = "deploy.tfplan";

/**
 * Terraform in the folder of a stack. Its methods return why they failed, in one line, or else `undefined`; none starts anything
 * once the command is interrupted.
 */
export class StackInTerraform {
  readonly name: string;
  readonly dependencies: readonly string[];
  private readonly configuration: string;
  private readonly named: (text: string) => string;
  private hasPlan = false;

  constructor(
    private readonly stack: Stack,
    private readonly options: TerraformOptions,
  ) {
    this.name = stack.name;
    this.dependencies = stack.dependencies;
    this.configuration = readFileSync(join(stack.directory, "cdk.tf.json"), "utf8");
    this.named = withConstructPaths(stack.name, this.configuration);
  }

  /** Installs the provider and connects to the state. */
  async init(): Promise<string | undefined> {
    this.forgetPlan(); // an earlier command may have been killed
    const ended = await this.show("init", "-input=false");
    // What an earlier synth left here may be locked to a version of the provider that is not wanted any more.
    const isOutdated = ended?.exitCode === 1 && ended.stderr.includes("terraform init -upgrade");
    return this.fault("init", isOutdated ? await this.show("init", "-input=false", "-upgrade") : ended);
  }

  /** Shows what would change, and keeps that for `apply`. */
  async plan(): Promise<string | undefined> {
    this.hasPlan = true;
    return this.fault("plan", await this.show("plan", "-input=false", `-out=${PLAN}`));
  }

  async apply(): Promise<string | undefined> {
    return this.fault("apply", await this.show("apply", "-input=false", this.hasPlan ? PLAN : "-auto-approve"));
  }

  /**
   * Compares the state and the account with the configuration. It changes nothing, so it needs no lock: that of a reviewer's
   * plan at this moment must not make a good deploy fail.
   */
  async prove(): Promise<string | undefined> {
    const args = ["-json", "-detailed-exitcode", "-input=false", "-lock=false", "-refresh=true"];
    const ended = await this.run(["plan", ...args]);
    if (!ended || this.isInterrupted) return this.interrupted(" before it was proven");
    return faultOf(ended, this.named);
  }

  /** What the state says, without what is sensitive. */
  async outputs(): Promise<Ending<Outputs>> {
    const ended = await this.run(["output", "-json"]);
    if (!ended) return { failed: this.interrupted(" before its outputs were read") };
    if (ended.exitCode !== 0) return { failed: this.fault("output", ended) ?? "its outputs cannot be read" };
    return { deployed: outputsOf(this.name, this.configuration, JSON.parse(ended.stdout) as TerraformOutputs) };
  }

  forgetPlan(): void {
    rmSync(join(this.stack.directory, PLAN), { force: true });
  }

  private show(command: string, ...args: string[]): Promise<Ended | undefined> {
    const { noColor, onLine } = this.options;
    const color = noColor ? ["-no-color"] : [];
    return this.run([command, ...color, ...args], (line) => onLine(this.named(line)));
  }

  /** @returns `undefined` if it is not run any more */
  private async run(args: readonly string[], onLine?: (line: string) => void): Promise<Ended | undefined> {
    const { binary, env, processes } = this.options;
    if (this.isInterrupted) return undefined;
    return processes.run(binary, args, { cwd: this.stack.directory, env, stack: this.name, onLine });
  }

  private fault(command: "init" | "plan" | "apply" | "output", ended: Ended | undefined): string | undefined {
    if (!ended) return this.interrupted(" before it began");
    if (ended.signal !== null) {
      return `terraform ${command} ${howItEnded(ended)}; see "was ended by SIGKILL" in docs/troubleshooting.md`;
    }
    if (this.isInterrupted) return this.interrupted(", and what exists is in the state: deploy again");
    return ended.exitCode === 0
      ? undefined
      : (causeOf(this.named(ended.stderr)) ?? `terraform ${command} ${howItEnded(ended)}`);
  }

  private get isInterrupted(): boolean {
    return this.options.processes.signal !== undefined;
  }

  private interrupted(when: string): string {
    return `interrupted by ${this.options.processes.signal ?? ""}${when}`;
  }
}
