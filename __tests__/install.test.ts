import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");

test("npm ci installs what a deploy needs, cdktf and the compiler, even with NODE_ENV=production", () => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-pin-install-"));
  try {
    for (const name of [".npmrc", "package.json", "package-lock.json"]) {
      copyFileSync(join(ROOT, name), join(folder, name));
    }
    const { stdout } = spawnSync("npm", ["ci", "--dry-run", "--offline", "--ignore-scripts"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE_ENV: "production" },
    });
    const added = [...stdout.matchAll(/^add (\S+) /gm)].map(([, name]) => name);

    expect(added).toEqual(expect.arrayContaining(["cdktf-cli", "typescript"]));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
