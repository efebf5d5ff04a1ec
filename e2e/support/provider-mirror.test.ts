import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

import { PROVIDER_VERSION } from "../../src/model/place";
import { providerMirror } from "./provider-mirror";

const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
/** The path of the provider's program in a mirror. */
const PROVIDER = join(
  "registry.terraform.io",
  "hashicorp",
  "aws",
  PROVIDER_VERSION,
  PLATFORM,
  `terraform-provider-aws_v${PROVIDER_VERSION}_x5`,
);

/** A machine that has a fake Terraform and nothing else, so that every case is the same on every machine. */
let root: string;
let folder: string;
let env: NodeJS.ProcessEnv;
let stderr: jest.SpyInstance;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "terraform-config-"));
  folder = join(root, "node_modules", "terraform"); // not where a mirror is looked for
  env = { PATH: `${join(root, "bin")}:/usr/bin:/bin` };
  stderr = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  terraform(DOWNLOADS);
});
afterEach(() => {
  stderr.mockRestore();
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string, mode?: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
}

/** Puts a Terraform on the PATH that records its arguments, and does what the test says. */
function terraform(init: string): void {
  const script = `#!/bin/sh
echo "$*" >> "$0.calls"
${init}
`;
  write(join(root, "bin", "terraform"), script, 0o755);
}
const DOWNLOADS = `mkdir -p '.terraform/providers/${dirname(PROVIDER)}'; echo whole > '.terraform/providers/${PROVIDER}'`;

/** Makes a folder from which Terraform can get the provider. */
function mirror(path: string): string {
  const made = join(root, path);
  write(join(made, PROVIDER), "whole");
  return made;
}

const found = (): string => providerMirror(folder, { env, root });
const downloads = (): number => {
  const calls = join(root, "bin", "terraform.calls");
  return existsSync(calls) ? (readFileSync(calls, "utf8").match(/^init -input=false /gm)?.length ?? 0) : 0;
};
const downloaded = (): string => join(folder, "download", ".terraform", "providers");

describe("the provider comes", () => {
  test("from TERRAFORM_PROVIDER_MIRROR first of all", () => {
    found();
    mirror("opt/found");
    env["TERRAFORM_PROVIDER_MIRROR"] = mirror("stated");
    expect(found()).toBe(join(root, "stated"));
  });

  test("from a TERRAFORM_PROVIDER_MIRROR that is relative to where we are", () => {
    env["TERRAFORM_PROVIDER_MIRROR"] = relative(process.cwd(), mirror("stated"));
    expect(found()).toBe(join(root, "stated"));
  });

  test("from an earlier download, without another", () => {
    found();
    mirror("opt/found");
    expect(found()).toBe(downloaded());
    expect(downloads()).toBe(1);
  });

  test("from a mirror on the machine, without a download", () => {
    mirror("opt/found");
    expect(found()).toBe(join(root, "opt", "found"));
    expect(downloads()).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  test.each([
    ["of another version", (path: string) => path.replace(PROVIDER_VERSION, "5.99.0")],
    ["for another platform", (path: string) => path.replace(PLATFORM, "plan9_mips")],
    ["of which only a part is there", (path: string) => join(dirname(path), "LICENSE.txt")],
    ["that is packed", (path: string) => `${dirname(dirname(path))}_${PLATFORM}.zip`],
  ])("from no mirror on the machine with a provider %s", (_, other) => {
    write(join(root, "opt", "found", other(PROVIDER)), "whole");
    expect(found()).toBe(downloaded());
  });

  test.each(["tmp/mirror", "srv/project/.terraform", "srv/node_modules", "root/.terraform.d/plugin-cache"])(
    "from no mirror in %s",
    (path) => {
      mirror(path);
      expect(found()).toBe(downloaded());
    },
  );

  test("from the registry if the machine has no find", () => {
    for (const name of ["sh", "mkdir"]) symlinkSync(`/bin/${name}`, join(root, "bin", name));
    env["PATH"] = join(root, "bin");
    mirror("opt/found");
    expect(found()).toBe(downloaded());
  });

  test("from the registry, in its exact version, if there is none on the machine", () => {
    expect(found()).toBe(downloaded());
    expect(readFileSync(join(downloaded(), PROVIDER), "utf8")).toBe("whole\n");
    expect(JSON.parse(readFileSync(join(folder, "download", "main.tf.json"), "utf8"))).toEqual({
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: PROVIDER_VERSION } } },
    });
    expect(stderr).toHaveBeenCalledWith(
      `downloading the AWS provider ${PROVIDER_VERSION} from registry.terraform.io (once)\n`,
    );
  });
});

describe("with ECS_PIN_PROVIDER_VERSION, the provider comes in that version", () => {
  const other = (text: string): string => text.replaceAll(PROVIDER_VERSION, "6.25.0");
  beforeEach(() => {
    env["ECS_PIN_PROVIDER_VERSION"] = "6.25.0";
    terraform(other(DOWNLOADS));
  });

  test("from a mirror on the machine", () => {
    write(join(root, "opt", "found", other(PROVIDER)), "whole");
    expect(found()).toBe(join(root, "opt", "found"));
  });

  test("from the registry, not from a mirror that has only ours", () => {
    mirror("opt/found");
    expect(found()).toBe(downloaded());
    expect(readFileSync(join(folder, "download", "main.tf.json"), "utf8")).toContain('"version":"6.25.0"');
  });

  test("or not at all: TERRAFORM_PROVIDER_MIRROR must have it", () => {
    env["TERRAFORM_PROVIDER_MIRROR"] = mirror("stated");
    expect(found).toThrow("has no registry.terraform.io/hashicorp/aws/6.25.0 in it");
  });
});

test("rejects a TERRAFORM_PROVIDER_MIRROR without the provider, whatever else is there", () => {
  mirror("opt/found");
  env["TERRAFORM_PROVIDER_MIRROR"] = join(root, "stated");
  expect(found).toThrow(
    new Error(
      `TERRAFORM_PROVIDER_MIRROR ${join(root, "stated")} has no registry.terraform.io/hashicorp/aws/${PROVIDER_VERSION} in it; ` +
        "unset it, or run terraform providers mirror",
    ),
  );
});

describe("a download", () => {
  test("that fails says what to do, and is tried again", () => {
    terraform(`${DOWNLOADS}; echo 'Error: Failed to install provider' >&2; exit 1`);
    expect(found).toThrow(
      new Error(
        `the AWS provider ${PROVIDER_VERSION} could not be downloaded from registry.terraform.io; ` +
          "connect to it, or set TERRAFORM_PROVIDER_MIRROR to a folder made by terraform providers mirror",
      ),
    );
    expect(readdirSync(folder)).toEqual([]);
    terraform(DOWNLOADS);
    found();
    expect(downloads()).toBe(2);
  });

  test("is not in its final place until it is complete", () => {
    terraform(`ls '${folder}' > '${root}/seen'; ${DOWNLOADS}`);
    found();
    expect(readFileSync(join(root, "seen"), "utf8")).toBe(`partial-${process.pid}\n`);
    expect(readdirSync(folder).sort()).toEqual(["download"]);
  });

  test.each([
    ["a process that has ended", () => spawnSync(process.execPath, ["--version"]).pid],
    ["a process that had the id of this one", () => process.pid],
  ])("that was interrupted is not used, and what it left is removed: %s", (_, pid) => {
    write(join(folder, `partial-${pid()}`, ".terraform", "providers", PROVIDER), "half");
    write(join(folder, `partial-${pid()}`, "left"), "");
    found();
    expect(readFileSync(join(downloaded(), PROVIDER), "utf8")).toBe("whole\n");
    expect(readdirSync(folder).sort()).toEqual(["download"]);
    expect(readdirSync(join(folder, "download")).sort()).toEqual([".terraform", "main.tf.json"]);
  });

  test("of another process that still runs is left alone, and so is what is not a download", () => {
    const others = [`partial-${process.ppid}`, "partial", "partial-99999999-2", "venv"];
    for (const name of others) write(join(folder, name, "file"), "");
    found();
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(others));
  });

  test("replaces one of another version", () => {
    const old = join(folder, "download", ".terraform", "providers", PROVIDER.replaceAll(PROVIDER_VERSION, "5.99.0"));
    write(old, "old");
    found();
    expect(readdirSync(join(downloaded(), "registry.terraform.io", "hashicorp", "aws"))).toEqual([PROVIDER_VERSION]);
  });

  test("that another process has made meanwhile is kept", () => {
    const theirs = join(downloaded(), PROVIDER);
    terraform(`${DOWNLOADS}; mkdir -p '${dirname(theirs)}'; echo theirs > '${theirs}'`);
    found();
    expect(readFileSync(theirs, "utf8")).toBe("theirs\n");
  });
});
