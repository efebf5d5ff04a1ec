import { join } from "node:path";

import { repositoryRoot } from "../emulator/python";
import { run, succeeded } from "../support/run";
import type { Screen } from "./screen";

/** What the process `prepare` prints. */
export type Preparation =
  | {
      /** The `PATH`, with Terraform on it. */
      readonly path: string;
      readonly mirror: string;
    }
  | { readonly problem: string };

/** Something that this machine lacks. The message is one line that says what to do. */
export class MissingPrerequisite extends Error {}

/**
 * Checks that Terraform, Python and the AWS provider are there, puts Terraform on the `PATH` of this process, and returns
 * the mirror of the provider. Shows what must be fetched first, since that takes minutes.
 * @throws MissingPrerequisite
 */
export async function prerequisites(signal: AbortSignal, screen: Screen): Promise<string> {
  let waiting = screen.wait("looking for Terraform, Python and the AWS provider");
  const notice = (text: string): void => {
    waiting.end();
    waiting = screen.wait(text.trim());
  };
  const prepared = run(process.execPath, [join(__dirname, "prepare.js")], {
    cwd: repositoryRoot(),
    env: process.env,
    signal,
    onStderr: notice,
  }).finally(() => waiting.end());
  const preparation = JSON.parse(succeeded(await prepared).stdout) as Preparation;
  if ("problem" in preparation) throw new MissingPrerequisite(preparation.problem);
  process.env["PATH"] = preparation.path;
  return preparation.mirror;
}
