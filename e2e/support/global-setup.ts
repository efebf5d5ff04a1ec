import { execFileSync } from "node:child_process";

import { repositoryRoot } from "../emulator/python";
import { writeTerraformConfig } from "./terraform-config";

/** Before all end-to-end tests: compiles the apps that they deploy, and finds the AWS provider. */
export default function setUp(): void {
  execFileSync("node", ["node_modules/typescript/bin/tsc", "-b", "e2e/tsconfig.build.json"], {
    cwd: repositoryRoot(),
    stdio: "inherit",
  });
  process.env["TF_CLI_CONFIG_FILE"] = writeTerraformConfig(); // the workers inherit it
}
