import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { environments } from "../src/config/environments";
import { buildVariables } from "../src/model/build-variables";
import { services } from "../src/config/services";
import { alternatives } from "../src/errors";
import { filesBelow } from "./support/synthesis";

const ROOT = resolve(__dirname, "..");
/** The first stack of a service, and the variable that sets its tag. */
const deployed = environments.filter(({ name }) => services[0]?.only?.includes(name) ?? true);
const STACK = `${services[0]?.name ?? ""}-${deployed[0]?.name ?? ""}`;
const VARIABLE = buildVariables(services[0]?.name ?? "").tag;
const KNOWN = alternatives(services.map(({ name }) => buildVariables(name).tag));
/** What `cdktf` runs after the build: `node … build/main.js`. */
const { app } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as { app: string };
const APP = (app.split(" && ").at(-1) ?? "").split(" ").slice(1);
let folder: string;
let shipped: Run;

beforeAll(() => {
  const built = spawnSync(process.execPath, ["build.mjs"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(built.stdout);
  folder = mkdtempSync(join(tmpdir(), "ecs-pin-"));
  shipped = run("shipped");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly said: { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  readonly outdir: string;
}

/** Runs the app as `cdktf synth` does, with `variables` on top of those of this process. */
function run(output: string, variables: Readonly<Record<string, string>> = {}): Run {
  const outdir = join(folder, output);
  const inherited = Object.entries(process.env).filter(([name]) => !/_IMAGE(_TAG|_DIGEST)?$|^TF_WORKSPACE$/.test(name));
  const { status, stdout, stderr } = spawnSync(process.execPath, APP, {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), CDKTF_OUTDIR: outdir, ...variables },
    encoding: "utf8",
  });
  return { said: { status, stdout, stderr }, outdir };
}

describe("the app", () => {
  test("writes the stacks of the config and says nothing", () => {
    expect(shipped.said).toEqual({ status: 0, stdout: "", stderr: "" });
    expect([...filesBelow(shipped.outdir).keys()]).toContain(`stacks/${STACK}/cdk.tf.json`);
  });

  test("writes the same bytes each time, wherever it writes", () => {
    expect(filesBelow(run("elsewhere").outdir)).toEqual(filesBelow(shipped.outdir));
  });

  test("needs no Terraform, nor any other program", () => {
    expect(run("alone", { PATH: "" }).said).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("writes the tag that CI sets", () => {
    const { outdir } = run("tagged", { [VARIABLE]: "1.11" });
    expect(filesBelow(outdir).get(`stacks/${STACK}/cdk.tf.json`)).toContain('"image_tag": "1.11"');
  });

  test("fails on a bad tag in one line, without a stack trace or a file", () => {
    const { said, outdir } = run("failed", { [VARIABLE]: "1 11" });
    const where = deployed.length > 1 ? "" : ` in "${deployed[0]?.name ?? ""}"`;
    expect(said).toEqual({
      status: 1,
      stdout: "",
      stderr: `service "${services[0]?.name ?? ""}"${where}: ${VARIABLE} "1 11" is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"\n`,
    });
    expect(existsSync(outdir)).toBe(false);
  });

  test("prints a warning to standard error and goes on", () => {
    const { said, outdir } = run("warned", { NOBODYS_IMAGE_TAG: "1.11" });
    expect(said).toEqual({
      status: 0,
      stdout: "",
      stderr: `warning: NOBODYS_IMAGE_TAG is set, but no service or job has that name; choose ${KNOWN}\n`,
    });
    expect(filesBelow(outdir)).toEqual(filesBelow(shipped.outdir));
  });

  test("fails with a stack trace on anything but bad input: a bug is not for the user to fix", () => {
    const { said } = run("missing/parent");
    expect(said.status).toBe(1);
    expect(said.stderr).toMatch(/Error: ENOENT: no such file or directory, mkdir '.*'\n +at /);
  });
});
