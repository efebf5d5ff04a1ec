import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a CLI configuration into a folder that makes Terraform take its providers from a mirror, and answers with its
 * path, which goes into `TF_CLI_CONFIG_FILE`. Commands side by side must not share the file: each may name another mirror.
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
