import { App } from "cdktf";

import { loadConfig } from "./src/config";
import { InvalidInputError } from "./src/errors";
import { synthesize } from "./src/stacks";

try {
  const config = loadConfig();
  for (const warning of config.warnings) console.warn(warning);
  synthesize(new App(), config);
} catch (error) {
  if (!(error instanceof InvalidInputError)) throw error;
  console.error(error.message);
  process.exit(1);
}
