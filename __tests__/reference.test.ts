import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { jobConfig, serviceConfig } from "../src/config/types";
import { environmentConfig } from "../src/model/config";
import { fargateJob } from "../src/model/job";
import { registryConfig } from "../src/model/registry";
import { fargateService } from "../src/model/service";
import { partsOf } from "./support/properties";

const ROOT = join(__dirname, "..");

/** What a page says of a property. */
interface Entry {
  /** Type and default. */
  readonly head: string;
  readonly docs: string;
  /** Of the object that the property holds, where that has no section. */
  readonly properties: Properties;
}
type Properties = Map<string, Entry>;

let page: string;
let sections: ReadonlyMap<string, Properties>;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "reference-"));
  const file = join(folder, "reference.md");
  execFileSync(process.execPath, ["docs/reference.mjs", file], { cwd: ROOT, stdio: "inherit" });
  page = readFileSync(file, "utf8");
  rmSync(folder, { recursive: true });
  sections = parsePage(page);
}, 300_000);

test("docs/reference.md is what the model says", () => {
  if (readFileSync(join(ROOT, "docs/reference.md"), "utf8") === page) return;
  throw new Error("docs/reference.md is out of date; run: npm run docs");
});

describe.each([
  ["Service", serviceConfig],
  ["Job", jobConfig],
  ["Environment", environmentConfig],
  ["Registry", registryConfig],
  ["Pinned Fargate service", fargateService],
  ["Pinned Fargate job", fargateJob],
])("%s", (title, schema) => {
  test("has an entry with docs for every property, and a default for every optional one", () => {
    const undocumented = faults(schema, title, (path, _, entry) =>
      entry?.docs && !entry.head.endsWith("; optional") ? [] : [path],
    );
    expect(undocumented).toEqual([]);
  });

  test("has the defaults of the schema", () => {
    const wrong = faults(schema, title, (path, property, entry) => {
      const value = property instanceof z.ZodDefault ? property.def.defaultValue : undefined;
      if (value === undefined || typeof value === "object") return [];
      const right = `default: \`${JSON.stringify(value)}\``;
      return entry?.head.endsWith(`; ${right}`) ? [] : [`${path}: not ${right}, but ${entry?.head ?? "nothing"}`];
    });
    expect(wrong).toEqual([]);
  });
});

type Check = (path: string, schema: z.core.$ZodType, entry: Entry | undefined) => string[];

/** What a check finds at a section, and at all that is reached from there. */
function faults(schema: z.ZodObject, title: string, check: Check): string[] {
  return visit(schema, title, [sections.get(title) ?? new Map()], check);
}

/** @param places where the properties of the schema may be described */
function visit(schema: z.core.$ZodType, path: string, places: readonly Properties[], check: Check): string[] {
  if (schema instanceof z.ZodObject) {
    const properties = Object.entries<z.core.$ZodType>(schema.shape);
    const missing = (place: Properties) => properties.filter(([key]) => !place.has(key)).length;
    const [place] = [...places].sort((a, b) => missing(a) - missing(b));
    return properties.flatMap(([key, property]) => {
      const entry = place?.get(key);
      const below = entry ? visit(property, `${path}: ${key}`, placesOf(entry), check) : [];
      return [...check(`${path}: ${key}`, property, entry), ...below];
    });
  }
  return partsOf(schema).flatMap((part) => visit(part, path, places, check));
}

function placesOf({ head, properties }: Entry): Properties[] {
  return [properties, ...linked(head, sections)];
}

/** The sections that a text links to. */
function linked(text: string, sections: ReadonlyMap<string, Properties>): Properties[] {
  return Array.from(text.matchAll(/\]\(#([\w-]+)\)/g), ([, anchor = ""]) => {
    const found = [...sections].find(([title]) => title.toLowerCase().replaceAll(" ", "-") === anchor);
    if (!found) throw new Error(`the page links to #${anchor}, which no section is`);
    return found[1];
  });
}

function parsePage(text: string): ReadonlyMap<string, Properties> {
  const shared: [Properties, string][] = [];
  const sections = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), parseList(section, shared)]),
  );
  for (const [properties, line] of shared) {
    const [section] = linked(line, sections);
    for (const [, name = ""] of line.matchAll(/`(\w+)`/g)) {
      const entry = section?.get(name);
      if (entry) properties.set(name, entry);
    }
  }
  return sections;
}

/** @param shared gets each list that ends with a line ``As in [container](#container): `image`, `command`.`` */
function parseList(text: string, shared: [Properties, string][]): Properties {
  const properties: Properties = new Map();
  for (const item of text.split(/^- /m).slice(1)) {
    const [own = "", nested = ""] = item.replace(/^ {2}/gm, "").split(/^(?=- (?:\*\*`|As in))(.*)/ms);
    const [, name, head = "", docs = ""] = /^\*\*`(\w+)`\*\*: (.*?)(?:\\\n(.*))?$/s.exec(own) ?? [];
    if (name === undefined) shared.push([properties, own]);
    else
      properties.set(name, {
        head: head.replaceAll("\n", " "),
        docs: docs.trim(),
        properties: parseList(nested, shared),
      });
  }
  return properties;
}
