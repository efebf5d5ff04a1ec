import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { propertiesOf } from "../support/properties";

const DOCS = join(__dirname, "..", "..", "docs");
const textOf = (file: string): string => readFileSync(join(DOCS, file), "utf8");

const page = textOf("comparison.md");

interface Link {
  readonly text: string;
  readonly file: string;
  readonly anchor: string | undefined;
}

const links: readonly Link[] = Array.from(
  page.matchAll(/\[([^\]]+)\]\(([^)#]*)(?:#([^)]+))?\)/g),
  ([, text = "", file = "", anchor]) => ({ text: text.replace(/\s+/g, " "), file: file || "comparison.md", anchor }),
);

/** Each is the property of ours that does it: the end of its path, and the section that describes it. */
const claims = links
  .filter(({ text, file }) => file === "reference.md" && text.startsWith("`"))
  .map(({ text, anchor = "" }): [string, string] => [text.replaceAll("`", ""), anchor]);

/** Entries of the lists, each in one line. */
const entries = page
  .split(/^- /m)
  .slice(1)
  .map((entry) => (entry.split(/\n(?! )/)[0] ?? "").replace(/\s+/g, " "));

const anchorsOf = (text: string): string[] =>
  Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );

test("has only properties that exist", () => {
  const paths = propertiesOf().flatMap(({ paths }) => [...paths]);
  const invented = claims.filter(([claim]) => !paths.some((path) => path.endsWith(`.${claim}`)));

  expect(claims.length).toBeGreaterThan(200);
  expect(invented).toEqual([]);
});

test("links each property to the section that describes it", () => {
  const sections = new Map(
    textOf("reference.md")
      .split(/^## /m)
      .map((section) => [anchorsOf(`## ${section}`)[0], section]),
  );
  const elsewhere = claims.filter(([claim, anchor]) => {
    const name = claim.split(".").at(-1) ?? "";
    const section = sections.get(anchor) ?? "";
    return !section.includes(`**\`${name}\`**`) && !new RegExp(`^- As in .*(\n {2}.*)*\`${name}\``, "m").test(section);
  });

  expect(elsewhere).toEqual([]);
});

test("has only links that lead somewhere", () => {
  const broken = links.filter(({ file, anchor }) => {
    if (!existsSync(join(DOCS, file))) return true;
    return anchor !== undefined && !anchorsOf(textOf(file)).includes(anchor);
  });

  expect(broken).toEqual([]);
});

test("says of everything what does it, or why nothing does", () => {
  const answer = /\]\(|: (not here|not needed)|^\*\*|^`links`/;

  expect(entries.length).toBeGreaterThan(250);
  expect(entries.filter((entry) => !answer.test(entry))).toEqual([]);
  expect(page).not.toMatch(/\b(later|soon|TODO|planned|not yet)\b/i);
});

test("shows lines for extend that are compiled", () => {
  const code = textOf("guides/comparison.ts");
  const shown = Array.from(page.matchAll(/`(service\.[^`]+)`/g), ([, line = ""]) => line.replace(/\s+/g, " "));

  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter((line) => !code.includes(line))).toEqual([]);
});
