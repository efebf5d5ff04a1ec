import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a CLI configuration into a folder that makes Terraform get its providers from a mirror, and returns its path,
 * which goes into `TF_CLI_CONFIG_FILE`. Parallel commands must not share the file: each may name a different mirror.
 *
 * @param mirror path of `providerMirror`
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#explicit-installation-method-configuration
 */
export function writeTerraformConfig(folder: string, mirror: string): string {
  const file = join(folder, "terraform.tfrc");
  writeFileSync(
    file,
    `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["registry.terraform.io/*/*"]
  }
}
`,
  );
  return file;
}
