/**
 * `node build.mjs [project]` compiles what has changed to build/. On a type error it prints the error and fails.
 *
 * The compiler alone does not remove the output of a source file that has since been renamed or removed, and Node would
 * still load it; nor does it notice that one of its output files is missing.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

const [project = "tsconfig.build.json"] = process.argv.slice(2);

checkNode();
checkCompiler();
compile();
for (const file of compiled().filter((file) => !existsSync(sourceOf(file)))) rmSync(join("build", file));
if (sources().some((file) => !existsSync(join("build", file.replace(/\.ts$/, ".js"))))) compile("--force");

/** Everything that is started by hand begins here: the app, the demo, the emulator. */
function checkNode() {
  const { engines } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
  const [major, minor] = process.versions.node.split(".").map(Number);
  const supported = [...engines.node.matchAll(/\^(\d+)\.(\d+)\.0/g)].map((version) => version.slice(1).map(Number));
  if (supported.some(([majorVersion, least]) => major === majorVersion && minor >= least)) return;
  const newest = supported.map(([majorVersion]) => majorVersion).join(" or ");
  console.error(`Node ${process.versions.node} is not supported; use the newest Node ${newest}`);
  process.exit(1);
}

/** `NODE_ENV=production npm ci` leaves it out. */
function checkCompiler() {
  if (existsSync("node_modules/typescript")) return;
  console.error("node_modules/typescript is missing; run npm ci --include=dev");
  process.exit(1);
}

function compile(...flags) {
  const { status } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-b", project, ...flags], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}

function compiled() {
  return ["src", "e2e", "docs", "examples"]
    .flatMap((folder) => filesBelow(folder, "build"))
    .filter((file) => /\.(js|d\.ts)$/.test(file));
}

function sourceOf(file) {
  return file.replace(/\.(js|d\.ts)$/, ".ts");
}

/** What every project compiles. */
function sources() {
  return ["main.ts", ...filesBelow("src").filter((file) => /(?<!\.d)\.ts$/.test(file))];
}

function filesBelow(folder, parent = ".") {
  if (!existsSync(join(parent, folder))) return [];
  return readdirSync(join(parent, folder), { recursive: true }).map((file) => join(folder, file));
}
