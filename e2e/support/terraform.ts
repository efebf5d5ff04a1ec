import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";

import { repositoryRoot } from "../emulator/python";
import { makeWholeFolder } from "../emulator/whole-folder";

/** The version of Terraform that everything is tested with. */
export const TERRAFORM_VERSION = "1.11.4";

/** Where a version of Terraform is downloaded from. */
export interface TerraformRelease {
  readonly url: string;
  readonly version: string;
  /** SHA-256 of the archive for each platform. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** @see https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_SHA256SUMS */
const RELEASE: TerraformRelease = {
  url: "https://releases.hashicorp.com",
  version: TERRAFORM_VERSION,
  checksums: {
    darwin_amd64: "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    darwin_arm64: "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
    linux_amd64: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    linux_arm64: "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
  },
};

const INSTALL = "install Terraform 1.10 or newer";
const INSTALLER = "https://developer.hashicorp.com/terraform/install";

/**
 * Finds Terraform on the PATH or, if there is none, what an earlier run downloaded, or downloads it, once: from
 * releases.hashicorp.com, or a copy of it that `TERRAFORM_RELEASES_URL` names.
 *
 * @param python with moto, from `findPython`
 * @param folder where the download is kept @default - `.emulator/terraform-cli/`, ignored by git, in the repository
 * @returns a PATH that Terraform is on
 * @throws Error with one line for the user if Terraform is broken, too old, or cannot be downloaded
 */
export function pathWithTerraform(
  python: string,
  env: NodeJS.ProcessEnv = process.env,
  folder: string = join(repositoryRoot(), ".emulator", "terraform-cli"),
  release: TerraformRelease = RELEASE,
): string {
  const { PATH: path = "" } = env;
  if (hasTerraform(env)) return path;
  const downloaded = join(folder, release.version);
  const mirrored = { ...release, url: (env["TERRAFORM_RELEASES_URL"] ?? release.url).replace(/\/+$/, "") };
  if (!runs(downloaded)) makeWholeFolder(downloaded, (partial) => download(python, mirrored, partial, env), runs);
  return [downloaded, path].join(delimiter);
}

/** Whether Terraform is on the PATH. @throws Error with one line for the user if it is broken or too old */
export function hasTerraform(env: NodeJS.ProcessEnv): boolean {
  const { error, stdout, stderr } = spawnSync("terraform", ["version", "-json"], { encoding: "utf8", env });
  if (error) return false;
  const version = /^(?:Terraform v|.*"terraform_version":\s*")(\d+)\.(\d+)\./m.exec(stdout); // 0.12 does not support -json
  if (version === null) {
    const [firstWords = "it said nothing"] = /\S.*/.exec(stderr) ?? /\S.*/.exec(stdout) ?? [];
    throw new Error(`the terraform on the PATH tells no version (${firstWords.trim()}); ${INSTALL}`);
  }
  const [major = 0, minor = 0] = version.slice(1).map(Number);
  if (major < 1 || (major === 1 && minor < 10)) throw new Error(`terraform ${major}.${minor} is too old; ${INSTALL}`);
  return true;
}

/** Whether there is a Terraform in a folder, and it works. */
function runs(folder: string): boolean {
  try {
    return hasTerraform({ PATH: folder });
  } catch {
    return false;
  }
}

function download(python: string, release: TerraformRelease, folder: string, env: NodeJS.ProcessEnv): void {
  const { url, version, checksums } = release;
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const checksum = checksums[platform];
  if (checksum === undefined) throw new Error(`terraform is not on the PATH; ${INSTALL}: ${INSTALLER}`);
  process.stderr.write(`downloading Terraform ${version} from ${url} (once)\n`);
  const archive = `${url}/terraform/${version}/terraform_${version}_${platform}.zip`;
  const script = join(repositoryRoot(), "e2e", "support", "fetch_terraform.py");
  const { status, stderr } = spawnSync(python, ["-B", script, archive, checksum, folder], { encoding: "utf8", env });
  const why = status === 0 ? "it does not run here" : stderr.trim().split("\n").at(-1);
  if (status === 0 && runs(folder)) return;
  throw new Error(
    `terraform is not on the PATH, and ${version} could not be downloaded from ${url} (${why}); ${INSTALL}: ${INSTALLER}`,
  );
}
