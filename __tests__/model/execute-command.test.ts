import { executeCommandSessions, sessionLogging, type ExecuteCommandSessions } from "../../src/model/execute-command";
import { ownCluster, clusterConfig } from "../../src/model/cluster";
import { fargateService } from "../../src/model/service";
import { REFERENCE, describeProperties, lines } from "../support/problems";
import { containerProps, serviceProps } from "../support/task-stack";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const BUCKET = 'use the name of a bucket: 3 to 63 lower-case letters, digits, "-" or single "."';

describe("how sessions are logged", () => {
  describeProperties(executeCommandSessions, {}, [
    ["logging", ["DEFAULT", "OVERRIDE", "NONE"], ["default", true], "choose DEFAULT, OVERRIDE or NONE"],
    [
      "logGroup",
      ["/exec/staging", REFERENCE],
      ["", "a b"],
      'use the name of a log group: 1 to 512 letters, digits or "._-/#"',
    ],
    ["cloudWatchEncryptionEnabled", [true, false], ["true"], "use true or false"],
    ["s3Bucket", ["exec-sessions", REFERENCE], ["", "ab", "a..b", "Sessions", "arn:aws:s3:::sessions"], BUCKET],
    [
      "s3KeyPrefix",
      ["sessions", "staging/exec", REFERENCE],
      ["", "/sessions", "sessions/"],
      `use 1 to 512 letters, digits or "!-_.*'()/", not beginning or ending with "/"`,
    ],
    ["s3EncryptionEnabled", [true, false], ["true"], "use true or false"],
    ["kmsKeyArn", [KEY, REFERENCE], ["alias/exec"], "use the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID"],
  ]);

  test.each<[ExecuteCommandSessions, string]>([
    [{}, "DEFAULT"],
    [{ kmsKeyArn: KEY }, "DEFAULT"],
    [{ logGroup: "/exec" }, "OVERRIDE"],
    [{ s3Bucket: "sessions" }, "OVERRIDE"],
    [{ logging: "NONE" }, "NONE"],
  ])("%j is logging %s", (sessions, expected) => expect(sessionLogging(sessions)).toBe(expected));
});

const FAULTS: [object, string][] = [
  [{ logging: "OVERRIDE" }, 'logging "OVERRIDE" needs a logGroup or an s3Bucket'],
  [
    { logging: "NONE", logGroup: "/exec" },
    'logGroup and s3Bucket are for logging "OVERRIDE"; remove them, or logging "NONE"',
  ],
  [
    { logging: "DEFAULT", s3Bucket: "sessions" },
    'logGroup and s3Bucket are for logging "OVERRIDE"; remove them, or logging "DEFAULT"',
  ],
  [
    { s3Bucket: "sessions", cloudWatchEncryptionEnabled: true },
    "cloudWatchEncryptionEnabled is for a logGroup, and there is none; remove it",
  ],
  [{ logGroup: "/exec", s3KeyPrefix: "a" }, "s3KeyPrefix is for an s3Bucket, and there is none; remove it"],
  [{ s3EncryptionEnabled: true }, "s3EncryptionEnabled is for an s3Bucket, and there is none; remove it"],
];

test.each(FAULTS)("a cluster or service cannot log sessions as %j", (executeCommand, fault) => {
  expect(lines(ownCluster, { name: "staging", executeCommand })).toEqual([`it: executeCommand: ${fault}`]);
  expect(lines(clusterConfig, { executeCommand })).toEqual([`it: executeCommand: ${fault}`]);
  expect(lines(clusterConfig, { existing: "shared", executeCommand })).toEqual([`it: executeCommand: ${fault}`]);
  expect(lines(fargateService, { ...serviceProps(), executeCommand })).toEqual([`it: executeCommand: ${fault}`]);
});

describe("a service", () => {
  test.each([true, false, {}, { logging: "DEFAULT" }, { logGroup: "/exec", s3Bucket: "sessions", kmsKeyArn: KEY }])(
    "may have executeCommand %j",
    (executeCommand) => expect(lines(fargateService, { ...serviceProps(), executeCommand })).toEqual([]),
  );

  test.each<[unknown, string]>([
    ["true", "executeCommand is not valid; use true, false, or { … } with how the cluster logs the sessions"],
    [{ s3Bucket: "A" }, `executeCommand: s3Bucket "A" is not valid; ${BUCKET}`],
  ])("may not have executeCommand %j", (executeCommand, line) =>
    expect(lines(fargateService, { ...serviceProps(), executeCommand })).toEqual([`it: ${line}`]),
  );

  const containers = [containerProps(), containerProps({ name: "proxy", readonlyRootFilesystem: true })];

  test.each([true, {}])("with executeCommand %j cannot have a read-only root file system", (executeCommand) =>
    expect(lines(fargateService, serviceProps({ executeCommand, containers }))).toEqual([
      'it: containers[1] "proxy": readonlyRootFilesystem and executeCommand exclude each other, as ECS Exec writes to the root file system; remove one',
    ]),
  );

  test.each([undefined, false])("with executeCommand %j can have a read-only root file system", (executeCommand) =>
    expect(lines(fargateService, serviceProps({ executeCommand, containers }))).toEqual([]),
  );
});
