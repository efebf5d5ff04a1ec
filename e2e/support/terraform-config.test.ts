import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

import { PROVIDER_VERSION, checkTerraform, writeTerraformConfig } from "./terraform-config";

const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
/** The provider's program, from the folder that is a mirror. */
const PROVIDER = join(
  "registry.terraform.io",
  "hashicorp",
  "aws",
  PROVIDER_VERSION,
  PLATFORM,
  `terraform-provider-aws_v${PROVIDER_VERSION}_x5`,
);

const INSTALL = "install Terraform 1.10 or newer";

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

/** Puts a Terraform on the PATH that keeps what it was asked, and whose `init` does as told. */
function terraform(init: string, version = `echo '{\n  "terraform_version": "1.11.4",\n  "platform": "any"\n}'`): void {
  const script = `#!/bin/sh
echo "$*" >> "$0.calls"
if [ "$1" = version ]; then ${version}; exit; fi
${init}
`;
  write(join(root, "bin", "terraform"), script, 0o755);
}
const DOWNLOADS = `mkdir -p '.terraform/providers/${dirname(PROVIDER)}'; echo whole > '.terraform/providers/${PROVIDER}'`;

/** A folder from which the provider can be taken. */
function mirror(path: string): string {
  const made = join(root, path);
  write(join(made, PROVIDER), "whole");
  return made;
}

/** Writes the configuration, and answers with the mirror that it names. */
function namedMirror(): unknown {
  const text = readFileSync(writeTerraformConfig(folder, { env, root }), "utf8");
  return JSON.parse(/filesystem_mirror \{\s+path\s+= (".*")/.exec(text)?.[1] ?? "null");
}
const downloads = (): number =>
  readFileSync(join(root, "bin", "terraform.calls"), "utf8").match(/^init -input=false /gm)?.length ?? 0;
const downloaded = (): string => join(folder, "download", ".terraform", "providers");

describe("the provider is taken", () => {
  test("from TERRAFORM_PROVIDER_MIRROR before any other", () => {
    namedMirror();
    mirror("opt/found");
    env["TERRAFORM_PROVIDER_MIRROR"] = mirror("stated");
    expect(namedMirror()).toBe(join(root, "stated"));
  });

  test("from a TERRAFORM_PROVIDER_MIRROR that is relative to where we are", () => {
    env["TERRAFORM_PROVIDER_MIRROR"] = relative(process.cwd(), mirror("stated"));
    expect(namedMirror()).toBe(join(root, "stated"));
  });

  test("from an earlier download, without another", () => {
    namedMirror();
    mirror("opt/found");
    expect(namedMirror()).toBe(downloaded());
    expect(downloads()).toBe(1);
  });

  test("from a mirror on the machine, without a download", () => {
    mirror("opt/found");
    expect(namedMirror()).toBe(join(root, "opt", "found"));
    expect(downloads()).toBe(0);
  });

  test.each([
    ["of another version", (path: string) => path.replace(PROVIDER_VERSION, "5.99.0")],
    ["for another platform", (path: string) => path.replace(PLATFORM, "plan9_mips")],
    ["of which only a part is there", (path: string) => join(dirname(path), "LICENSE.txt")],
    ["that is packed", (path: string) => `${dirname(dirname(path))}_${PLATFORM}.zip`],
  ])("from no mirror on the machine with a provider %s", (_, other) => {
    write(join(root, "opt", "found", other(PROVIDER)), "whole");
    expect(namedMirror()).toBe(downloaded());
  });

  test.each(["tmp/mirror", "srv/project/.terraform", "srv/node_modules", "root/.terraform.d/plugin-cache"])(
    "from no mirror in %s",
    (path) => {
      mirror(path);
      expect(namedMirror()).toBe(downloaded());
    },
  );

  test("from the registry if the machine has no find", () => {
    for (const name of ["sh", "mkdir"]) symlinkSync(`/bin/${name}`, join(root, "bin", name));
    env["PATH"] = join(root, "bin");
    mirror("opt/found");
    expect(namedMirror()).toBe(downloaded());
  });

  test("from the registry, in its exact version, if there is none on the machine", () => {
    expect(namedMirror()).toBe(downloaded());
    expect(readFileSync(join(downloaded(), PROVIDER), "utf8")).toBe("whole\n");
    expect(JSON.parse(readFileSync(join(folder, "download", "main.tf.json"), "utf8"))).toEqual({
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version: PROVIDER_VERSION } } },
    });
    expect(stderr).toHaveBeenCalledWith(
      `downloading the AWS provider ${PROVIDER_VERSION} from registry.terraform.io (once)\n`,
    );
  });
});

test("rejects a TERRAFORM_PROVIDER_MIRROR without the provider, whatever else is there", () => {
  mirror("opt/found");
  env["TERRAFORM_PROVIDER_MIRROR"] = join(root, "stated");
  expect(namedMirror).toThrow(
    new Error(
      `TERRAFORM_PROVIDER_MIRROR ${join(root, "stated")} has no registry.terraform.io/hashicorp/aws/${PROVIDER_VERSION} in it; ` +
        "unset it, or run terraform providers mirror",
    ),
  );
});

describe("a download", () => {
  test("that fails says what to do, and is tried again", () => {
    terraform(`${DOWNLOADS}; echo 'Error: Failed to install provider' >&2; exit 1`);
    expect(namedMirror).toThrow(
      new Error(
        `the AWS provider ${PROVIDER_VERSION} could not be downloaded from registry.terraform.io; ` +
          "connect to it, or set TERRAFORM_PROVIDER_MIRROR to a folder made by terraform providers mirror",
      ),
    );
    expect(readdirSync(folder)).toEqual([]);
    terraform(DOWNLOADS);
    namedMirror();
    expect(downloads()).toBe(2);
  });

  test("is not where it is looked for until it is whole", () => {
    terraform(`ls '${folder}' > '${root}/seen'; ${DOWNLOADS}`);
    namedMirror();
    expect(readFileSync(join(root, "seen"), "utf8")).toBe(`partial-${process.pid}\n`);
    expect(readdirSync(folder).sort()).toEqual(["download", "terraform.tfrc"]);
  });

  test.each([
    ["a process that has ended", () => spawnSync(process.execPath, ["--version"]).pid],
    ["a process that had the id of this one", () => process.pid],
  ])("that was interrupted is not taken, and what it left is removed: %s", (_, pid) => {
    write(join(folder, `partial-${pid()}`, ".terraform", "providers", PROVIDER), "half");
    write(join(folder, `partial-${pid()}`, "left"), "");
    namedMirror();
    expect(readFileSync(join(downloaded(), PROVIDER), "utf8")).toBe("whole\n");
    expect(readdirSync(folder).sort()).toEqual(["download", "terraform.tfrc"]);
    expect(readdirSync(join(folder, "download")).sort()).toEqual([".terraform", "main.tf.json"]);
  });

  test("of another process that still runs is left alone, and so is what is no download", () => {
    const others = [`partial-${process.ppid}`, "partial", "partial-99999999-2", "venv"];
    for (const name of others) write(join(folder, name, "file"), "");
    namedMirror();
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(others));
  });

  test("replaces one of another version", () => {
    const old = join(folder, "download", ".terraform", "providers", PROVIDER.replaceAll(PROVIDER_VERSION, "5.99.0"));
    write(old, "old");
    namedMirror();
    expect(readdirSync(join(downloaded(), "registry.terraform.io", "hashicorp", "aws"))).toEqual([PROVIDER_VERSION]);
  });

  test("that another process has made meanwhile is kept", () => {
    const theirs = join(downloaded(), PROVIDER);
    terraform(`${DOWNLOADS}; mkdir -p '${dirname(theirs)}'; echo theirs > '${theirs}'`);
    namedMirror();
    expect(readFileSync(theirs, "utf8")).toBe("theirs\n");
  });
});

describe("Terraform", () => {
  const check = (): void => checkTerraform({ env, root });

  test.each(["1.10.0", "1.11.4", "1.12.0-beta1", "2.0.0"])("%s is taken", (version) => {
    terraform(DOWNLOADS, `echo '{ "terraform_version": "${version}" }'`);
    expect(check).not.toThrow();
  });

  test.each(["0.15.5", "1.9.8"])("%s is too old", (version) => {
    terraform(DOWNLOADS, `echo '{ "terraform_version": "${version}" }'`);
    const short = version.slice(0, version.lastIndexOf("."));
    expect(check).toThrow(new Error(`terraform ${short} is too old; ${INSTALL}`));
  });

  test("0.12, which prints no JSON, is too old", () => {
    terraform(DOWNLOADS, "echo 'Terraform v0.12.31'; echo; echo 'Your version of Terraform is out of date!'");
    expect(check).toThrow(new Error(`terraform 0.12 is too old; ${INSTALL}`));
  });

  test.each([
    ["its first words", "echo; echo; echo ' no version is set '; echo 'add one of: 1.5.0'", "no version is set"],
    ["the problem", "echo '{}'; echo 'no version is set' >&2; exit 126", "no version is set"],
    ["that there are none", ":", "it said nothing"],
  ])("that tells no version is named with %s", (_, version, words) => {
    terraform(DOWNLOADS, version);
    expect(check).toThrow(new Error(`the terraform on the PATH tells no version (${words}); ${INSTALL}`));
  });

  test("that is missing is named before a provider is looked for", () => {
    rmSync(join(root, "bin", "terraform"));
    env["PATH"] = join(root, "bin");
    env["TERRAFORM_PROVIDER_MIRROR"] = join(root, "stated");
    expect(namedMirror).toThrow(
      new Error(`terraform is not on the PATH; ${INSTALL}: https://developer.hashicorp.com/terraform/install`),
    );
  });
});
