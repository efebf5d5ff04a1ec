import { execFileSync } from "node:child_process";

import { findPython, repositoryRoot } from "../emulator/python";
import { forgetAwsSettings } from "./environment";
import { providerMirror } from "./provider-mirror";
import { pathWithTerraform } from "./terraform";

/** Before all end-to-end tests: compiles the apps that they deploy, and finds or fetches what they run on. */
export default function setUp(): void {
  execFileSync("node", ["build.mjs", "e2e/tsconfig.build.json"], {
    cwd: repositoryRoot(),
    stdio: "inherit",
  });
  forgetAwsSettings(); // the workers inherit it, and what follows
  process.env["PATH"] = pathWithTerraform(findPython());
  process.env["TERRAFORM_PROVIDER_MIRROR"] = providerMirror();
}
