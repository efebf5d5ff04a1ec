import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { repositoryRoot } from "../emulator/python";
import { makeWholeFolder } from "../emulator/whole-folder";

/** The version of the AWS provider that everything is tested with. */
export const PROVIDER_VERSION = "5.100.0";

const REGISTRY = "registry.terraform.io";
const INSTALL = "install Terraform 1.10 or newer";
const INSTALLER = "https://developer.hashicorp.com/terraform/install";

/** Where Terraform and its provider are looked for. */
export interface Machine {
  /** Has the `PATH` with Terraform, and maybe a `TERRAFORM_PROVIDER_MIRROR`. */
  readonly env: NodeJS.ProcessEnv;
  /** The root of the file system. */
  readonly root: string;
}

const THIS_MACHINE: Machine = { env: process.env, root: "/" };

/**
 * Writes a CLI configuration that makes Terraform take the AWS provider from a folder, so that no stack downloads it
 * again, and answers with its path, which goes into `TF_CLI_CONFIG_FILE`.
 *
 * The folder is `TERRAFORM_PROVIDER_MIRROR`, or what an earlier run downloaded, or a mirror found on the machine, or else
 * the provider is downloaded from the registry, once.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#explicit-installation-method-configuration
 * @throws Error with one line for the user if Terraform is missing, or there is no provider to be had
 */
export function writeTerraformConfig(
  folder: string = join(repositoryRoot(), ".emulator", "terraform"),
  machine: Machine = THIS_MACHINE,
): string {
  checkTerraform(machine);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "terraform.tfrc");
  writeFileSync(
    file,
    `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(providerMirror(folder, machine))}
    include = ["${REGISTRY}/*/*"]
  }
}
`,
  );
  return file;
}

/** @throws Error with one line for the user if Terraform is missing, broken or too old */
export function checkTerraform({ env }: Machine = THIS_MACHINE): void {
  const { error, stdout, stderr } = spawnSync("terraform", ["version", "-json"], { encoding: "utf8", env });
  if (error) throw new Error(`terraform is not on the PATH; ${INSTALL}: ${INSTALLER}`);
  const version = /^(?:Terraform v|.*"terraform_version":\s*")(\d+)\.(\d+)\./m.exec(stdout); // 0.12 knows no -json
  if (version === null) {
    const [firstWords = "it said nothing"] = /\S.*/.exec(stderr) ?? /\S.*/.exec(stdout) ?? [];
    throw new Error(`the terraform on the PATH tells no version (${firstWords.trim()}); ${INSTALL}`);
  }
  const [major = 0, minor = 0] = version.slice(1).map(Number);
  if (major < 1 || (major === 1 && minor < 10)) throw new Error(`terraform ${major}.${minor} is too old; ${INSTALL}`);
}

function providerMirror(folder: string, machine: Machine): string {
  const stated = machine.env["TERRAFORM_PROVIDER_MIRROR"];
  if (stated !== undefined) {
    if (holdsProvider(stated)) return resolve(stated); // Terraform runs in another folder
    throw new Error(
      `TERRAFORM_PROVIDER_MIRROR ${stated} has no ${REGISTRY}/hashicorp/aws/${PROVIDER_VERSION} in it; unset it, or run terraform providers mirror`,
    );
  }
  const downloaded = join(folder, "download");
  if (holdsProvider(mirrorIn(downloaded))) return mirrorIn(downloaded);
  const found = mirrorUnder(machine);
  if (found !== undefined) return found;
  makeWholeFolder(
    downloaded,
    (partial) => download(partial, machine.env),
    () => holdsProvider(mirrorIn(downloaded)),
  );
  return mirrorIn(downloaded);
}

/** Where Terraform puts the providers of a project: unpacked, and in folders as a mirror has them. */
function mirrorIn(project: string): string {
  return join(project, ".terraform", "providers");
}

/** Whether a folder is an unpacked mirror with the provider for this machine. */
function holdsProvider(mirror: string): boolean {
  const version = join(mirror, REGISTRY, "hashicorp", "aws", PROVIDER_VERSION);
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const platform = join(version, `${process.platform}_${architecture}`);
  return existsSync(platform) && readdirSync(platform).some((name) => name.startsWith("terraform-provider-aws"));
}

/**
 * Looks near the root of the file system. What Terraform downloaded for some project is not a mirror, nor is the cache
 * that the command line of CDKTF keeps in the home directory: another run may replace what is in them at any time.
 */
function mirrorUnder({ env, root }: Machine): string | undefined {
  const passedOver = [
    ...["proc", "sys", "dev", "tmp"].map((name) => ["-path", join(root, name)]),
    ...["node_modules", ".git", ".terraform", "plugin-cache"].map((name) => ["-name", name]),
  ].flatMap((condition, index) => (index === 0 ? condition : ["-o", ...condition]));
  const { error, stdout } = spawnSync(
    "find",
    [root, "-xdev", "-maxdepth", "5", "(", ...passedOver, ")", "-prune", "-o", "-name", REGISTRY, "-print"],
    { encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] },
  );
  if (error) return undefined; // small images of containers have no `find`
  return stdout
    .split("\n")
    .filter((path) => path !== "")
    .map((path) => dirname(path))
    .find(holdsProvider);
}

function download(project: string, env: NodeJS.ProcessEnv): void {
  mkdirSync(project);
  const aws = { source: "hashicorp/aws", version: PROVIDER_VERSION };
  writeFileSync(join(project, "main.tf.json"), JSON.stringify({ terraform: { required_providers: { aws } } }));
  process.stderr.write(`downloading the AWS provider ${PROVIDER_VERSION} from ${REGISTRY} (once)\n`);
  try {
    execFileSync("terraform", ["init", "-input=false", "-no-color"], {
      cwd: project,
      encoding: "utf8",
      env: { ...env, CHECKPOINT_DISABLE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch {
    throw new Error(
      `the AWS provider ${PROVIDER_VERSION} could not be downloaded from ${REGISTRY}; connect to it, or set TERRAFORM_PROVIDER_MIRROR to a folder made by terraform providers mirror`,
    );
  }
}
