import { runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let project: Project;
let digest: string;

beforeAll(async () => {
  await aws.createRepository("demo");
  digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(demoLocal(), "build/docs/guides/queue.js");
});

describe("a service with a queue next to it, as in docs/guides/queue.md", () => {
  test("the first plan shows the digest, though the URL of the queue is not known yet", async () => {
    const { text } = await project.plan("demo-local");

    expect(text).toMatch(/\+ container_definitions += \(known after apply\)/);
    expect(text).toMatch(new RegExp(`\\+ planned_images += \\{[^}]*digest +(=|:) +"${digest}"`));
  });

  test("is deployed in one go, and its permissions are in effect before its first task starts", async () => {
    const { output } = await project.deploy("demo-local");

    const right = output.search(/aws_iam_role_policy\.task-role_policy\w* .*Creation complete/);
    const service = output.search(/aws_ecs_service\.service .*Creating\.\.\./);
    expect([right, service]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(right).toBeGreaterThan(0);
    expect(service).toBeGreaterThan(right);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
  });

  test("the container has the URL of the queue", async () => {
    const { container } = await aws.revision("demo-local:1");

    expect(container.environment).toEqual([
      { name: "GREETING", value: "hello" },
      { name: "QUEUE_URL", value: expect.stringMatching(/^http.*\/orders-local$/) as string },
    ]);
  });

  test("a second plan is empty", async () => {
    const plan = await project.plan("demo-local");

    expect(plan.actions).toEqual({});
    expect(plan.exitCode).toBe(0);
  });
});
