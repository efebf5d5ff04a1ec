import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const SRC = resolve(__dirname, "../src");
const PUBLIC_CONSTRUCTS = ["constructs/job/pinned-fargate-job.ts", "constructs/service/pinned-fargate-service.ts"];

/** By folder or file of src, what it may import besides itself and errors.ts. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  "errors.ts": [],
  image: [],
  model: ["image"],
  constructs: ["model", "image"],
  stacks: ["constructs", "model"],
  config: ["model"],
  "index.ts": ["constructs", "model"],
  operations: ["config", "model", "image"],
  "cli.ts": ["config", "operations"],
};

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** The files that a file imports, types too, and be it by `import(…)`. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/(?:from|import|require)\s*\(?\s*"(\.[^"]*)"/g)].map(([, path = ""]) => {
    const target = join(dirname(file), path);
    return [`${target}.ts`, join(target, "index.ts")].find((each) => existsSync(join(SRC, each))) ?? target;
  });
}

const folderOf = (file: string): string => file.split("/")[0] ?? "";

test.each([...imports])("%s imports along the arrows only", (file, targets) => {
  const allowed = [folderOf(file), "errors.ts", ...(ARROWS[folderOf(file)] ?? [])];
  const others = targets.filter((target) => !allowed.includes(folderOf(target)));
  expect(others).toEqual(file === "config/types.ts" ? PUBLIC_CONSTRUCTS : []);
});

test("no files import each other in a circle", () => {
  const done = new Set<string>();
  const visit = (file: string, above: readonly string[]): void => {
    expect(above.includes(file) ? [...above, file] : []).toEqual([]);
    if (!done.has(file)) (imports.get(file) ?? []).forEach((target) => visit(target, [...above, file]));
    done.add(file);
  };
  files.forEach((file) => visit(file, []));
});
