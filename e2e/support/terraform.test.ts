import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hasTerraform } from "./terraform";

const INSTALL = "install Terraform 1.10 or newer";

let bin: string;
const check = (): boolean => hasTerraform({ PATH: bin });

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "terraform-version-"));
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

/** Puts a Terraform on the PATH whose `version -json` does what the test says. */
function terraform(version: string): void {
  writeFileSync(join(bin, "terraform"), `#!/bin/sh\n[ "$*" = "version -json" ] || exit 1\n${version}\n`, {
    mode: 0o755,
  });
}

describe("Terraform", () => {
  test.each(["1.10.0", "1.11.4", "1.12.0-beta1", "2.0.0"])("%s is taken", (version) => {
    terraform(`echo '{ "terraform_version": "${version}" }'`);
    expect(check()).toBe(true);
  });

  test.each(["0.15.5", "1.9.8"])("%s is too old", (version) => {
    terraform(`echo '{ "terraform_version": "${version}" }'`);
    const short = version.slice(0, version.lastIndexOf("."));
    expect(check).toThrow(new Error(`terraform ${short} is too old; ${INSTALL}`));
  });

  test("0.12, which prints no JSON, is too old", () => {
    terraform("echo 'Terraform v0.12.31'; echo; echo 'Your version of Terraform is out of date!'");
    expect(check).toThrow(new Error(`terraform 0.12 is too old; ${INSTALL}`));
  });

  test.each([
    ["its first words", "echo; echo; echo ' no version is set '; echo 'add one of: 1.5.0'", "no version is set"],
    ["the problem", "echo '{}'; echo 'no version is set' >&2; exit 126", "no version is set"],
    ["that there are none", ":", "it said nothing"],
  ])("that prints no version is named with %s", (_, version, words) => {
    terraform(version);
    expect(check).toThrow(new Error(`the terraform on the PATH tells no version (${words}); ${INSTALL}`));
  });

  test("is missing", () => {
    expect(check()).toBe(false);
  });
});
