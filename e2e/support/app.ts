import { readFileSync } from "node:fs";

import { App } from "cdktf";

import { resolveConfig, type Config } from "../../src/config";
import { InvalidInputError } from "../../src/errors";
import { synthesize } from "../../src/stacks";

/** `main.ts` with the config of a JSON file, so that a test can deploy what the repository does not ship. */
try {
  const config = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Config;
  synthesize(new App(), resolveConfig(config, process.env));
} catch (error) {
  if (!(error instanceof InvalidInputError)) throw error;
  console.error(error.message);
  process.exit(1);
}
