import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

import { digestOf } from "../../src/image";
import { repositoryRoot } from "../emulator/python";
import { hostileSettings, type HostileSettings } from "../support/hostile-settings";
import { manifest } from "../support/images";
import { PROVIDER_VERSION } from "../support/provider-mirror";

const DEMO = ["node", join("build", "e2e", "demo", "main.js")];

/** Each test has its own folders: for programs, and for the temporary files of the demo. */
let directory: string;
let bin: string;
let temporary: string;
let running: ChildProcessWithoutNullStreams | undefined;

function makeFolders(): void {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "demo-test-")));
  [bin, temporary] = [join(directory, "bin"), join(directory, "tmp")];
  mkdirSync(bin);
  mkdirSync(temporary);
}

afterEach(() => {
  if (running?.pid !== undefined && running.exitCode === null) process.kill(-running.pid, "SIGKILL");
});

/** Starts a command as the leader of a process group, as a shell does; everything that it starts inherits the mark. */
function start([command = "", ...args]: string[], env: NodeJS.ProcessEnv = {}, cwd = repositoryRoot()) {
  const child = spawn(command, args, {
    cwd,
    // Otherwise Node 22 keeps compiled programs in the temporary folder.
    env: { ...process.env, TMPDIR: temporary, DEMO_TEST_MARK: directory, NODE_DISABLE_COMPILE_CACHE: "1", ...env },
    detached: true,
  });
  running = child;
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  const ended = once(child, "close").then(([exitCode]) => ({ ...said, exitCode: exitCode as number | null }));
  return { child, ended, said };
}

/** Processes that the demo of this test has started, itself included, by their command lines. */
function processes(): string[] {
  return execFileSync("ps", ["axeww", "-o", "command"], { encoding: "utf8", maxBuffer: 1 << 26 })
    .split("\n")
    .filter((line) => line.includes(`DEMO_TEST_MARK=${directory}`));
}

/** Waits for a condition, but not for ever: the assertions that follow say what is wrong. */
async function until(condition: () => boolean, seconds: number): Promise<void> {
  for (let tries = 0; tries < seconds * 10 && !condition(); tries += 1) await sleep(100);
}

/** What is left after the demo. A killed Terraform may need a moment to end. */
async function leftBehind(): Promise<{ processes: string[]; files: string[] }> {
  const left = () => ({ processes: processes(), files: readdirSync(temporary) });
  await until(() => isDeepStrictEqual(left(), NOTHING), 10);
  return left();
}
const NOTHING = { processes: [], files: [] };

describe("npm run demo, on a machine with settings for AWS that are not meant for it", () => {
  let settings: HostileSettings;
  let result: { exitCode: number | null; stdout: string; stderr: string };
  let lines: string[];

  beforeAll(async () => {
    makeFolders();
    settings = hostileSettings(directory);
    // The test process itself has variables that name no profile.
    const own = { AWS_CONFIG_FILE: undefined, AWS_SHARED_CREDENTIALS_FILE: undefined };
    result = await start(["npm", "run", "--silent", "demo"], { ...own, ...settings.env }).ended;
    lines = result.stdout.trimEnd().split("\n");
  }, 900_000);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test("succeeds, and prints nothing to standard error", () => {
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("asks no profile of the machine for credentials", () => {
    expect(settings.credentialsAsked()).toBe(false);
  });

  test("tells the story of a tag that is pushed twice", () => {
    const [first, second] = [digestOf(manifest("first build")), digestOf(manifest("second build"))];
    const [short1, short2] = [`${first.slice(0, 15)}…`, `${second.slice(0, 15)}…`];

    expect(lines.map((line) => line.trim()).filter((line) => !/^(|.* answers at .*)$/.test(line))).toEqual([
      "One image tag, pushed twice: which build runs?",
      "cdktf, Terraform and the AWS provider are real, AWS is a local emulator:",
      "no account is needed.",
      "[1/9] Start a local AWS",
      "looking for Terraform, Python and the AWS provider",
      "[2/9] Create the image repository",
      "$ cdktf deploy registry",
      "[3/9] Push a build as demo:1.10",
      first,
      "[4/9] Deploy the service",
      "$ cdktf deploy demo-local",
      "demo-local is at revision 1. In the account:",
      "demo-local  status  tag   image                    running tasks",
      `revision 1  ACTIVE  1.10  …/demo@${short1}  1 × ${short1}`,
      "[5/9] Push another build under the same tag, demo:1.10",
      second,
      "[6/9] What would a deploy change?",
      "$ cdktf diff demo-local",
      '~ resource "aws_ecs_service" "service" {',
      '~ task_definition = "…/demo-local:1" -> (known after apply)',
      '-/+ resource "aws_ecs_task_definition" "task-definition" {',
      `~ image = "…/demo@${short1}" -> "…/demo@${short2}"`,
      "Plan: 1 to add, 1 to change, 1 to destroy.",
      "With demo:1.10 as the image, Terraform would have seen no change here.",
      "(Terraform counts revision 1 as destroyed, but ECS keeps it.)",
      "[7/9] Deploy it",
      "$ cdktf deploy demo-local",
      "demo-local is at revision 2. In the account:",
      "demo-local  status  tag   image                    running tasks",
      `revision 1  ACTIVE  1.10  …/demo@${short1}  none`,
      `revision 2  ACTIVE  1.10  …/demo@${short2}  1 × ${short2}`,
      "Revision 1 stays, tied to the first build, for ECS to roll back to.",
      "[8/9] Roll back to the first build, by its digest",
      `$ DEMO_IMAGE_DIGEST=${short1} cdktf deploy demo-local`,
      "demo-local is at revision 3. In the account:",
      "demo-local  status  tag   image                    running tasks",
      `revision 1  ACTIVE  1.10  …/demo@${short1}  none`,
      `revision 2  ACTIVE  1.10  …/demo@${short2}  none`,
      `revision 3  ACTIVE  -     …/demo@${short1}  1 × ${short1}`,
      "No tag points at it any more, and none had to be pushed again.",
      "[9/9] Clean up",
      "$ cdktf destroy demo-local",
      "The local AWS ends here too, with everything in it.",
      "A tag moves, a digest does not: what was planned is what runs.",
    ]);
  });

  test("fits 80 columns, without escape codes when it is not on a terminal", () => {
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(result.stdout).not.toMatch(/[\x1b\r]/);
  });

  test("leaves nothing behind", async () => {
    expect(await leftBehind()).toEqual(NOTHING);
  });
});

describe("the demo on a machine that lacks something", () => {
  beforeEach(makeFolders);
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function program(name: string, text: string, folder = bin): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o755 });
  }

  const fails = async (env: NodeJS.ProcessEnv, cwd?: string) => {
    const { exitCode, stderr } = await start(DEMO, env, cwd).ended;
    expect(await leftBehind()).toEqual(NOTHING);
    return { exitCode, stderr };
  };

  test("says that Terraform is missing", async () => {
    symlinkSync(process.execPath, join(bin, "node"));

    expect(await fails({ PATH: bin })).toEqual({
      exitCode: 1,
      stderr:
        "terraform is not on the PATH; install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install\n",
    });
  });

  test("says that Terraform is too old", async () => {
    program("terraform", `#!/bin/sh\necho '{"terraform_version": "1.9.8"}'\n`);

    expect(await fails({ PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` })).toEqual({
      exitCode: 1,
      stderr: "terraform 1.9 is too old; install Terraform 1.10 or newer\n",
    });
  });

  test("says that Python is missing, in a checkout without an installed one", async () => {
    symlinkSync(process.execPath, join(bin, "node"));
    program("terraform", `#!/bin/sh\necho '{"terraform_version": "1.11.4"}'\n`);
    const checkout = join(directory, "checkout");
    cpSync(join(repositoryRoot(), "build", "src"), join(checkout, "build", "src"), { recursive: true });
    cpSync(join(repositoryRoot(), "build", "e2e"), join(checkout, "build", "e2e"), { recursive: true });
    cpSync(join(repositoryRoot(), "package.json"), join(checkout, "package.json"));
    symlinkSync(realpathSync(join(repositoryRoot(), "node_modules")), join(checkout, "node_modules"));

    expect(await fails({ PATH: bin }, checkout)).toEqual({
      exitCode: 1,
      stderr: "the emulator needs Python: install python3 (3.10 or newer); moto 5.2.1 is then fetched automatically\n",
    });
  });

  test("says that there is no AWS provider", async () => {
    expect(await fails({ TERRAFORM_PROVIDER_MIRROR: bin })).toEqual({
      exitCode: 1,
      stderr: `TERRAFORM_PROVIDER_MIRROR ${bin} has no registry.terraform.io/hashicorp/aws/${PROVIDER_VERSION} in it; unset it, or run terraform providers mirror\n`,
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
    const version = join(directory, "registry.terraform.io", "hashicorp", "aws", PROVIDER_VERSION);
    program("terraform-provider-aws", "#!/bin/sh\nexit 1\n", join(version, `${process.platform}_${architecture}`));

    const { exitCode, stderr } = await fails({ TERRAFORM_PROVIDER_MIRROR: directory });

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^failed at \[2\/9\] Create the image repository:\n.*Error: Failed to load plugin schemas\n/,
    );
    expect(stderr).not.toMatch(/^ *at /m);
  });
});

describe("the demo, interrupted", () => {
  beforeEach(makeFolders);
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const STOPPED = { stderr: "Stopped; nothing is left behind.\n" };
  const providerRuns = () => processes().some((line) => line.includes("terraform-provider-aws"));

  test.each([
    ["itself", (pid: number) => pid],
    ["with all that it started, as Ctrl-C does", (pid: number) => -pid],
  ])("by SIGINT to it %s, while Terraform is at work", async (_, target) => {
    const { child, ended } = start(DEMO);
    await until(providerRuns, 120);

    process.kill(target(child.pid ?? 0), "SIGINT");

    expect(await ended).toMatchObject({ exitCode: 130, ...STOPPED });
    expect(await leftBehind()).toEqual(NOTHING);
  });

  test("by SIGTERM, before anything is started", async () => {
    const { child, ended, said } = start(DEMO);
    await until(() => said.stdout.includes("looking for"), 120);

    child.kill("SIGTERM");

    expect(await ended).toMatchObject({ exitCode: 143, ...STOPPED });
    expect(await leftBehind()).toEqual(NOTHING);
  });

  test("by a reader that has seen enough", async () => {
    const { child, ended } = start(DEMO);

    child.stdout.destroy();

    expect(await ended).toMatchObject({ exitCode: 141, ...STOPPED });
    expect(await leftBehind()).toEqual(NOTHING);
  });
});
