import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Config } from "../../src/config";
import { repositoryRoot } from "../emulator/python";
import { localAwsEnvironment } from "./environment";
import { chosenProviderVersion } from "./provider-version";
import { run, succeeded, type Run } from "./run";
import { writeTerraformConfig } from "./terraform-config";
import { TerraformDirectory, type Plan } from "./terraform-directory";

/** Otherwise `cdktf` would also lock the providers, for which it contacts the registry. */
const DEPLOY = ["--auto-approve", "--skip-provider-lock"];

/**
 * The app of this repository, with its output and its local states in a folder of its own, deployed to the local AWS
 * with the `cdktf` command line.
 */
export class Project {
  readonly directory = mkdtempSync(join(tmpdir(), "ecs-pin-"));
  private readonly env: NodeJS.ProcessEnv;
  private readonly app: string[];

  /**
   * @param endpoint of the emulator
   * @param mirror of the AWS provider, from `providerMirror`
   * @param config what to deploy @default - what the repository ships, by the app command of its cdktf.json unless another
   *   version of the AWS provider is chosen
   * @param signal ends the command that runs; no other starts after it
   * @param extension file with the `extend` of the services, as it is named in build/ @default - none
   */
  constructor(
    endpoint: string,
    mirror: string,
    config?: Config,
    private readonly signal?: AbortSignal,
    extension = "",
  ) {
    const terraformConfig = writeTerraformConfig(this.directory, mirror);
    // Terraform's plugins leave their sockets behind when they are killed; here they are removed with the folder.
    this.env = localAwsEnvironment(endpoint, terraformConfig, { TMPDIR: this.directory });
    const configFile = config ? `"${this.configFile}"` : "";
    const isShipped = config === undefined && chosenProviderVersion() === undefined;
    this.app = isShipped ? [] : ["--app", `node build/e2e/support/app.js ${configFile} ${extension}`];
    if (config) this.edit(config);
  }

  /** Changes the config, as a person does between two deploys; the states stay. */
  edit(config: Config): void {
    writeFileSync(this.configFile, JSON.stringify(config));
  }

  private get configFile(): string {
    return join(this.directory, "config.json");
  }

  /** Runs `cdktf COMMAND …`, as a person or CI does, whether it succeeds or not. */
  cdktf(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Run> {
    const output = ["--output", join(this.directory, "cdktf.out"), "--no-color"];
    return run(join("node_modules", ".bin", "cdktf"), [...args, ...this.app, ...output], {
      cwd: repositoryRoot(),
      env: { ...this.env, ...more },
      signal: this.signal,
    });
  }

  /** `cdktf deploy`, whether it succeeds or not. */
  tryDeploy(stack: string, more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.cdktf(["deploy", stack, ...DEPLOY], more);
  }

  /** @throws Error with all of the output if it fails, as do all methods below */
  async deploy(stack: string, more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return succeeded(await this.tryDeploy(stack, more));
  }

  /**
   * `npm run deploy -- …`, whether it succeeds or not.
   * @param onStart is given the id of the process
   * @param more variables
   */
  npmDeploy(args: readonly string[], onStart?: (pid: number) => void, more: NodeJS.ProcessEnv = {}): Promise<Run> {
    const options = ["--auto-approve", ...this.app, "--output", join(this.directory, "cdktf.out")];
    return run("npm", ["run", "--silent", "deploy", "--", ...args, ...options], {
      cwd: repositoryRoot(),
      env: { ...this.env, ...more },
      signal: this.signal,
      onStart,
    });
  }

  async destroy(stack: string, more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return succeeded(await this.cdktf(["destroy", stack, ...DEPLOY], more));
  }

  async synth(more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return succeeded(await this.cdktf(["synth"], more));
  }

  /** Commands of a shell in the folder of the project, which stop at the first that fails. */
  shell(commands: string): Promise<Run> {
    return run("bash", ["-euc", commands], { cwd: this.directory, env: this.env, signal: this.signal });
  }

  /** Plans a stack as it was last deployed; synthesizes it first if it never was. */
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

  /** Removes what was written. Tries again, since a killed command may still be writing. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
