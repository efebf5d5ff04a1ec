import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "..");
const STORIES = join(ROOT, "e2e", "stories");

/** What docs/troubleshooting.md has an entry for, in the parts between its `…`. */
const ENTRIES = [...readFileSync(join(ROOT, "docs", "troubleshooting.md"), "utf8").matchAll(/\*\*([^*]+)\*\*/g)]
  .flatMap(([, title = ""]) => [...title.matchAll(/`([^`]+)`/g)])
  .map(([, message = ""]) => message.split("…"));

/** The texts that a story expects in what a command or a stopped task says. */
const EXPECTED =
  /(?:\b(?:(?:words|failure|ending)\(.*\)+|output\)|at\(-1\)\)|rejects)|[sS]toppedReason(?:\(\))?\))\s*\.(?:toContain|toMatch|toThrow|toBe)\(\s*(["'`/])(.+?)\1,?\s*\)/g;
/** What is no error of a deploy: also what a job has said at its end, and a schedule that is gone, as it should be. */
const GOOD_NEWS = /^(Installing |Apply complete!|SIGTERM: waiting |\^?\S+: deployed|migrate: \d|nightly-local$)/;

const expected = readdirSync(STORIES)
  .filter((name) => name.endsWith(".test.ts"))
  .flatMap((name) => [...readFileSync(join(STORIES, name), "utf8").matchAll(EXPECTED)])
  .map(([, , text = ""]) => text.replaceAll("\\", ""))
  .filter((text) => !GOOD_NEWS.test(text));

/** Whether a text has all parts in order, but for spaces; the versions, revisions and images in an entry are examples. */
function has(text: string, parts: readonly string[]): boolean {
  const essence = (part: string): string =>
    part
      .replaceAll(/\s/g, "")
      .replaceAll(/\d+(\.\d+)*/g, "0")
      .replaceAll(/\([\w-]+-image\/[\w-]+/g, "(web-image/web");
  let from = 0;
  return parts.map(essence).every((part) => {
    const at = essence(text).indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

test("the messages of the stories are found", () => {
  expect(expected.length).toBeGreaterThan(15);
});

test.each([...new Set(expected)])("there is an entry for %s", (text) => {
  expect(ENTRIES.filter((parts) => has(text, parts))).not.toEqual([]);
});
