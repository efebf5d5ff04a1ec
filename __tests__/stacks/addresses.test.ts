import { readFileSync } from "node:fs";
import { join } from "node:path";

import { everything } from "../support/everything";
import { shippedConfig } from "../support/shipped-config";
import { stacksOf } from "../support/shipped-stacks";

/** By config, the addresses of each stack. */
const ADDRESSES = JSON.parse(readFileSync(join(__dirname, "addresses.json"), "utf8")) as Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
>;

/** Terraform destroys a resource whose address changes, and creates it again. */
test.each([
  ["shipped", shippedConfig],
  ["everything", everything],
])("the resources and lookups of the config %j keep their Terraform addresses", (name, config) => {
  const found = [...stacksOf(config)].map(([stackName, stack]) => [stackName, stack.addresses()]);

  expect(Object.fromEntries(found)).toEqual(ADDRESSES[name]);
});
