import { cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { findPython, repositoryRoot } from "../emulator/python";
import { providerVersion } from "../support/provider-version";
import { bin, DEMO, directory, leftBehind, makeFolders, NOTHING, removeFolders, start } from "./test-demo";

describe("the demo on a machine that lacks something", () => {
  beforeEach(makeFolders);
  afterEach(removeFolders);

  function program(name: string, text: string, folder = bin): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o755 });
  }

  const fails = async (env: NodeJS.ProcessEnv, cwd?: string) => {
    const { exitCode, stderr } = await start(DEMO, env, cwd).ended;
    expect(await leftBehind()).toEqual(NOTHING);
    return { exitCode, stderr };
  };

  test("says that Terraform is too old", async () => {
    program("terraform", `#!/bin/sh\necho '{"terraform_version": "1.9.8"}'\n`);

    expect(await fails({ PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` })).toEqual({
      exitCode: 1,
      stderr: "terraform 1.9 is too old; install Terraform 1.10 or newer\n",
    });
  });

  /** A copy of the repository in which nothing was fetched yet, on a machine that has only Node and `programs`. */
  function checkout(programs: Readonly<Record<string, string>>): { env: NodeJS.ProcessEnv; root: string } {
    symlinkSync(process.execPath, join(bin, "node"));
    Object.entries(programs).forEach(([name, text]) => program(name, text));
    const root = join(directory, "checkout");
    const needed = [
      "build",
      "build.mjs",
      "cdktf.json",
      "main.ts",
      "package.json",
      "src",
      "e2e/emulator",
      "e2e/support",
    ];
    for (const name of [...needed, "tsconfig.json", "tsconfig.build.json"]) {
      cpSync(join(repositoryRoot(), name), join(root, name), { recursive: true, preserveTimestamps: true });
    }
    symlinkSync(realpathSync(join(repositoryRoot(), "node_modules")), join(root, "node_modules"));
    return { env: { PATH: bin, TERRAFORM_RELEASES_URL: "http://127.0.0.1:1", no_proxy: "127.0.0.1" }, root };
  }
  const PYTHON = `#!/bin/sh\nexec '${findPython()}' "$@"\n`;

  test("says that Python is missing, and how to install it", async () => {
    const { env, root } = checkout({ brew: "#!/bin/sh\n" });

    expect(await fails(env, root)).toEqual({
      exitCode: 1,
      stderr:
        "the emulator needs Python 3.10 or newer; install it: brew install python; moto 5.2.1 is then fetched automatically\n",
    });
  });

  test("says that Terraform is missing and cannot be downloaded", async () => {
    const { env, root } = checkout({ python3: PYTHON });

    expect(await fails(env, root)).toEqual({
      exitCode: 1,
      stderr:
        "terraform is not on the PATH, and 1.11.4 could not be downloaded from http://127.0.0.1:1 (ConnectionError); install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install\n",
    });
  });

  test("deploys with the Terraform that it downloaded", async () => {
    const { env, root } = checkout({ python3: PYTHON });
    const downloaded = `#!/bin/sh
if [ "$1" = version ]; then echo '{"terraform_version": "1.11.4"}'; exit; fi
echo "Error: this is the downloaded Terraform" >&2
exit 1
`;
    program("terraform", downloaded, join(root, ".emulator", "terraform-cli", "1.11.4"));

    const { exitCode, stderr } = await fails(env, root);

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^failed at \[2\/9\] Create the image repository:\n.*this is the downloaded Terraform/);
  });

  test("says that there is no AWS provider", async () => {
    expect(await fails({ TERRAFORM_PROVIDER_MIRROR: bin })).toEqual({
      exitCode: 1,
      stderr: `TERRAFORM_PROVIDER_MIRROR ${bin} has no registry.terraform.io/hashicorp/aws/${providerVersion()} in it; unset it, or run terraform providers mirror\n`,
    });
  });

  test("says that cdktf does not run on this version of Node", async () => {
    const hook = join(directory, "no-native-module.js");
    writeFileSync(
      hook,
      `const { Module } = require("node:module");
const load = Module._load;
Module._load = (name, ...more) => {
  if (name.startsWith("@cdktf/node-pty")) throw new Error("Cannot find module");
  return load(name, ...more);
};`,
    );

    expect(await fails({ NODE_OPTIONS: `--require ${hook}` })).toEqual({
      exitCode: 1,
      stderr: `cdktf-cli does not run on this Node ${process.versions.node}; use Node 20 or 22\n`,
    });
  });

  test("names the step that failed, with the error of its command and no stack trace", async () => {
    const architecture = process.arch === "x64" ? "amd64" : process.arch;
    const version = join(directory, "registry.terraform.io", "hashicorp", "aws", providerVersion());
    program("terraform-provider-aws", "#!/bin/sh\nexit 1\n", join(version, `${process.platform}_${architecture}`));

    const { exitCode, stderr } = await fails({ TERRAFORM_PROVIDER_MIRROR: directory });

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^failed at \[2\/9\] Create the image repository:\n.*Error: Failed to load plugin schemas\n/,
    );
    expect(stderr).not.toMatch(/^ *at /m);
  });
});
