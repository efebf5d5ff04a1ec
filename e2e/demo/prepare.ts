import { createRequire } from "node:module";

import { findPython } from "../emulator/python";
import { providerMirror } from "../support/provider-mirror";
import { pathWithTerraform } from "../support/terraform";
import type { Preparation } from "./prerequisites";

/**
 * Finds what the demo needs on this machine, and fetches what can be fetched. All of this blocks, so it
 * is a process of its own: meanwhile the screen counts the seconds, and Ctrl-C works.
 */
function prepare(): Preparation {
  try {
    checkCdktf();
    process.env["PATH"] = pathWithTerraform(findPython());
    return { path: process.env["PATH"], mirror: providerMirror() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The command line of CDKTF needs a native module, which is built only for some versions of Node. */
function checkCdktf(): void {
  try {
    createRequire(require.resolve("cdktf-cli/package.json"))("@cdktf/node-pty-prebuilt-multiarch");
  } catch {
    throw new Error(`cdktf-cli does not run on this Node ${process.versions.node}; use Node 20 or 22`);
  }
}

process.stdout.write(JSON.stringify(prepare()));
