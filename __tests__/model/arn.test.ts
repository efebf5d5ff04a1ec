import { REGION, accountId, cluster, ec2Id, kmsKeyArn, regionFault } from "../../src/model/arn";
import { literal, object } from "../../src/model/leaves";
import { REFERENCE, describeProperties } from "../support/problems";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const schema = object({
  accountId: accountId.optional(),
  region: literal(REGION).optional(),
  kmsKeyArn: kmsKeyArn.optional(),
  cluster: cluster.optional(),
  subnet: ec2Id("subnet").optional(),
});

describeProperties(schema, {}, [
  [
    "accountId",
    ["123456789012", "012345678901", REFERENCE],
    ["", "12345678901", "1234567890123", "12345678901x", "1234-5678-9012", 123456789012],
    "use the 12 digits of an AWS account in quotes",
  ],
  [
    "region",
    [
      ...["us-east-1", "ca-central-1", "mx-central-1", "sa-west-1", "eu-south-2", "ap-northeast-3", "ap-southeast-12"],
      ...["cn-north-1", "cn-northwest-1", "us-gov-west-1", "us-isob-east-1", "eu-isoe-west-1", "eusc-de-east-1"],
    ],
    [
      ...["", "us-east1", "Frankfurt", "us-east-1a", "x us-east-1", "us-east-1\n", REFERENCE],
      ...["eu-cental-1", "eu-wset-1", "ap-soutbeast-2", "us--east-1", "us-1", "eu-nort-1"],
    ],
    'use an AWS region like "us-east-1"',
  ],
  [
    "kmsKeyArn",
    [KEY, "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab", REFERENCE],
    [
      "",
      "1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws:kms:us-east-1:123456789012:alias/logs",
      "arn:aws:kms:us-east-1:12345678901:key/a",
      "arn:aws:s3:us-east-1:123456789012:key/a",
      "arn:aws:kms:us-east-1:123456789012:key/",
      "x arn:aws:kms:us-east-1:123456789012:key/a",
      "arn:aws:kms:us-east-1:123456789012:key/a b",
    ],
    "use the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID",
  ],
  [
    "cluster",
    [
      ...["a", "Shop_1-a", "a".repeat(255), REFERENCE],
      ...["arn:aws:ecs:us-east-1:123456789012:cluster/default", "arn:aws-cn:ecs:cn-north-1:123456789012:cluster/a"],
    ],
    [
      ...["", "a.b", "a/b", "a b", "é", "a".repeat(256), "arn:aws:ecs:us-east-1:123456789012:service/default"],
      ...["arn:aws:ecs:us-east-1:123456789012:cluster/", "arn:aws:ecs:us-east-1:123456789012:cluster/a b"],
    ],
    'use the ARN of a cluster, or its name: 1 to 255 letters, digits, "_" or "-"',
  ],
  [
    "subnet",
    ["subnet-1", "subnet-0123456789abcdef0", REFERENCE],
    ["", "subnet-", "sg-1", "my-subnet-1", "subnet-1 ", "subnet-A"],
    "use an id like subnet-0123456789abcdef0",
  ],
]);

describe("the region of an ARN", () => {
  test.each([
    ["the one where it is needed", KEY, "us-east-1"],
    ["unknown in a reference", REFERENCE, "us-east-1"],
    ["none, as in IAM", "arn:aws:iam::111122223333:role/a", "us-east-1"],
    ["of no ARN at all", undefined, "us-east-1"],
  ])("may be %s", (_, key, region) => expect(regionFault("logKmsKeyArn", key, region)).toBeUndefined());

  test("may not be another one", () =>
    expect(regionFault("logKmsKeyArn", KEY, "eu-west-1")).toBe(
      "logKmsKeyArn is in us-east-1; use one in eu-west-1, where it is needed",
    ));
});
