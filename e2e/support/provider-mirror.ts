import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { repositoryRoot } from "../emulator/python";
import { makeWholeFolder } from "../emulator/whole-folder";
import { providerVersion } from "./provider-version";

const REGISTRY = "registry.terraform.io";

/** Where the provider is looked for. */
export interface Machine {
  /** Contains the `PATH` with Terraform, and maybe a `TERRAFORM_PROVIDER_MIRROR`. */
  readonly env: NodeJS.ProcessEnv;
  /** The root of the file system. */
  readonly root: string;
}

const THIS_MACHINE: Machine = { env: process.env, root: "/" };

/**
 * Finds a folder from which Terraform can get the AWS provider, so that no stack downloads it again:
 * `TERRAFORM_PROVIDER_MIRROR`, or what an earlier run downloaded, or a mirror found on the machine. If there is none,
 * downloads the provider from the registry, once.
 *
 * @param folder where the download is kept @default - `.emulator/terraform/`, ignored by git, in the repository
 * @returns the path of an unpacked mirror
 * @throws Error with one line for the user if the provider cannot be found or downloaded
 */
export function providerMirror(
  folder: string = join(repositoryRoot(), ".emulator", "terraform"),
  machine: Machine = THIS_MACHINE,
): string {
  const version = providerVersion(machine.env);
  const holdsProvider = (mirror: string): boolean => holdsVersion(mirror, version);
  const stated = machine.env["TERRAFORM_PROVIDER_MIRROR"];
  if (stated !== undefined) {
    if (holdsProvider(stated)) return resolve(stated); // Terraform runs in another folder
    throw new Error(
      `TERRAFORM_PROVIDER_MIRROR ${stated} has no ${REGISTRY}/hashicorp/aws/${version} in it; unset it, or run terraform providers mirror`,
    );
  }
  const downloaded = join(folder, "download");
  if (holdsProvider(mirrorIn(downloaded))) return mirrorIn(downloaded);
  const found = mirrorsUnder(machine).find(holdsProvider);
  if (found !== undefined) return found;
  makeWholeFolder(
    downloaded,
    (partial) => download(partial, version, machine.env),
    () => holdsProvider(mirrorIn(downloaded)),
  );
  return mirrorIn(downloaded);
}

/** Where Terraform puts the providers of a project: unpacked, and in the same folders as in a mirror. */
function mirrorIn(project: string): string {
  return join(project, ".terraform", "providers");
}

/** Whether a folder is an unpacked mirror with this version of the provider, for this machine. */
function holdsVersion(mirror: string, version: string): boolean {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const platform = join(mirror, REGISTRY, "hashicorp", "aws", version, `${process.platform}_${architecture}`);
  return existsSync(platform) && readdirSync(platform).some((name) => name.startsWith("terraform-provider-aws"));
}

/**
 * Looks near the root of the file system. What Terraform downloaded for some project does not count as a mirror, nor
 * does the cache that the command line of CDKTF keeps in the home directory: another run may replace what is in them at
 * any time.
 */
function mirrorsUnder({ env, root }: Machine): string[] {
  const passedOver = [
    ...["proc", "sys", "dev", "tmp"].map((name) => ["-path", join(root, name)]),
    ...["node_modules", ".git", ".terraform", "plugin-cache"].map((name) => ["-name", name]),
  ].flatMap((condition, index) => (index === 0 ? condition : ["-o", ...condition]));
  const { error, stdout } = spawnSync(
    "find",
    [root, "-xdev", "-maxdepth", "5", "(", ...passedOver, ")", "-prune", "-o", "-name", REGISTRY, "-print"],
    { encoding: "utf8", env, stdio: ["ignore", "pipe", "ignore"] },
  );
  if (error) return []; // small container images have no `find`
  return stdout
    .split("\n")
    .filter((path) => path !== "")
    .map((path) => dirname(path));
}

function download(project: string, version: string, env: NodeJS.ProcessEnv): void {
  mkdirSync(project);
  const aws = { source: "hashicorp/aws", version };
  writeFileSync(join(project, "main.tf.json"), JSON.stringify({ terraform: { required_providers: { aws } } }));
  process.stderr.write(`downloading the AWS provider ${version} from ${REGISTRY} (once)\n`);
  try {
    execFileSync("terraform", ["init", "-input=false", "-no-color"], {
      cwd: project,
      encoding: "utf8",
      env: { ...env, CHECKPOINT_DISABLE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch {
    throw new Error(
      `the AWS provider ${version} could not be downloaded from ${REGISTRY}; connect to it, or set TERRAFORM_PROVIDER_MIRROR to a folder made by terraform providers mirror`,
    );
  }
}
