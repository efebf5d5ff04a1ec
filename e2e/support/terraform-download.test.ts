import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

import { findPython } from "../emulator/python";
import { pathWithTerraform, type TerraformRelease } from "./terraform";

const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
const ARCHIVE = `terraform_1.11.4_${PLATFORM}.zip`;
const WORKS = `#!/bin/sh\necho '{ "terraform_version": "1.11.4" }'\n`;

/** What is published, a server of it, and a machine without Terraform. */
let directory: string;
let server: ChildProcess;
let url: string;
let folder: string;
let stderr: jest.SpyInstance;

const python = findPython();

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "terraform-releases-"));
  // A process of its own: while something is downloaded, this one waits.
  server = spawn(python, ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", directory]);
  if (!server.stdout || !server.stderr) throw new Error("the server has no output");
  const [line] = (await once(createInterface(server.stdout), "line")) as [string];
  url = /http:\/\/[\d.:]+/.exec(line)?.[0] ?? "";
  server.stderr.resume();
});
afterAll(() => {
  server.kill();
  rmSync(directory, { recursive: true });
});

beforeEach(() => {
  rmSync(join(directory, "terraform"), { recursive: true, force: true });
  folder = join(directory, "machine", "terraform-cli");
  stderr = jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  stderr.mockRestore();
  rmSync(join(directory, "machine"), { recursive: true, force: true });
});

/** Publishes an archive with this `terraform` in it. */
function publish(terraform: string): TerraformRelease {
  const published = join(directory, "terraform", "1.11.4");
  mkdirSync(published, { recursive: true });
  writeFileSync(join(published, "LICENSE.txt"), "");
  writeFileSync(join(published, "terraform"), terraform);
  execFileSync(python, ["-m", "zipfile", "-c", ARCHIVE, "LICENSE.txt", "terraform"], {
    cwd: published,
    stdio: "ignore",
  });
  const checksum = createHash("sha256")
    .update(readFileSync(join(published, ARCHIVE)))
    .digest("hex");
  return { url, version: "1.11.4", checksums: { [PLATFORM]: checksum } };
}

const find = (release: TerraformRelease, env: NodeJS.ProcessEnv = { PATH: "/missing" }): string =>
  pathWithTerraform(python, { no_proxy: "127.0.0.1", ...env }, folder, release);
const downloads = (): number => stderr.mock.calls.length;
const failure = (url: string, why: string): string =>
  `terraform is not on the PATH, and 1.11.4 could not be downloaded from ${url} (${why}); install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install`;

describe("Terraform that is not on the PATH", () => {
  test("is downloaded, put on the PATH, and runs", () => {
    const path = find(publish(WORKS));

    expect(path).toBe([join(folder, "1.11.4"), "/missing"].join(delimiter));
    expect(stderr.mock.calls).toEqual([[`downloading Terraform 1.11.4 from ${url} (once)\n`]]);
    expect(readdirSync(join(folder, "1.11.4"))).toEqual(["terraform"]);
    expect(statSync(join(folder, "1.11.4", "terraform")).mode & 0o111).toBe(0o111);
    expect(spawnSync("terraform", { env: { PATH: path }, encoding: "utf8" }).stdout).toContain("1.11.4");
  });

  test("is downloaded once", () => {
    const release = publish(WORKS);
    expect(find(release)).toBe(find(release));
    expect(downloads()).toBe(1);
  });

  test("is downloaded again if what is there does not run", () => {
    const release = publish(WORKS);
    find(release);
    writeFileSync(join(folder, "1.11.4", "terraform"), "");

    find(release);

    expect(readFileSync(join(folder, "1.11.4", "terraform"), "utf8")).toBe(WORKS);
  });

  test("comes from the copy that TERRAFORM_RELEASES_URL names", () => {
    const release = publish(WORKS);
    find({ ...release, url: "http://127.0.0.1:1" }, { PATH: "/missing", TERRAFORM_RELEASES_URL: `${url}/` });
    expect(existsSync(join(folder, "1.11.4", "terraform"))).toBe(true);
  });

  test("is refused, and not kept, with another checksum", () => {
    const release = publish(WORKS);
    const actual = release.checksums[PLATFORM] ?? "";
    const expected = "0".repeat(64);

    expect(() => find({ ...release, checksums: { [PLATFORM]: expected } })).toThrow(
      new Error(failure(url, `its SHA-256 is ${actual}, not ${expected}`)),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is refused, and not kept, if it does not run", () => {
    expect(() => find(publish("#!/bin/sh\nexit 1\n"))).toThrow(new Error(failure(url, "it does not run here")));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("says so when the archive is not there", () => {
    const release = publish(WORKS);
    rmSync(join(directory, "terraform"), { recursive: true });
    expect(() => find(release)).toThrow(new Error(failure(url, "404 File not found")));
  });

  test("says so when there is no connection", () => {
    const nowhere = "http://127.0.0.1:1";
    expect(() => find({ ...publish(WORKS), url: nowhere })).toThrow(new Error(failure(nowhere, "ConnectionError")));
  });

  test("is not downloaded for a platform that was not tested", () => {
    expect(() => find({ ...publish(WORKS), checksums: {} })).toThrow(
      new Error(
        "terraform is not on the PATH; install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install",
      ),
    );
    expect(downloads()).toBe(0);
  });
});

test("a Terraform on the PATH is used as it is", () => {
  const bin = join(directory, "machine");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "terraform"), WORKS, { mode: 0o755 });

  expect(find(publish(WORKS), { PATH: bin })).toBe(bin);
  expect(downloads()).toBe(0);
});
