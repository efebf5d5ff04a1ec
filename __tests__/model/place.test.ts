import { object } from "../../src/model/leaves";
import { PLACE, state, type Place } from "../../src/model/place";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const place = object(PLACE);
const VALID: Place = { region: "us-east-1", state: { backend: "local" } };
const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-44cd-96ef-1234567890ab";
const MULTI_REGION_KEY = `arn:aws-us-gov:kms:us-east-1:123456789012:key/mrk-${"0".repeat(32)}`;
const S3 = { backend: "s3", bucket: "states", prefix: "shop", region: "us-east-1" };

test("a place has a region and a state", () => {
  expect(place.parse(VALID)).toStrictEqual(VALID);
  expect(lines(place, {})).toEqual([
    'it: region is missing; use an AWS region like "us-east-1"',
    "it: state is missing; write it as { … }",
  ]);
});

describeProperties(place, VALID, [
  ["region", ["eu-central-1"], ["Frankfurt", REFERENCE], 'use an AWS region like "us-east-1"'],
  [
    "accountId",
    ["012345678901", REFERENCE, undefined],
    ["12345678901", 123456789012],
    "use the 12 digits of an AWS account in quotes",
  ],
]);

describe("a state", () => {
  test.each([{ backend: "local" }, S3, { ...S3, region: "cn-north-1" }, { ...S3, kmsKeyArn: KEY }])(
    "may be %j",
    (value) => expect(lines(state, value)).toEqual([]),
  );

  describeProperties(state, S3, [
    [
      "bucket",
      ["abc", "my.states-1", "a".repeat(63)],
      ["ab", "a".repeat(64), "My_States", "a..b", "-abc", "abc.", REFERENCE],
      'use 3 to 63 lower-case letters, digits, "-" or single "."',
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
    [{}, ["it: backend is missing; choose local or s3"]],
    [{ backend: "gcs" }, ['it: backend "gcs" is not valid; choose local or s3']],
    [{ backend: "S3", bucket: "states" }, ['it: backend "S3" is not valid; choose local or s3']],
    [{ backend: "local", bucket: "states" }, ['it: unknown property "bucket"; choose backend']],
    [{ ...S3, key: "a" }, ['it: unknown property "key"; choose backend, bucket, prefix, region or kmsKeyArn']],
    [
      { backend: "s3" },
      [
        'it: bucket is missing; use 3 to 63 lower-case letters, digits, "-" or single "."',
        `it: prefix is missing; name this project, with at most 512 letters, digits or "!-_.*'()", and single "/" between them`,
        'it: region is missing; use an AWS region like "us-east-1"',
      ],
    ],
    [
      { ...S3, kmsKeyArn: KEY.replace("us-east-1", "eu-west-1") },
      ["it: kmsKeyArn is a key in eu-west-1; use one in us-east-1, where it is needed"],
    ],
  ])("may not be %j", (value, messages) => expect(lines(state, value)).toEqual(messages));

  test("of a place is named in its problems", () =>
    expect(lines(place, { ...VALID, state: { backend: "gcs" } })).toEqual([
      'it: state: backend "gcs" is not valid; choose local or s3',
    ]));
});

describe("the version of the provider", () => {
  const linesOf = (providerVersion: unknown): string[] => lines(place, { ...VALID, providerVersion });

  test.each(["5.100.0", "5.101.3", "6.0.0", "6.100.12", undefined])("may be %s", (version) =>
    expect(linesOf(version)).toEqual([]),
  );

  test.each(["~> 5.100", "5.100", "v5.100.0", "6.0.0-beta1", "", 5, null])(
    "is rejected as %j, which is not exact",
    (version) =>
      expect(linesOf(version)).toEqual([
        `it: providerVersion ${JSON.stringify(version)} is not an exact version; use one like "5.100.0"`,
      ]),
  );

  test.each(["4.67.0", "5.99.9", "7.0.0", "50.100.0"])("is rejected as %s, which lacks what we emit", (version) =>
    expect(linesOf(version)).toEqual([
      `it: providerVersion "${version}" is not supported; use a version >= 5.100.0, < 7.0.0`,
    ]),
  );
});
