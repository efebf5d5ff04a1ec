import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

import { FakeCommands } from "./support/fake-commands";

const ROOT = resolve(__dirname, "..");
const CLI = join(ROOT, "build", "src", "cli.js");
let fake: FakeCommands;

beforeAll(() => {
  const built = spawnSync(process.execPath, ["build.mjs"], { cwd: ROOT, encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stdout);
});
beforeEach(() => {
  fake = new FakeCommands();
  mkdirSync(join(fake.folder, "node_modules", ".bin"), { recursive: true });
  symlinkSync(fake.cdktf, join(fake.folder, "node_modules", ".bin", "cdktf"));
  fake.synthesized({ a: [] });
});
afterEach(() => fake.remove());

/** Runs the command line without a terminal. */
function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: fake.folder,
    env: fake.env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("deploys, without colours when there is no terminal, and exits with 0", () => {
  expect(cli("deploy", "a", "--auto-approve")).toEqual({ status: 0, stdout: "\na: deployed\n", stderr: "" });
  expect(fake.calls()).toContain("a apply -no-color -input=false -auto-approve");
});

test("exits with 1 when a stack fails", () => {
  fake.terraform("a", "apply", "echo 'Error: no such role' >&2; exit 1");

  expect(cli("deploy", "a", "--auto-approve")).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/\na: FAILED: no such role\n$/) as string,
  });
});

test.each([
  [[], "the only command is deploy: npm run deploy -- <stack> …\n"],
  [["deploy", "b", "--auto-approve"], 'there is no stack "b"; choose a\n'],
  [["deploy", "a"], "there is no terminal on which to ask for approval; add --auto-approve\n"],
])("%j ends with one line and exit code 1", (args, stderr) => {
  expect(cli(...args)).toEqual({ status: 1, stdout: "", stderr });
});

test("explains itself", () => {
  const { status, stdout } = cli("deploy", "--help");
  expect(status).toBe(0);
  expect(stdout).toContain("--outputs-file FILE");
});

test("goes on when whoever reads its output is gone", async () => {
  fake.terraform("a", "apply", "for line in 1 2 3 4 5; do echo $line; sleep 0.1; done; touch saved");
  const child = spawn(process.execPath, [CLI, "deploy", "a", "--auto-approve"], { cwd: fake.folder, env: fake.env });
  child.stdout.once("data", () => child.stdout.destroy());

  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
  expect(existsSync(join(fake.output, "stacks", "a", "saved"))).toBe(true);
});

test("is what npm run deploy runs, in place of the shell, which would not survive the signals that npm passes on", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: { deploy: string } };
  expect(scripts.deploy).toMatch(/ exec node build\/src\/cli\.js deploy$/);
});
