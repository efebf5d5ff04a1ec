import { readFileSync } from "node:fs";
import { join } from "node:path";

import { demoLocal } from "./configs";
import { Project } from "./project";
import { providerVersion } from "./provider-version";

const projects: Project[] = [];

afterEach(() => {
  jest.restoreAllMocks();
  projects.splice(0).forEach((project) => project.remove());
});

function choose(version: string | undefined): void {
  jest.replaceProperty(process, "env", { ...process.env, ECS_PIN_PROVIDER_VERSION: version });
}

/** The version in the JSON of each of the stacks. */
async function synthesized(config?: ConstructorParameters<typeof Project>[2]): Promise<string[]> {
  const project = new Project("http://127.0.0.1:1", "", config);
  projects.push(project);
  await project.synth();
  return ["registry", "demo-local"].map((stack) => {
    const { terraform } = JSON.parse(readFileSync(join(project.stack(stack).path, "cdk.tf.json"), "utf8")) as {
      terraform: { required_providers: { aws: { version: string } } };
    };
    return terraform.required_providers.aws.version;
  });
}

describe.each([
  ["what the repository ships", undefined],
  ["what a test makes of it", demoLocal({ environment: {} })],
])("%s", (_, config) => {
  test("has the version that stacks name", async () => {
    choose(undefined);

    expect(await synthesized(config)).toEqual([providerVersion(), providerVersion()]);
  });

  test("has another if ECS_PIN_PROVIDER_VERSION names one", async () => {
    choose("6.25.0");

    expect(await synthesized(config)).toEqual(["6.25.0", "6.25.0"]);
  });
});

test("Terraform gets the version that stacks name, unless another is chosen", () => {
  expect([{}, { ECS_PIN_PROVIDER_VERSION: "" }, { ECS_PIN_PROVIDER_VERSION: "6.25.0" }].map(providerVersion)).toEqual([
    "5.100.0",
    "5.100.0",
    "6.25.0",
  ]);
});
