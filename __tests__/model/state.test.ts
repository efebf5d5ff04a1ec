import { state } from "../../src/model/state";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-44cd-96ef-1234567890ab";
const MULTI_REGION_KEY = `arn:aws-us-gov:kms:us-east-1:123456789012:key/mrk-${"0".repeat(32)}`;
const S3 = { backend: "s3", bucket: "states", prefix: "shop", region: "us-east-1" };
const CLOUD = { backend: "cloud", organization: "team-web", prefix: "shop" };

describe("a state", () => {
  test.each([{ backend: "local" }, S3, { ...S3, region: "cn-north-1" }, { ...S3, kmsKeyArn: KEY }, CLOUD])(
    "may be %j",
    (value) => expect(lines(state, value)).toEqual([]),
  );

  describeProperties(state, S3, [
    [
      "bucket",
      ["abc", "my.states-1", "a".repeat(63)],
      ["ab", "a".repeat(64), "My_States", "a..b", "-abc", "abc.", REFERENCE],
      'use the name of a bucket: 3 to 63 lower-case letters, digits, "-" or single "."',
    ],
    [
      "prefix",
      ["shop", "team/shop", "a", "0!-_.*'()/Z", "...", ".a/b.", "a".repeat(512)],
      [
        "",
        "/shop",
        "shop/",
        "team//shop",
        "my shop",
        "a&b",
        ".",
        "a/../b",
        "./a",
        "größe",
        "a\n",
        "${a}",
        "a".repeat(513),
      ],
      `name this project, with at most 512 letters, digits or "!-_.*'()", and single "/" between them`,
    ],
    [
      "kmsKeyArn",
      [KEY, MULTI_REGION_KEY, undefined],
      ["1234abcd", "alias/state", "arn:aws:kms:us-east-1:123456789012:key/state", `${KEY}0`, REFERENCE],
      "use the ARN of a KMS key, with its whole id: arn:aws:kms:REGION:ACCOUNT:key/ID",
    ],
    ["region", ["us-gov-west-1"], ["Frankfurt", REFERENCE], 'use an AWS region like "us-east-1"'],
  ]);

  test.each<[unknown, string[]]>([
    [undefined, ["it is missing; write it as { … }"]],
    ["s3", ["it is not an object; write it as { … }"]],
    [null, ["it is not an object; write it as { … }"]],
    [["s3"], ["it is not an object; write it as { … }"]],
    [{}, ["it: backend is missing; choose local, s3 or cloud"]],
    [{ backend: "gcs" }, ['it: backend "gcs" is not valid; choose local, s3 or cloud']],
    [{ backend: "S3", bucket: "states" }, ['it: backend "S3" is not valid; choose local, s3 or cloud']],
    [{ backend: "local", bucket: "states" }, ['it: unknown property "bucket"; choose backend']],
    [
      { ...S3, key: "a" },
      ['it: unknown property "key"; choose backend, bucket, prefix, region, kmsKeyArn or assumeRole'],
    ],
    [
      { backend: "s3" },
      [
        'it: bucket is missing; use the name of a bucket: 3 to 63 lower-case letters, digits, "-" or single "."',
        `it: prefix is missing; name this project, with at most 512 letters, digits or "!-_.*'()", and single "/" between them`,
        'it: region is missing; use an AWS region like "us-east-1"',
      ],
    ],
    [
      { ...S3, kmsKeyArn: KEY.replace("us-east-1", "eu-west-1") },
      ["it: kmsKeyArn is in eu-west-1; use one in us-east-1, where it is needed"],
    ],
  ])("may not be %j", (value, messages) => expect(lines(state, value)).toEqual(messages));

  test("in S3 may have a role of its own", () =>
    expect(lines(state, { ...S3, assumeRole: { roleArn: "arn:aws:iam::111122223333:role/state" } })).toEqual([]));
});

describe("a state in HCP Terraform", () => {
  describeProperties(state, CLOUD, [
    [
      "organization",
      ["web", "Team_web-1", "a".repeat(40)],
      ["ab", "team web", "a".repeat(41), REFERENCE],
      'use 3 to 40 letters, digits, "_" or "-"',
    ],
    [
      "prefix",
      ["a", "team_shop-1", "a".repeat(40)],
      ["", "team/shop", "a".repeat(41), REFERENCE],
      'use 1 to 40 letters, digits, "_" or "-"',
    ],
    [
      "project",
      ["Web shop", undefined],
      ["ab", "a/b", "a".repeat(41), REFERENCE],
      'use 3 to 40 letters, digits, spaces, "_" or "-"',
    ],
    [
      "hostname",
      ["terraform.company.net", "tfe.company.net:8443", undefined],
      ["terraform", "https://terraform.company.net", "tfe.company.net/x", "", REFERENCE],
      'use a host name like "terraform.company.net"',
    ],
  ]);

  test("takes no token, and does not repeat it", () =>
    expect(lines(state, { ...CLOUD, token: "secret" })).toEqual([
      'it: unknown property "token"; choose backend, organization, prefix, project or hostname',
    ]));
});
