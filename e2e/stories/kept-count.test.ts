import { UpdateServiceCommand } from "@aws-sdk/client-ecs";

import type { Config } from "../../src/config";
import { describeService, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();

/** The shipped service, whose number of tasks others set. */
function demoKept(): Config {
  const config = demoLocal();
  return { ...config, services: config.services.map((service) => ({ ...service, desiredCount: "keep" })) };
}

/** As auto scaling does, or a person. */
async function scaleTo(desiredCount: number): Promise<void> {
  await aws.ecs.send(new UpdateServiceCommand({ service: "demo-local", desiredCount }));
}

let project: Project;

beforeAll(async () => {
  await aws.createRepository("demo");
  project = aws.project(demoKept());
});

describe("the number of tasks is left to others", () => {
  test("the first deploy starts one", async () => {
    const digest = await push(aws.ecr, "demo", manifest("first"), "1.10");

    await project.deploy("demo-local");

    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
  });

  test("the number that they set is no change in a plan", async () => {
    await scaleTo(6);

    expect((await project.plan("demo-local")).actions).toEqual({});
  });

  test("a deploy replaces as many tasks as there are", async () => {
    const digest = await push(aws.ecr, "demo", manifest("second"), "1.10");

    await project.deploy("demo-local");

    expect(await runningDigests(aws.ecs, "demo-local")).toEqual(Array(6).fill(digest));
    expect(await describeService(aws.ecs, "demo-local")).toMatchObject({ desiredCount: 6, runningCount: 6 });
  });
});
