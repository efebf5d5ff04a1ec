import { AwsStack, type AwsStackProps } from "../../src/stacks/aws-stack";
import { type SynthesizedStack, newApp, synthesizedStack } from "../support/synthesized-stack";
import { rejection, uncompiled } from "../support/rejection";

class EmptyStack extends AwsStack {}

const PROPS: AwsStackProps = { region: "us-east-1", state: { backend: "local" }, tags: { service: "demo" } };

const synthesized = (props: Partial<AwsStackProps> = {}): SynthesizedStack =>
  synthesizedStack(new EmptyStack(newApp(), "demo-staging", { ...PROPS, ...props }));
const rejected = (props: Partial<AwsStackProps>): string =>
  rejection(() => new EmptyStack(newApp(), "demo-staging", { ...PROPS, ...props }));

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

  test("may be of any version that has all we emit", () => {
    expect(synthesized().providerVersion()).toBe(">= 5.100.0, < 7.0.0");
  });

  test("is of an exact version where one is stated", () => {
    expect(synthesized({ providerVersion: "6.25.0" }).providerVersion()).toBe("6.25.0");
  });
});

describe("the state of a stack", () => {
  test("is a file outside of cdktf.out, by a relative path", () => {
    expect(synthesized().backend()).toEqual({ local: { path: "../../../.terraform-state/demo-staging.tfstate" } });
  });

  test("is an encrypted object in S3 that is locked while it is written", () => {
    const state = { backend: "s3", bucket: "states", region: "eu-central-1" } as const;

    expect(synthesized({ state }).backend()).toEqual({
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
    const state = { backend: "s3", bucket: "states", region: "eu-central-1" } as const;

    expect(synthesized({ state, accountId: "012345678901" }).backend()).toMatchObject({
      s3: { allowed_account_ids: ["012345678901"] },
    });
  });
});

test.each(["us-gov-west-1", "cn-north-1", "eusc-de-east-1", "ap-southeast-5"])("%s is a region", (region) => {
  expect(synthesized({ region }).provider()["region"]).toBe(region);
});

describe("a stack rejects", () => {
  test.each([
    [{ region: "us-east1" }, 'region "us-east1" is not an AWS region; use one like "us-east-1"'],
    [{ region: "" }, 'region "" is not an AWS region; use one like "us-east-1"'],
    [{ accountId: "12345678901" }, 'accountId "12345678901" is not an AWS account id; use 12 digits in quotes'],
    [{ accountId: "1234-5678-9012" }, 'accountId "1234-5678-9012" is not an AWS account id; use 12 digits in quotes'],
    [{ providerVersion: "~> 5.100" }, 'providerVersion "~> 5.100" is not exact; use one like "5.100.0"'],
    [
      { state: { backend: "s3", bucket: "My_States", region: "us-east-1" } },
      'state: bucket "My_States" is not valid; use 3 to 63 lower-case letters, digits, "-" or single "."',
    ],
    [
      { state: { backend: "s3", bucket: "states", region: "Frankfurt" } },
      'state: region "Frankfurt" is not an AWS region; use one like "us-east-1"',
    ],
    [
      { tags: { "aws:owner": "me" } },
      'tags: key "aws:owner" is reserved by AWS; use one that does not begin with "aws:"',
    ],
    [
      { tags: { "AWS:owner": "me" } },
      'tags: key "AWS:owner" is reserved by AWS; use one that does not begin with "aws:"',
    ],
    [
      { tags: { owner: "me", team: "web", Owner: "you" } },
      'tags: keys "owner" and "Owner" differ only in case, which IAM takes for the same; remove one',
    ],
    [
      { tags: { owner: uncompiled(undefined) } },
      'tags: value undefined of "owner" is not text; write it in quotes, or leave the tag out',
    ],
    [
      { tags: { owner: uncompiled(null) } },
      'tags: value null of "owner" is not text; write it in quotes, or leave the tag out',
    ],
    [
      { tags: { owner: uncompiled(7) } },
      'tags: value 7 of "owner" is not text; write it in quotes, or leave the tag out',
    ],
    [
      { tags: { "owner?": "me" } },
      'tags: key "owner?" is not valid; use 1 to 128 letters, digits, spaces or "_.:/=+-@"',
    ],
    [
      { tags: { owner: "me; you" } },
      'tags: value "me; you" of "owner" is not valid; use at most 256 letters, digits, spaces or "_.:/=+-@"',
    ],
    [
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [index, ""])) },
      "tags: 51 tags; AWS takes 50",
    ],
  ] satisfies [Partial<AwsStackProps>, string][])("%j", (props, message) => {
    expect(rejected(props)).toBe(message);
  });
});

describe("a stack rejects a state", () => {
  const BUCKET = 'use 3 to 63 lower-case letters, digits, "-" or single "."';

  test.each<[unknown, string]>([
    [undefined, "undefined is not an object; its properties are backend, bucket, region"],
    [{}, "backend undefined is not valid; choose local, s3"],
    [{ backend: "gcs" }, 'backend "gcs" is not valid; choose local, s3'],
    [{ backend: "S3", bucket: "states" }, 'backend "S3" is not valid; choose local, s3'],
    [{ backend: "local", path: "a" }, 'unknown property "path"; known are backend, bucket, region'],
    [{ backend: "local", bucket: "states" }, 'unknown property "bucket"; known are backend'],
    [
      { backend: "s3", bucket: "states", region: "us-east-1", key: "a" },
      'unknown property "key"; known are backend, bucket, region',
    ],
    [{ backend: "s3", region: "us-east-1" }, `bucket undefined is not valid; ${BUCKET}`],
    [{ backend: "s3", bucket: "a..b", region: "us-east-1" }, `bucket "a..b" is not valid; ${BUCKET}`],
    [{ backend: "s3", bucket: "states" }, 'region undefined is not an AWS region; use one like "us-east-1"'],
  ])("%j", (state, message) => {
    expect(rejected({ state: uncompiled(state) })).toBe(`state: ${message}`);
  });
});

describe("the version of the provider", () => {
  test.each(["5.100.0", "5.101.3", "6.0.0", "6.100.12"])("may be %s", (providerVersion) => {
    expect(synthesized({ providerVersion }).providerVersion()).toBe(providerVersion);
  });

  test.each(["4.67.0", "5.99.9", "7.0.0", "50.100.0"])("is rejected as %s, which lacks what we emit", (version) => {
    expect(rejected({ providerVersion: version })).toBe(
      `providerVersion "${version}" is not supported; use one that is >= 5.100.0, < 7.0.0`,
    );
  });
});

test("tags may hold letters of any script, and fifty of them are taken", () => {
  const tags = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`größe ${String(index)}`, "漢字 +-=._:/@"]),
  );

  expect(synthesized({ tags }).provider()["default_tags"]).toEqual([{ tags }]);
});
