import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { deploy, type Machine } from "../../src/operations/deploy";
import type { DeployOptions } from "../../src/operations/options";
import { Processes } from "../../src/operations/processes";
import { FakeCommands } from "./fake-commands";

/** A deploy by commands that only do what the test says. */
export class FakeDeploy extends FakeCommands {
  /** What was printed. */
  readonly said: string[] = [];
  readonly outputsFile = join(this.folder, "outputs.json");

  /**
   * Deploys all stacks without asking, unless `options` say something else, and returns the exit code.
   * @param onLine called with each line that is printed
   */
  deploy(
    options: Partial<DeployOptions> = {},
    machine: Partial<Machine> = {},
    onLine?: (line: string) => void,
  ): Promise<number> {
    const say = (line: string): void => {
      this.said.push(line);
      onLine?.(line);
    };
    const { outputsFile, output, env, cdktf } = this;
    const all = { stacks: ["*"], autoApprove: true, outputsFile, output, noColor: true, help: false };
    const processes = new Processes(say);
    return deploy({ ...all, ...options }, { env, cdktf, availableMemory: 5e9, say, processes, ...machine });
  }

  /** What is in the file of outputs. */
  outputs(): unknown {
    return existsSync(this.outputsFile) ? JSON.parse(readFileSync(this.outputsFile, "utf8")) : undefined;
  }

  /** The lines that say how each stack ended. */
  lastLines(): string[] {
    return this.said.slice(this.said.indexOf("") + 1);
  }
}
