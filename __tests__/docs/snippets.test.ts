import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** What the compiler, the linter and the tests read. A snippet is an excerpt of one of these. */
const CODE = [...filesIn("docs", ".ts"), ...filesIn("examples", ".ts"), ...filesIn("src/config", ".ts")];
const PAGES = ["README.md", ...filesIn("docs", ".md"), ...filesIn("examples", ".md")];

function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(ending)).map((file) => join(folder, file));
}

const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The fenced blocks of a language on all pages, named by where they stand. */
function snippets(language: string): [string, string][] {
  return PAGES.flatMap((page) => {
    const text = textOf(page);
    const blocks = text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^ *\`\`\`$`, "gms"));
    return [...blocks].map(({ index, 2: code = "" }): [string, string] => [
      `${page}:${text.slice(0, index).split("\n").length}`,
      code,
    ]);
  });
}

/**
 * Code without white space, without imports of ours (a page names the reader's files), and without last commas. There may
 * be more imports than a page shows.
 */
function condensed(code: string): string {
  return code
    .replace(/^import [^;]*? from "(\.|ecs-pin)[^"]*";$/gms, "")
    .replace(/^import [^;]*? from "[^"]*";$/gms, "$&…")
    .replace(/\s+/g, "")
    .replace(/[,;]+(?=[)\]}]|$)/g, "");
}

const code = CODE.map((file) => condensed(textOf(file)));

/** Whether the pieces of a snippet, between one `…` and the next, stand in a text in this order. */
function isExcerpt(snippet: string, text: string): boolean {
  let from = 0;
  return condensed(snippet)
    .split("…")
    .map((piece) => piece.replace(/^[,;]+|[,;]+$/g, ""))
    .every((piece) => {
      const found = text.indexOf(piece, from);
      from = found + piece.length;
      return found >= 0;
    });
}

test.each(snippets("ts"))("the code at %s is an excerpt of a file that is compiled", (_, snippet) => {
  expect(code.some((text) => isExcerpt(snippet, text)) ? "" : snippet).toBe("");
});

/** What reads a language, and fails if it cannot. */
const PARSERS: Readonly<Record<string, (snippet: string) => unknown>> = {
  json: (snippet) => JSON.parse(snippet) as unknown,
  sh: (snippet) => execFileSync("bash", ["-n"], { input: snippet, stdio: "pipe" }),
  yaml: (snippet) =>
    execFileSync(join(ROOT, "node_modules/.bin/prettier"), ["--parser", "yaml"], { input: snippet, stdio: "pipe" }),
};

describe.each(Object.entries(PARSERS))("%s", (language, parse) => {
  test("can be read wherever it is shown", () => {
    for (const [place, snippet] of snippets(language))
      expect({ place, read: succeeds(() => parse(snippet)) }).toEqual({ place, read: true });
  });
});

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

test("a snippet that differs is found", () => {
  const text = condensed("const a = { b: 1, c: [2, 3] };");
  expect(isExcerpt("a = {\n  b: 1,\n  … [2, 3],\n}", text)).toBe(true);
  expect(isExcerpt("a = { b: 2, … }", text)).toBe(false);
  expect(isExcerpt("c: [2, 3] … b: 1", text)).toBe(false);
});
