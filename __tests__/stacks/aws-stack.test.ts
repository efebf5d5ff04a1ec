import type { StackProps } from "../../src/model/place";
import { AwsStack } from "../../src/stacks/aws-stack";
import { newApp, synthesizedStack, type SynthesizedStack } from "../support/synthesized-stack";

class EmptyStack extends AwsStack {}

const PROPS: StackProps = {
  stackName: "demo-staging",
  region: "us-east-1",
  state: { backend: "local" },
  tags: { service: "demo" },
};
const S3_STATE = { backend: "s3", bucket: "states", region: "eu-central-1" } as const;

const synthesized = (props: Partial<StackProps> = {}): SynthesizedStack =>
  synthesizedStack(new EmptyStack(newApp(), { ...PROPS, ...props }));

test("a stack has the given name", () => {
  expect(new EmptyStack(newApp(), PROPS).node.id).toBe("demo-staging");
});

describe("the provider of a stack", () => {
  test("has the region and the tags of every resource", () => {
    expect(synthesized().provider()).toEqual({
      region: "us-east-1",
      default_tags: [{ tags: { service: "demo" } }],
    });
  });

  test("refuses every account but the one that is named", () => {
    expect(synthesized({ accountId: "012345678901" }).provider()["allowed_account_ids"]).toEqual(["012345678901"]);
  });

  test("may have any version that supports all we emit", () => {
    expect(synthesized().providerVersion()).toBe(">= 5.100.0, < 7.0.0");
  });

  test("has an exact version if one is given", () => {
    expect(synthesized({ providerVersion: "6.25.0" }).providerVersion()).toBe("6.25.0");
  });
});

describe("the state of a stack", () => {
  test("is a file outside of cdktf.out, by a relative path", () => {
    expect(synthesized().backend()).toEqual({ local: { path: "../../../.terraform-state/demo-staging.tfstate" } });
  });

  test("is an encrypted object in S3 that is locked while it is written", () => {
    expect(synthesized({ state: S3_STATE }).backend()).toEqual({
      s3: {
        bucket: "states",
        key: "ecs-pin/demo-staging.tfstate",
        region: "eu-central-1",
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  test("is refused to every account but the one that is named", () => {
    expect(synthesized({ state: S3_STATE, accountId: "012345678901" }).backend()).toMatchObject({
      s3: { allowed_account_ids: ["012345678901"] },
    });
  });
});
