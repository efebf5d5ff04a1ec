/**
 * `npm run bench:groups [-- SERVICES]` measures what a deploy of several services costs, as a stack each and as one stack, on
 * the local AWS of the end-to-end tests. Prints Markdown for docs/guides/grouped-stacks.md. It only reports.
 */
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { resolve } from "node:path";

import { CreateRepositoryCommand } from "@aws-sdk/client-ecr";

const SERVICES = Number(process.argv[2] ?? 10);

execFileSync("node", ["build.mjs", "e2e/tsconfig.build.json"], { stdio: "inherit" });
const ofTests = (path) => createRequire(import.meta.url)(resolve("build/e2e", path));
const { findPython, startEmulator } = ofTests("emulator/launch.js");
const { takeSeenCalls } = ofTests("emulator/seen-actions.js");
const { clients } = ofTests("support/aws.js");
const { demoLocal } = ofTests("support/configs.js");
const { forgetAwsSettings } = ofTests("support/environment.js");
const { manifest, push } = ofTests("support/images.js");
const { Project } = ofTests("support/project.js");
const { providerMirror } = ofTests("support/provider-mirror.js");
const { pathWithTerraform } = ofTests("support/terraform.js");

forgetAwsSettings();
process.env.PATH = pathWithTerraform(findPython());

/** What a first deploy costs, and one of a new build. */
async function measure(services, stack) {
  const emulator = await startEmulator();
  const { ecr } = clients(emulator.endpoint);
  const { services: shipped, ...places } = demoLocal();
  const named = Array.from({ length: services }, (_, index) => `service-${index}`);
  const config = { ...places, services: named.map((name) => ({ ...shipped[0], name, stack })) };
  const project = new Project(emulator.endpoint, providerMirror(), JSON.parse(JSON.stringify(config)));
  try {
    await ecr.send(new CreateRepositoryCommand({ repositoryName: "demo" }));
    const measured = {};
    for (const [step, build] of [
      ["first deploy", "first"],
      ["a new build of all", "second"],
    ]) {
      await push(ecr, "demo", manifest(build), "1.10");
      measured[step] = await deploy(project, emulator.endpoint);
    }
    return measured;
  } finally {
    project.remove();
    await emulator.stop();
  }
}

/** One stack after another: side by side they only share the same cores. */
async function deploy(project, endpoint) {
  await takeSeenCalls(endpoint);
  const start = performance.now();
  const { exitCode, output } = await project.npmDeploy(["*-local", "--parallelism", "1"]);
  const seconds = (performance.now() - start) / 1000;
  if (exitCode !== 0) throw new Error(output);
  const calls = Object.values(await takeSeenCalls(endpoint)).reduce((sum, count) => sum + count, 0);
  return { seconds, calls };
}

const one = await measure(1);
const together = await measure(SERVICES, "backend");
const apart = await measure(SERVICES);
const line = (cells) => console.log(`| ${cells.join(" | ")} |`);
line(["", "1 service", `${SERVICES} services in one stack`, `${SERVICES} stacks`]);
line(["---", "---", "---", "---"]);
for (const step of Object.keys(one)) {
  const cell = (measured) => {
    const { seconds, calls } = measured[step];
    return `${seconds.toFixed(0)} s (${(seconds / one[step].seconds).toFixed(1)} ×), ${calls} requests`;
  };
  line([step, cell(one), cell(together), cell(apart)]);
}
console.log(`\nNode ${process.version}, ${cpus().length} cores, ${cpus()[0].model.trim()}.`);
