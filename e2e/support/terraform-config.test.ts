import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeTerraformConfig } from "./terraform-config";

test("the configuration names the mirror, whatever is in its path", () => {
  const folder = mkdtempSync(join(tmpdir(), "terraform-config-"));

  const file = writeTerraformConfig(folder, 'C:\\mirrors\\"mine"');

  expect(file).toBe(join(folder, "terraform.tfrc"));
  expect(readFileSync(file, "utf8")).toContain(String.raw`path    = "C:\\mirrors\\\"mine\""`);
  rmSync(folder, { recursive: true });
});
