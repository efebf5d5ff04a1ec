import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { App } from "cdktf";

import { everything } from "../../__tests__/support/everything";
import { guideFiles, guides, VARIABLES } from "../../__tests__/support/guides";
import { addStacks } from "../../__tests__/support/stacks";
import { resolveConfig } from "../../src/config";
import { PROVIDER_VERSION } from "../../src/model/place";
import { synthesize } from "../../src/stacks";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();

/**
 * A folder in which every stack of every guide, and of a config that uses all of it, is a module, so that Terraform starts
 * the provider only once for all.
 */
async function stacksAsModules(folder: string): Promise<Record<string, { source: string }>> {
  const modules: Record<string, { source: string }> = {};
  for (const { name, config } of [...(await guides()), { name: "everything", config: everything }]) {
    const guide = name.replace(/\W+/g, "-");
    const app = new App({ outdir: join(folder, guide) });
    addStacks(app, resolveConfig(config, VARIABLES));
    synthesize(app);
    for (const stack of readdirSync(join(folder, guide, "stacks"))) {
      const source = `./${guide}/stacks/${stack}`;
      if (isForTestedProvider(join(folder, source))) modules[`${guide}-${stack}`] = { source };
    }
  }
  return modules;
}

/** Some need version 6 of the provider, which is not the one that is tested. */
function isForTestedProvider(stack: string): boolean {
  return readFileSync(join(stack, "cdk.tf.json"), "utf8").includes(`"version": "${PROVIDER_VERSION}"`);
}

test("every stack that a guide or an example shows, and one with every property, is valid Terraform", async () => {
  const terraform = aws.project().handWritten({});
  const modules = await stacksAsModules(terraform.path);
  writeFileSync(join(terraform.path, "main.tf.json"), JSON.stringify({ module: modules }));
  await terraform.init("-backend=false");

  const { exitCode, output } = await terraform.terraform("validate", "-no-color");

  expect(Object.keys(modules)).toEqual(
    expect.arrayContaining(["everything-entrance-staging", "everything-shop-api-staging"]),
  );
  expect(Object.keys(modules).length).toBeGreaterThan(guideFiles().length);
  expect({ exitCode, errors: output.includes("Error") ? output : "" }).toEqual({ exitCode: 0, errors: "" });
});
