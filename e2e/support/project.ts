import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Config } from "../../src/config";
import { repositoryRoot } from "../emulator/python";
import { localAwsEnvironment } from "./environment";
import { run, succeeded, type Run } from "./run";
import { writeTerraformConfig } from "./terraform-config";
import { TerraformDirectory, type Plan } from "./terraform-directory";

/** Beside the folder in which Terraform runs, `cdktf` would lock the providers, for which it asks the registry. */
const DEPLOY = ["--auto-approve", "--skip-provider-lock"];

/**
 * The app of this repository with its output and its local states in a folder of its own, deployed into the local AWS
 * by the `cdktf` command line.
 */
export class Project {
  readonly directory = mkdtempSync(join(tmpdir(), "ecs-pin-"));
  private readonly env: NodeJS.ProcessEnv;
  private readonly app: string[];

  /**
   * @param endpoint of the emulator
   * @param mirror of the AWS provider, from `providerMirror`
   * @param config what to deploy @default - what the repository ships, by the app command of its cdktf.json
   * @param signal ends the command that runs, and lets no other start
   * @param extension file whose `extend` the services get, as it is called in build/ @default - none
   */
  constructor(
    endpoint: string,
    mirror: string,
    config?: Config,
    private readonly signal?: AbortSignal,
    extension = "",
  ) {
    const terraformConfig = writeTerraformConfig(this.directory, mirror);
    // Terraform's plugins leave their sockets behind when they are killed: they go with the folder.
    this.env = localAwsEnvironment(endpoint, terraformConfig, { TMPDIR: this.directory });
    const configFile = join(this.directory, "config.json");
    this.app = config ? ["--app", `node build/e2e/support/app.js "${configFile}" ${extension}`] : [];
    if (config) writeFileSync(configFile, JSON.stringify(config));
  }

  /** Runs `cdktf COMMAND …`, as a person or CI does, whether it ends well or not. */
  cdktf(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Run> {
    const output = ["--output", join(this.directory, "cdktf.out"), "--no-color"];
    return run(join("node_modules", ".bin", "cdktf"), [...args, ...this.app, ...output], {
      cwd: repositoryRoot(),
      env: { ...this.env, ...more },
      signal: this.signal,
    });
  }

  /** `cdktf deploy`, whether it ends well or not. */
  tryDeploy(stack: string, more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.cdktf(["deploy", stack, ...DEPLOY], more);
  }

  /** @throws Error with everything that was said if it fails, as all below */
  async deploy(stack: string, more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return succeeded(await this.tryDeploy(stack, more));
  }

  async destroy(stack: string): Promise<Run> {
    return succeeded(await this.cdktf(["destroy", stack, ...DEPLOY]));
  }

  async synth(more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return succeeded(await this.cdktf(["synth"], more));
  }

  /** Plans a stack as it was deployed last, or else synthesizes it first. */
  async plan(stack: string): Promise<Plan> {
    const terraform = this.stack(stack);
    if (!existsSync(terraform.path)) await this.synth();
    return terraform.plan();
  }

  /** Terraform, in what was synthesized for a stack. */
  stack(name: string): TerraformDirectory {
    return new TerraformDirectory(join(this.directory, "cdktf.out", "stacks", name), this.env, this.signal);
  }

  /** Terraform, in a folder with configuration that was written by hand. */
  handWritten(configuration: object): TerraformDirectory {
    const directory = mkdtempSync(join(this.directory, "hand-written-"));
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(configuration));
    return new TerraformDirectory(directory, this.env, this.signal);
  }

  /** Removes what was written. A command that was killed may still be writing: hence the tries. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
