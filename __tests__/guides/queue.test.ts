import { readFileSync } from "node:fs";
import { join } from "node:path";

import { extend } from "../../docs/guides/queue";
import { resolveConfig } from "../../src/config";
import { ServiceStack } from "../../src/stacks";
import { config, container, service } from "../support/config";
import { readable } from "../support/shipped-stacks";
import { newApp, synthesizedStack } from "../support/synthesized-stack";

const GUIDES = join(__dirname, "..", "..", "docs", "guides");

describe("a queue next to a service", () => {
  test("is what the guide promises", () => {
    const services = [service({ containers: [container({ name: "demo" })], extend })];
    const [shop] = resolveConfig(config({ services }), {}).services;
    if (!shop) throw new Error("no stack");

    expect(readable(synthesizedStack(new ServiceStack(newApp(), shop)))).toMatchSnapshot();
  });

  test("is the code that the guide shows", () => {
    const code = readFileSync(join(GUIDES, "queue.ts"), "utf8").replace("../../src/config/types", "./types");

    expect(readFileSync(join(GUIDES, "queue.md"), "utf8")).toContain(`\`\`\`ts\n${code}\`\`\``);
  });
});
