import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { services as takenOver } from "../../docs/guides/adopt";
import { services as adopted } from "../../examples/adopt/config";
import { guides, VARIABLES } from "../support/guides";
import { readable, stacksOf } from "../support/shipped-stacks";
import type { SynthesizedStack } from "../support/synthesized-stack";

const EXAMPLES = join(__dirname, "..", "..", "examples");

const folders = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What every app has: the repositories, and the cluster of an environment. */
const isShared = (stack: string): boolean => stack === "registry" || stack.startsWith("cluster-");

/** What is the same in all services and jobs: the snapshots of what ships have it. */
const SAME = ["assume_role_policy", "aws_vpc_security_group_egress_rule", "depends_on", "lifecycle", "terraform_data"];

/** The resources of a stack, without what is the same in all. */
function made(stack: SynthesizedStack): unknown {
  const { resource } = readable(stack) as { resource: unknown };
  return JSON.parse(JSON.stringify(resource, (key, value: unknown) => (SAME.includes(key) ? undefined : value)));
}

describe.each(folders)("%s", (folder) => {
  test("has the stacks that a reader gets", async () => {
    const example = (await guides()).find(({ name }) => name === join("examples", folder, "config"));
    if (!example) throw new Error("it has no config");

    const stacks = [...stacksOf(example.config, VARIABLES)].filter(([name]) => !isShared(name));

    expect(stacks).not.toEqual([]);
    for (const [name, stack] of stacks) expect(made(stack)).toMatchSnapshot(name);
  });

  test("is explained, and in the index", () => {
    expect(existsSync(join(EXAMPLES, folder, "README.md"))).toBe(true);
    expect(readFileSync(join(EXAMPLES, "README.md"), "utf8")).toContain(`](${folder}/README.md)`);
  });
});

test("what is taken over is what the story of the guide takes over", () => {
  expect(takenOver).toEqual(expect.arrayContaining(adopted));
});
