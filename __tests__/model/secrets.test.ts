import { container } from "../../src/model/container";
import { merge, override } from "../../src/model/override";
import { containerSecrets, secret, repositoryCredentials } from "../../src/model/secrets";
import { REFERENCE, lines } from "../support/problems";

const ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:";
const PARAMETER = "arn:aws:ssm:us-east-1:111122223333:parameter/";
const key = (region: string): string => `arn:aws:kms:${region}:111122223333:key/shop`;

const NO_SECRET =
  'use the ARN of a secret in Secrets Manager, or its name: 1 to 512 letters, digits or "/_+=.@!-", not a value';
const NO_PARAMETER =
  'use the ARN of a parameter of your own, or its name: letters, digits or "_.-", like "/shop/token", not a value';

describe("a secret in Secrets Manager", () => {
  test.each([
    "db",
    "shop/db",
    "rds!cluster-4c1b",
    "a+=.@!_-1",
    "x".repeat(512),
    `${ARN}shop/db-AbCd12`,
    `${ARN}rds!db-4c1b-AbCd12`,
    "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-AbCd12",
    REFERENCE,
  ])("may be %j", (secretsManager) => expect(lines(secret, { secretsManager })).toEqual([]));

  test.each<[unknown, string]>([
    ["", `is not valid; ${NO_SECRET}`],
    ["shop db", `is not valid; ${NO_SECRET}`],
    ["x".repeat(513), `is not valid; ${NO_SECRET}`],
    ["arn:aws:ssm:us-east-1:111122223333:parameter/db", `is not valid; ${NO_SECRET}`],
    [
      `${ARN}shop/db`,
      'is an ARN without its last 7 characters, "-" and 6 random ones; add them, or write the name alone',
    ],
    [
      `${ARN}shop/db-AbCd12:password::`,
      "has a JSON key or a version after the ARN; write them as key, versionStage or versionId",
    ],
    [7, `is not text; ${NO_SECRET}`],
  ])("may not be %j", (secretsManager, fault) =>
    expect(lines(secret, { secretsManager })).toEqual([`it: secretsManager ${fault}`]),
  );

  test.each([
    { key: "password" },
    { key: "pass word/é" },
    { versionStage: "AWSPREVIOUS" },
    { key: "password", versionId: "9d4cb84b-ad69-40c0-a0ab-cead3EXAMPLE" },
    { kmsKeyArn: key("eu-west-1") },
    { kmsKeyArn: REFERENCE },
  ])("may have %j", (more) => expect(lines(secret, { secretsManager: "db", ...more })).toEqual([]));

  test.each<[object, string]>([
    [{ key: "hunter2:" }, 'key is not valid; use the key of a JSON object, without ":"'],
    [{ key: "" }, 'key is not valid; use the key of a JSON object, without ":"'],
    [{ key: REFERENCE }, 'key is not valid; use the key of a JSON object, without ":"'],
    [{ versionStage: "a:b" }, 'versionStage is not valid; use the label of a version, like "AWSPREVIOUS"'],
    [{ versionId: "1" }, "versionId is not valid; use the id of a version: 32 to 64 letters, digits or -"],
    [
      { kmsKeyArn: "alias/shop" },
      'kmsKeyArn "alias/shop" is not valid; use the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID',
    ],
    [{ name: "A" }, 'unknown property "name"; choose secretsManager, kmsKeyArn, key, versionStage or versionId'],
  ])("may not have %j", (more, fault) =>
    expect(lines(secret, { secretsManager: "db", ...more })[0]?.replace(/^it:? /, "")).toBe(fault),
  );

  test("has one version", () =>
    expect(lines(secret, { secretsManager: "db", versionStage: "AWSPREVIOUS", versionId: "a".repeat(32) })).toEqual([
      "it: versionStage and versionId exclude each other; remove one",
    ]));

  test("is encrypted with a key in its region", () => {
    const props = { secretsManager: `${ARN}db-AbCd12`, kmsKeyArn: key("eu-west-1") };
    const fault = "it: kmsKeyArn is in eu-west-1; use one in us-east-1, where it is needed";
    expect(lines(secret, props)).toEqual([fault]);
    expect(lines(repositoryCredentials, props)).toEqual([fault]);
    expect(lines(secret, { ...props, kmsKeyArn: key("us-east-1") })).toEqual([]);
  });
});

describe("a parameter", () => {
  test.each(["/shop/token", "token", "a.b-c_D1", "/a/b/c", `${PARAMETER}shop/token`, REFERENCE])(
    "may be %j",
    (ssmParameter) => expect(lines(secret, { ssmParameter, kmsKeyArn: key("us-east-1") })).toEqual([]),
  );

  test.each([
    "",
    "shop/token",
    "/shop/token/",
    "/shop token",
    "/shop/token:3",
    "/aws/service/ami",
    `${PARAMETER}shop/token:3`,
    `${ARN}db-AbCd12`,
  ])("may not be %j", (ssmParameter) =>
    expect(lines(secret, { ssmParameter })).toEqual([`it: ssmParameter is not valid; ${NO_PARAMETER}`]),
  );

  test("is encrypted with a key in its region", () =>
    expect(lines(secret, { ssmParameter: `${PARAMETER}a`, kmsKeyArn: key("eu-west-1") })).toEqual([
      "it: kmsKeyArn is in eu-west-1; use one in us-east-1, where it is needed",
    ]));

  test("has no JSON key", () =>
    expect(lines(secret, { ssmParameter: "/a", key: "password" })).toEqual([
      'it: unknown property "key"; choose ssmParameter or kmsKeyArn',
    ]));
});

describe("what is no secret", () => {
  const WRITE = 'write { secretsManager: "NAME" } or { ssmParameter: "NAME" }';

  test.each<[string, unknown, string]>([
    ["a value", "hunter2", `it: A is not an object; ${WRITE}`],
    ["nothing", undefined, `it: A is not an object; ${WRITE}`],
    ["a list", ["hunter2"], `it: A is not an object; ${WRITE}`],
    ["an empty object", {}, `it: A is not a secret; ${WRITE}`],
    ["two secrets", { secretsManager: "a", ssmParameter: "/a" }, `it: A is not a secret; ${WRITE}`],
  ])("%s is rejected, and not shown", (_, value, line) =>
    expect(lines(containerSecrets, { A: value })).toEqual([line]),
  );

  test("a bad name is rejected", () =>
    expect(lines(containerSecrets, { "A=hunter2": { secretsManager: "a" } })).toEqual([
      'it: name "A=…" is not valid; use one without "="',
    ]));
});

test("credentials of a registry are a whole secret", () => {
  expect(lines(repositoryCredentials, { secretsManager: "shop/registry", kmsKeyArn: key("us-east-1") })).toEqual([]);
  expect(lines(repositoryCredentials, { secretsManager: "shop/registry", key: "password" })).toEqual([
    'it: unknown property "key"; choose secretsManager or kmsKeyArn',
  ]);
});

describe("an environment", () => {
  const base = { secrets: { A: { secretsManager: "staging/db", key: "password" }, B: { ssmParameter: "/b" } } };

  test.each<[string, object, object]>([
    ["another secret, with the same key", { A: { secretsManager: "db" } }, { secretsManager: "db", key: "password" }],
    ["a parameter in place of a secret", { A: { ssmParameter: "/a" } }, { ssmParameter: "/a" }],
  ])("overrides with %s", (_, secrets, merged) => {
    expect(lines(override(container), { secrets })).toEqual([]);
    expect(merge<object>(base, { secrets })).toEqual({ secrets: { ...base.secrets, A: merged } });
  });

  test("overrides a parameter with a secret", () =>
    expect(merge<object>(base, { secrets: { B: { secretsManager: "b" } } })).toEqual({
      secrets: { ...base.secrets, B: { secretsManager: "b" } },
    }));
});
