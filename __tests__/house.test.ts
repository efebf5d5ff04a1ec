import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

import { preProcessFile } from "typescript";

const SRC = join(__dirname, "..", "src");

/** The files of src, and what each imports of them, types too. */
const imports: ReadonlyMap<string, readonly string[]> = new Map(
  readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, importsOf(file)]),
);

function importsOf(file: string): string[] {
  return preProcessFile(readFileSync(join(SRC, file), "utf8"))
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => normalize(join(dirname(file), fileName)))
    .map((imported) => (existsSync(join(SRC, `${imported}.ts`)) ? `${imported}.ts` : join(imported, "index.ts")));
}

/** The way from a file back to itself, if there is one. */
function circleFrom(start: string, file: string, seen: Set<string>): string[] | undefined {
  for (const next of imports.get(file) ?? []) {
    if (next === start) return [file, start];
    if (seen.has(next)) continue;
    seen.add(next);
    const rest = circleFrom(start, next, seen);
    if (rest) return [file, ...rest];
  }
  return undefined;
}

describe("the files of src", () => {
  test("are found, and so are their imports", () => {
    expect(imports.get("stacks/service-stack.ts")).toContain("constructs/service/pinned-fargate-service.ts");
    expect([...imports.values()].flat().filter((file) => !imports.has(file))).toEqual([]);
  });

  test("import each other in no circle", () => {
    expect([...imports.keys()].flatMap((file) => circleFrom(file, file, new Set()) ?? [])).toEqual([]);
  });
});
