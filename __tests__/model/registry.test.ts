import { registryConfig, repository, type RegistryConfig } from "../../src/model/registry";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";

describe("a repository", () => {
  test("is mutable and scanned by default", () =>
    expect(repository.parse({ name: "demo" })).toStrictEqual({
      name: "demo",
      imageTagMutability: "MUTABLE",
      scanOnPush: true,
    }));

  describeProperties(repository, { name: "demo" }, [
    [
      "name",
      ["team/demo", "d".repeat(256), REFERENCE],
      ["d", "Team/Demo", "d".repeat(257)],
      'use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, without the registry host (registryId names another account)',
    ],
    ["imageTagMutability", ["MUTABLE", "IMMUTABLE"], ["FROZEN"], "choose MUTABLE or IMMUTABLE"],
    ["scanOnPush", [true, false], ["no", 0], "use true or false"],
    ["kmsKeyArn", [KEY, REFERENCE], ["1234abcd"], "use the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID"],
  ]);
});

describe("the registry", () => {
  const VALID: RegistryConfig = { region: "us-east-1", state: { backend: "local" } };
  const linesOf = (properties: object): string[] => lines(registryConfig, { ...VALID, ...properties });

  test("has the defaults of its repositories", () =>
    expect(registryConfig.parse(VALID)).toStrictEqual({
      ...VALID,
      imageTagMutability: "MUTABLE",
      scanOnPush: true,
      existing: [],
      replicatedTo: [],
      tags: {},
    }));

  test("may set everything", () =>
    expect(
      linesOf({
        accountId: "111122223333",
        state: { backend: "s3", bucket: "states", prefix: "team/shop", region: "eu-west-1" },
        providerVersion: "5.100.0",
        imageTagMutability: "IMMUTABLE",
        scanOnPush: false,
        kmsKeyArn: KEY,
        existing: ["team/other", "docker-hub/library/nginx"],
        replicatedTo: ["eu-west-1", "us-west-2"],
        tags: { team: "web", service: "shop", environment: "staging" },
      }),
    ).toEqual([]));

  test.each<[object, string]>([
    [
      { kmsKeyArn: KEY.replace("us-east-1", "eu-west-1") },
      "kmsKeyArn is in eu-west-1; use one in us-east-1, where it is needed",
    ],
    [
      { tags: { "Managed-By": "me" } },
      'tags has the key "Managed-By", which IAM treats as the same as "managed-by"; rename or remove it',
    ],
    [{ replicatedTo: ["us-east-1"] }, "replicatedTo: us-east-1 is the region of the registry itself; remove it"],
    [{ replicatedTo: ["Ireland"] }, 'replicatedTo[0] "Ireland" is not valid; use an AWS region like "us-east-1"'],
    [{ existing: ["team/other", "team/other"] }, 'existing has "team/other" twice; remove one'],
    [
      { existing: ["Other"] },
      'existing[0] "Other" is not valid; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, without the registry host (registryId names another account)',
    ],
    [
      { state: { backend: "s3", bucket: "states", prefix: "shop", region: "eu-west-1" } },
      "accountId is missing; state in S3 is kept by account, so give its 12 digits, in quotes",
    ],
    [{ acountId: "111122223333" }, 'unknown property "acountId"; did you mean "accountId"?'],
    [{ tags: null }, "tags is not an object; write it as { … }"],
  ])("rejects %j", (properties, message) => expect(linesOf(properties)).toEqual([`it: ${message}`]));
});
