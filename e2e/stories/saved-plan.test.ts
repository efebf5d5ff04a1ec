import { runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import type { Plan } from "../support/terraform-directory";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let project: Project;
let reviewed: string;
let later: string;
let plan: Plan;

beforeAll(async () => {
  await aws.createRepository("demo");
  project = aws.project(demoLocal());
});

describe("a plan is saved for review, and the tag moves before it is applied", () => {
  test("the plan shows the digest to the reviewer", async () => {
    reviewed = await push(aws.ecr, "demo", manifest("reviewed"), "1.10");

    plan = await project.plan("demo-local");

    expect(plan.text).toContain(reviewed);
  });

  test("the apply runs what was reviewed, not what the tag points at by then", async () => {
    later = await push(aws.ecr, "demo", manifest("later"), "1.10");

    await project.stack("demo-local").apply(plan);

    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([reviewed]);
  });

  test("the next plan shows what the tag points at now", async () => {
    const next = await project.plan("demo-local");

    expect(next.exitCode).toBe(2);
    expect(next.text).toContain(later);
  });
});
