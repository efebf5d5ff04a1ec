import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();

describe("credentials of an account that the environment does not name", () => {
  test("are refused by the provider before anything changes", async () => {
    await aws.createRepository("demo");
    await push(aws.ecr, "demo", manifest("first"), "1.10");
    const project = aws.project(demoLocal({}, { accountId: "999999999999" }));

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("AWS account ID not allowed: 123456789012");
    expect(await aws.inventory()).toEqual({ services: [], revisions: [], logGroups: [] });
  });

  test("are refused by the state backend before the state is read", async () => {
    const state = { backend: "s3", bucket: "terraform-state", prefix: "shop", region: "us-east-1" } as const;
    const project = aws.project(demoLocal({}, { accountId: "999999999999", state }));

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("AWS account ID not allowed: 123456789012");
  });
});
