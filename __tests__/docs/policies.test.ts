import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "..", "..", "docs", "policies");

/** Policies with what a service may also need, besides that for all services. */
const THEMES = readdirSync(FOLDER).filter((file) => /^deploy-(?!cluster|registry|services|environments)/.test(file));

function actions(file: string): string[] {
  const policy = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as { Statement: { Action: string[] }[] };
  return policy.Statement.flatMap(({ Action }) => Action);
}

test("a reviewer may read what the deployers of all themes may read, and nothing else", () => {
  const reads = THEMES.flatMap(actions).filter((action) => /:(Describe|Get|List)/.test(action));
  const known = actions("plan.json");

  expect([...new Set(actions("plan-themes.json"))].sort()).toEqual(
    [...new Set(reads.filter((action) => !known.includes(action)))].sort(),
  );
});

test("every policy is explained where people look for it", () => {
  const page = readFileSync(join(FOLDER, "..", "ci.md"), "utf8");

  expect(readdirSync(FOLDER).filter((file) => !page.includes(`(policies/${file})`))).toEqual([]);
});
