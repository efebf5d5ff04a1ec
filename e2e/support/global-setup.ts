import { execFileSync } from "node:child_process";

import { findPython, repositoryRoot } from "../emulator/python";
import { forgetAwsSettings } from "./environment";
import { providerMirror } from "./provider-mirror";
import { checkTerraform } from "./terraform-version";

/** Before all end-to-end tests: compiles the apps that they deploy, and finds or fetches what they run on. */
export default function setUp(): void {
  execFileSync("node", ["build.mjs", "e2e/tsconfig.build.json"], {
    cwd: repositoryRoot(),
    stdio: "inherit",
  });
  forgetAwsSettings(); // the workers inherit it, and the mirror below
  checkTerraform();
  findPython();
  process.env["TERRAFORM_PROVIDER_MIRROR"] = providerMirror();
}
