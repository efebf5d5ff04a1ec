import { existsSync } from "node:fs";

import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";

import type { Config } from "../../src/config";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { succeeded, words } from "../support/run";
import { useLocalAws } from "./local-aws";

const WITH_DEMO = demoLocal();
/** The config after somebody has removed the service `demo`. */
const WITHOUT_DEMO: Config = {
  ...WITH_DEMO,
  services: WITH_DEMO.services.map((service) => ({
    ...service,
    name: "shop",
    containers: service.containers.map((container) => ({ ...container, image: { repository: "shop", tag: "1.10" } })),
  })),
};

const aws = useLocalAws();
let project: Project;
let digest: string;

const repositories = async (): Promise<(string | undefined)[]> => {
  const { repositories: found = [] } = await aws.ecr.send(new DescribeRepositoriesCommand({}));
  return found.map(({ repositoryName }) => repositoryName).sort();
};

beforeAll(async () => {
  project = aws.project(WITH_DEMO);
  await project.deploy("registry");
  digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
  await project.deploy("demo-local");
  project.edit(WITHOUT_DEMO);
});

describe("a service that was removed from the config before it was destroyed", () => {
  test("cannot be destroyed, and what was synthesized for it is gone", async () => {
    const { exitCode, output } = await project.cdktf(["destroy", "demo-local", "--auto-approve"]);

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("Could not find stack for pattern 'demo-local'");
    expect(existsSync(project.stack("demo-local").path)).toBe(false);
    expect((await aws.inventory()).services).toEqual(["demo-local"]);
  });

  test("can be destroyed as soon as it is back", async () => {
    project.edit(WITH_DEMO);

    await project.destroy("demo-local");

    expect(await aws.inventory()).toMatchObject({ services: [], logGroups: [] });
  });
});

describe("a repository that left the config while it holds images", () => {
  test("is kept, and every deploy of the registry fails", async () => {
    project.edit(WITHOUT_DEMO);

    const { exitCode, output } = await project.tryDeploy("registry");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("RepositoryNotEmptyException: The repository with name 'demo'");
    expect(await repositories()).toEqual(["demo", "shop"]);
  });

  test("is left alone once the state has forgotten it", async () => {
    const terraform = project.stack("registry");
    const address = (await terraform.resources()).find((resource) => resource.includes("_demo_")) ?? "";
    succeeded(await terraform.terraform("state", "rm", address));

    await project.deploy("registry");

    expect(await repositories()).toEqual(["demo", "shop"]);
    expect(await aws.digestOfTag("demo", "1.10")).toBe(digest);
  });

  test("is deleted once its images are", async () => {
    const shop = await push(aws.ecr, "shop", manifest("shop"), "1.10");
    project.edit({ ...WITHOUT_DEMO, services: [] });
    await expect(project.deploy("registry")).rejects.toThrow("RepositoryNotEmptyException");

    await aws.deleteImage("shop", shop);
    await project.deploy("registry");

    expect(await repositories()).toEqual(["demo"]);
  });
});
