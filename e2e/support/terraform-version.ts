import { spawnSync } from "node:child_process";

const INSTALL = "install Terraform 1.10 or newer";
const INSTALLER = "https://developer.hashicorp.com/terraform/install";

/** @throws Error with one line for the user if Terraform is missing, broken or too old */
export function checkTerraform(env: NodeJS.ProcessEnv = process.env): void {
  const { error, stdout, stderr } = spawnSync("terraform", ["version", "-json"], { encoding: "utf8", env });
  if (error) throw new Error(`terraform is not on the PATH; ${INSTALL}: ${INSTALLER}`);
  const version = /^(?:Terraform v|.*"terraform_version":\s*")(\d+)\.(\d+)\./m.exec(stdout); // 0.12 does not support -json
  if (version === null) {
    const [firstWords = "it said nothing"] = /\S.*/.exec(stderr) ?? /\S.*/.exec(stdout) ?? [];
    throw new Error(`the terraform on the PATH tells no version (${firstWords.trim()}); ${INSTALL}`);
  }
  const [major = 0, minor = 0] = version.slice(1).map(Number);
  if (major < 1 || (major === 1 && minor < 10)) throw new Error(`terraform ${major}.${minor} is too old; ${INSTALL}`);
}
