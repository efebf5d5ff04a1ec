import { readdirSync } from "node:fs";
import { join } from "node:path";

import { loadConfig } from "../../src/config";
import type { Project } from "../support/project";
import { providerVersion } from "../support/provider-version";
import { useLocalAws } from "./local-aws";

const { registry, clusters, services, groups, jobs } = loadConfig();
const STACKS = [registry, ...clusters, ...services, ...groups, ...jobs].map(({ stackName }) => stackName).sort();

const aws = useLocalAws();
let project: Project;

beforeAll(async () => {
  project = aws.project();
  await project.synth();
});

test("every stack that is synthesized is one of these", () => {
  expect(readdirSync(join(project.directory, "cdktf.out", "stacks")).sort()).toEqual(STACKS);
});

describe.each(STACKS)("%s", (stack) => {
  test("is valid Terraform for the AWS provider that we promise", async () => {
    const terraform = project.stack(stack);
    const { output } = await terraform.init("-backend=false");
    expect(output).toContain(`Installing hashicorp/aws v${providerVersion()}`);

    const validated = await terraform.terraform("validate", "-no-color");

    expect(validated).toMatchObject({ exitCode: 0, output: "Success! The configuration is valid.\n\n" });
  });
});
