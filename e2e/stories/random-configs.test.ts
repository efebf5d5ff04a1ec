import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import fc from "fast-check";

import { anyConfig } from "../../__tests__/support/any-config";
import { anyMutatedConfig, mutated } from "../../__tests__/support/mutated-config";
import { outcomeOf } from "../../__tests__/support/rejection";
import { synthesized } from "../../__tests__/support/synthesis";
import type { Config } from "../../src/config";
import { InvalidInputError } from "../../src/errors";
import { PROVIDER_VERSION } from "../../src/model/place";
import { localAwsEnvironment } from "../support/environment";
import { providerMirror } from "../support/provider-mirror";
import { writeTerraformConfig } from "../support/terraform-config";
import { TerraformDirectory } from "../support/terraform-directory";

/** Other configs: `RANDOM_CONFIGS_SEED=1 npx jest --config e2e/jest.config.js random-configs`. */
const SEED = Number(process.env["RANDOM_CONFIGS_SEED"] ?? 1);

/** Values that are accepted in many places. */
const VALUES = ["empty list", "empty object", "right-to-left text", "name of a prototype", "constructor", "minus zero"];

type Stacks = ReadonlyMap<string, string>;

/** The text of each stack by its name, or `undefined` for a config that is rejected. */
function stacksOf(config: Config): Stacks | undefined {
  const outcome = outcomeOf(() => synthesized(config));
  if (outcome instanceof InvalidInputError) return undefined;
  const files = [...outcome].filter(([path]) => basename(path) === "cdk.tf.json");
  return new Map(files.map(([path, text]) => [basename(dirname(path)), text]));
}

/** Some need version 6 of the provider, which is not the one that is tested. */
function isForTestedProvider(stacks: Stacks): boolean {
  return [...stacks.values()].every((text) => text.includes(`"version": "${PROVIDER_VERSION}"`));
}

/** The stacks of the first so many configs that are accepted. */
function accepted(configs: fc.Arbitrary<Config>, count: number): Stacks[] {
  const found: Stacks[] = [];
  for (const config of fc.sample(configs, { seed: SEED, numRuns: 1500 })) {
    const stacks = found.length < count ? stacksOf(config) : undefined;
    if (stacks && isForTestedProvider(stacks)) found.push(stacks);
  }
  return found;
}

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "random-configs-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes each stack as a module of one configuration: the provider, which takes seconds to start, starts once. */
function writeModules(configs: readonly Stacks[]): void {
  const modules: Record<string, { source: string }> = {};
  for (const [index, stacks] of configs.entries()) {
    for (const [name, text] of stacks) {
      const module = `config-${index}-${name}`;
      mkdirSync(join(folder, module));
      writeFileSync(join(folder, module, "cdk.tf.json"), text);
      modules[module] = { source: `./${module}` };
    }
  }
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ module: modules }));
}

test(`every stack of 16 random configs is valid Terraform; seed ${SEED}`, async () => {
  const configs = [...accepted(anyConfig, 8), ...accepted(anyMutatedConfig(...VALUES).map(mutated), 8)];
  expect(configs).toHaveLength(16);
  writeModules(configs);
  const environment = localAwsEnvironment("http://127.0.0.1:1", writeTerraformConfig(folder, providerMirror()));
  const terraform = new TerraformDirectory(folder, environment);
  await terraform.init("-backend=false");

  const { exitCode, stdout } = await terraform.terraform("validate", "-json");

  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { severity: string; summary: string }[] };
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(exitCode).toBe(0);
});
