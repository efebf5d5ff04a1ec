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
const IN_S3 = {
  accountId: "012345678901",
  state: { backend: "s3", bucket: "states", prefix: "team/shop", region: "eu-central-1" },
} as const;

const synthesized = (props: Partial<StackProps> = {}): SynthesizedStack =>
  synthesizedStack(new EmptyStack(newApp(), { ...PROPS, ...props }));

test("a stack has the given name", () => {
  expect(new EmptyStack(newApp(), PROPS).node.id).toBe("demo-staging");
});

describe("the provider of a stack", () => {
  test("has the region and the tags of every resource", () => {
    expect(synthesized().provider()).toEqual({
      region: "us-east-1",
      max_retries: 10,
      default_tags: [{ tags: { service: "demo" } }],
    });
  });

  test("refuses every account but the one that is named", () => {
    expect(synthesized({ accountId: "012345678901" }).provider()["allowed_account_ids"]).toEqual(["012345678901"]);
  });

  test("has the exact version that the tests run with", () => {
    expect(synthesized().providerVersion()).toBe("5.100.0");
  });

  test("has another version if one is given", () => {
    expect(synthesized({ providerVersion: "6.25.0" }).providerVersion()).toBe("6.25.0");
  });
});

describe("the state of a stack", () => {
  test("is a file outside of cdktf.out, by a relative path, by region", () => {
    expect(synthesized().backend()).toEqual({
      local: { path: "../../../.terraform-state/us-east-1/demo-staging.tfstate" },
    });
  });

  test("is a file by account and region if the account is named", () => {
    expect(synthesized({ accountId: "012345678901", region: "eu-west-1" }).backend()).toEqual({
      local: { path: "../../../.terraform-state/012345678901/eu-west-1/demo-staging.tfstate" },
    });
  });

  test("is an object in S3 by project, account and region, locked while it is written", () => {
    expect(synthesized(IN_S3).backend()).toEqual({
      s3: {
        bucket: "states",
        key: "team/shop/012345678901/us-east-1/demo-staging.tfstate",
        region: "eu-central-1",
        use_lockfile: true,
        allowed_account_ids: ["012345678901"],
        max_retries: 5,
      },
    });
  });

  test("is encrypted with a key if one is given; the bucket decides otherwise", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:012345678901:key/1234abcd-12ab-44cd-96ef-1234567890ab";
    expect(synthesized({ ...IN_S3, state: { ...IN_S3.state, kmsKeyArn } }).backend()).toMatchObject({
      s3: { encrypt: true, kms_key_id: kmsKeyArn },
    });
  });
});
