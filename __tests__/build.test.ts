import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");

/** A project whose main prints a value of another file. */
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "ecs-pin-build-"));
  symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
  const compilerOptions = {
    module: "CommonJS",
    lib: ["ES5"], // the least to load
    types: [],
    skipLibCheck: true,
    composite: true,
    noEmitOnError: true,
    rootDir: ".",
    outDir: "build",
  };
  write("tsconfig.build.json", JSON.stringify({ compilerOptions, include: ["main.ts", "src"] }));
  const log = "declare const console: { log(text: string): void };";
  write("main.ts", `import { value } from "./src/value";\n${log}\nconsole.log(value);\n`);
  write("src/value.ts", 'export const value: string = "old";\n');
});
afterEach(() => rmSync(project, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}

const build = (...flags: string[]) =>
  spawnSync(process.execPath, [...flags, join(ROOT, "build.mjs")], { cwd: project, encoding: "utf8" });
/** A module that makes Node say that it is another version. */
function as(node: string): string {
  const versions = JSON.stringify({ ...process.versions, node });
  write("as-node.cjs", `Object.defineProperty(process, "versions", { value: ${versions} });\n`);
  return join(project, "as-node.cjs");
}

const built = (file: string): string => join(project, "build", file);

/** What the app prints after a build that went well. */
function value(): string {
  expect(build()).toMatchObject({ status: 0, stdout: "", stderr: "" });
  const { stdout, stderr } = spawnSync(process.execPath, ["build/main.js"], { cwd: project, encoding: "utf8" });
  return (stdout + stderr).trim();
}

describe("the build", () => {
  test("does not run what was compiled from a file that has become a folder", () => {
    expect(value()).toBe("old");
    rmSync(join(project, "src/value.ts"));
    write("src/value/index.ts", 'export const value: string = "new";\n');

    expect(value()).toBe("new");
    expect(existsSync(built("src/value.js"))).toBe(false);
    expect(existsSync(built("src/value.d.ts"))).toBe(false);
  });

  test("has a file again that was removed and came back", () => {
    expect(value()).toBe("old");
    rmSync(join(project, "src/value.ts"));
    expect(build().status).toBe(1);
    write("src/value.ts", 'export const value: string = "old";\n');

    expect(value()).toBe("old");
  });

  test.each(["main.js", "src/value.js"])("makes up for a missing %s", (file) => {
    value();
    rmSync(built(file));

    expect(value()).toBe("old");
  });

  test("leaves alone what another project has compiled", () => {
    write("e2e/app.ts", "");
    write("build/e2e/app.js", "");

    value();

    expect(existsSync(built("e2e/app.js"))).toBe(true);
  });

  test("writes nothing when nothing has changed", () => {
    value();
    const before = statSync(built("src/value.js")).mtimeMs;

    value();

    expect(statSync(built("src/value.js")).mtimeMs).toBe(before);
  });

  test.each(["18.20.8", "20.18.3", "21.7.3", "22.12.0", "23.11.1", "24.21.0"])(
    "refuses Node %s in one line",
    (node) => {
      expect(build("--require", as(node))).toMatchObject({
        status: 1,
        stdout: "",
        stderr: `Node ${node} is not supported; use the newest Node 20 or 22\n`,
      });
      expect(existsSync(built("main.js"))).toBe(false);
    },
  );

  test.each(["20.19.0", "20.20.2", "22.13.0", "22.23.3"])("runs on Node %s", (node) => {
    expect(build("--require", as(node))).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  test("says in one line that the compiler is not installed", () => {
    rmSync(join(project, "node_modules"));

    expect(build()).toMatchObject({
      status: 1,
      stderr: "node_modules/typescript is missing; run npm ci --include=dev\n",
    });
  });

  test("ends with the compiler's message on a type error", () => {
    write("src/value.ts", "export const value: string = 1;\n");

    expect(build()).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("src/value.ts(1,14): error TS2322") as string,
    });
  });
});
