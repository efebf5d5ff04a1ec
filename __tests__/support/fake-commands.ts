import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs what `does` says for a stack and a command, if it says anything, and writes down that it was called. */
const TERRAFORM = `#!/bin/sh
stack=$(basename "$PWD")
echo "$stack $*" >> "$FAKE/calls"
[ -f "$FAKE/$stack.$1" ] || exit 0
. "$FAKE/$stack.$1"
`;

/** A folder with a `cdktf` that has synthesized, and a `terraform` that does what a test says. */
export class FakeCommands {
  readonly folder = mkdtempSync(join(tmpdir(), "ecs-pin-fake-"));
  readonly output = join(this.folder, "cdktf.out");
  readonly cdktf = join(this.folder, "cdktf");

  constructor() {
    this.script(
      "cdktf",
      '#!/bin/sh\necho "cdktf $*" >> "$FAKE/calls"\n[ ! -f "$FAKE/cdktf.does" ] || . "$FAKE/cdktf.does"\n',
    );
    this.script("terraform", TERRAFORM);
    writeFileSync(join(this.folder, "calls"), "");
  }

  get env(): NodeJS.ProcessEnv {
    return { PATH: process.env["PATH"], TERRAFORM_BINARY_NAME: join(this.folder, "terraform"), FAKE: this.folder };
  }

  /**
   * Stacks with the given dependencies.
   * @param outputNames names of their outputs @default - those of a service
   */
  synthesized(
    dependencies: Readonly<Record<string, readonly string[]>>,
    outputNames: readonly string[] = ["planned_images", "images", "task_definition_arn"],
  ): void {
    const stacks = Object.fromEntries(
      Object.entries(dependencies).map(([name, needs]) => {
        const workingDirectory = `stacks/${name}`;
        mkdirSync(join(this.output, workingDirectory), { recursive: true });
        const outputs = { [name]: Object.fromEntries(outputNames.map((output) => [output, output])) };
        writeFileSync(join(this.output, workingDirectory, "cdk.tf.json"), JSON.stringify({ "//": { outputs } }));
        this.terraform(name, "output", "echo '{}'");
        return [name, { name, workingDirectory, dependencies: needs }];
      }),
    );
    writeFileSync(join(this.output, "manifest.json"), JSON.stringify({ stacks }));
  }

  /** What `terraform COMMAND` does for a stack, as a shell script. */
  terraform(stack: string, command: string, does: string): void {
    writeFileSync(join(this.folder, `${stack}.${command}`), `${does}\n`);
  }

  /** What `cdktf` does, as a shell script. */
  cdktfDoes(does: string): void {
    writeFileSync(join(this.folder, "cdktf.does"), `${does}\n`);
  }

  /** How Terraform and `cdktf` were called, in order. */
  calls(): string[] {
    return readFileSync(join(this.folder, "calls"), "utf8").trim().split("\n");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private script(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
    chmodSync(join(this.folder, name), 0o755);
  }
}
