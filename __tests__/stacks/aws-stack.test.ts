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

const ASSUME_ROLE = {
  roleArn: "arn:aws:iam::012345678901:role/deploy",
  externalId: "team-web",
  sessionName: "ci",
  duration: "1h",
};

describe("the role that a stack is deployed with", () => {
  test("is assumed by the provider", () =>
    expect(synthesized({ assumeRole: ASSUME_ROLE }).provider()["assume_role"]).toEqual([
      {
        role_arn: "arn:aws:iam::012345678901:role/deploy",
        external_id: "team-web",
        session_name: "ci",
        duration: "1h",
      },
    ]));

  test("has no settings but those that are given", () => {
    const { roleArn } = ASSUME_ROLE;
    expect(synthesized({ assumeRole: { roleArn } }).provider()["assume_role"]).toEqual([{ role_arn: roleArn }]);
  });

  test("does not read the state, whose account is not known then", () => {
    const { s3 } = synthesized({ ...IN_S3, assumeRole: ASSUME_ROLE }).backend();
    expect(s3).not.toHaveProperty("assume_role");
    expect(s3).not.toHaveProperty("allowed_account_ids");
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

  test("is read with a role of its own if one is given, which belongs to the account of the bucket", () => {
    const assumeRole = { roleArn: "arn:aws:iam::999988887777:role/state", externalId: "team-web" };
    expect(synthesized({ ...IN_S3, state: { ...IN_S3.state, assumeRole } }).backend()).toMatchObject({
      s3: {
        assume_role: { role_arn: "arn:aws:iam::999988887777:role/state", external_id: "team-web" },
        allowed_account_ids: ["999988887777"],
      },
    });
  });
});

describe("the state of a stack in HCP Terraform", () => {
  const state = { backend: "cloud", organization: "team-web", prefix: "shop" } as const;

  test("is a workspace by project, account, region and stack", () =>
    expect(synthesized({ ...IN_S3, state }).cloud()).toEqual({
      organization: "team-web",
      workspaces: { name: "shop-012345678901-us-east-1-demo-staging" },
    }));

  test("is in the project and on the host that are given", () =>
    expect(
      synthesized({ ...IN_S3, state: { ...state, project: "Web", hostname: "terraform.company.net" } }).cloud(),
    ).toMatchObject({ hostname: "terraform.company.net", workspaces: { project: "Web" } }));

  test("has no backend besides", () => expect(synthesized({ ...IN_S3, state }).backend()).toBeUndefined());

  test("has a name of at most 90 characters", () => {
    const stackName = `${"a".repeat(80)}-staging`;
    expect(synthesized({ ...IN_S3, state, stackName }).cloud()).toMatchObject({
      workspaces: { name: expect.stringMatching(/^shop-012345678901-us-east-1-a{53}-[0-9a-f]{8}$/) as string },
    });
  });
});
