import { ebsVolume } from "../../src/model/ebs-volume";
import { efsVolume } from "../../src/model/efs-volume";
import { fargateJob } from "../../src/model/job";
import { object } from "../../src/model/leaves";
import { TASK, checkTask } from "../../src/model/task";
import { volumes } from "../../src/model/volume";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const idLike = (prefix: string): string => `use an id like ${prefix}-0123456789abcdef0`;
const wholeNumber = (minimum: number, maximum: number): string => `use a whole number from ${minimum} to ${maximum}`;

describe("volumes", () => {
  test.each<object>([{}, { data: {} }, { "a_B-1": {} }, { toString: {} }])("accept %j", (value) =>
    expect(lines(volumes, value)).toEqual([]),
  );

  test.each<[object, string]>([
    [{ "my data": {} }, 'it: name "my data" is not valid; use 1 to 255 letters, digits, "_" or "-"'],
    [{ data: { host: {} } }, 'it: data: unknown property "host"; choose efs or ebs'],
    [{ data: "/data" }, "it: data is not an object; write it as { … }"],
    [
      { data: { efs: { fileSystemId: "fs-1" }, ebs: { sizeInGiB: 1 } } },
      "it: data: efs and ebs exclude each other; make two volumes of them",
    ],
  ])("reject %j", (value, fault) => expect(lines(volumes, value)).toEqual([fault]));

  test("have at most one of Amazon EBS", () => {
    const task = object(TASK).superRefine(checkTask);
    const image = { repository: "demo", tag: "1.10" };
    const ebs = { sizeInGiB: 1 };
    const containers = [{ name: "web", image, mountPoints: { a: "/a", b: "/b", c: "/c" } }];
    expect(lines(task, { cpu: 256, memory: 512, containers, volumes: { a: { ebs }, b: { ebs }, c: {} } })).toEqual([
      'it: volumes: a task can have one EBS volume, but there are "a", "b"; keep one',
    ]);
  });
});

test("a job cannot have an EBS volume", () => {
  const containers = [{ name: "web", image: { repository: "demo", tag: "1.10" }, mountPoints: { a: "/a", b: "/b" } }];
  const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"] };
  const volumes = { a: {}, b: { ebs: { sizeInGiB: 1 } } };
  expect(
    lines(fargateJob, { name: "clean", cluster: "default", network, cpu: 256, memory: 512, containers, volumes }),
  ).toEqual(['it: volumes: "b" is an EBS volume, which only a service can have; use efs, or ephemeralStorage']);
});

describe("a volume in Amazon EFS", () => {
  const VALID = { fileSystemId: "fs-0123456789abcdef0" };

  test("has defaults", () =>
    expect(efsVolume.parse(VALID)).toStrictEqual({
      ...VALID,
      transitEncryption: "ENABLED",
      iam: "DISABLED",
      rootAccess: false,
    }));

  describeProperties(efsVolume, VALID, [
    ["fileSystemId", ["fs-12345678", REFERENCE], ["12345678", "arn:aws:elasticfilesystem:a"], idLike("fs")],
    ["accessPointId", ["fsap-12345678", REFERENCE], ["fs-12345678"], idLike("fsap")],
    ["transitEncryption", ["ENABLED", "DISABLED"], [true, "enabled"], "choose ENABLED or DISABLED"],
    ["iam", ["ENABLED", "DISABLED"], [true], "choose ENABLED or DISABLED"],
    ["transitEncryptionPort", [1, 65_535], [0, 65_536], wholeNumber(1, 65_535)],
  ]);

  test.each<object>([
    { rootDirectory: "/data" },
    { accessPointId: "fsap-1", rootDirectory: "/" },
    { accessPointId: "fsap-1", rootDirectory: REFERENCE },
    { iam: "ENABLED", rootAccess: true },
  ])("accepts %j", (more) => expect(lines(efsVolume, { ...VALID, ...more })).toEqual([]));

  const needs = (what: string): string => `it: ${what} need transitEncryption "ENABLED"; remove "DISABLED"`;

  test.each<[object, string]>([
    [{ rootDirectory: "data" }, 'it: rootDirectory "data" is not absolute; begin it with "/"'],
    [
      { accessPointId: "fsap-1", rootDirectory: "/data" },
      "it: an access point has a root directory of its own; remove rootDirectory",
    ],
    [{ accessPointId: "fsap-1", transitEncryption: "DISABLED" }, needs("accessPointId")],
    [{ iam: "ENABLED", transitEncryption: "DISABLED" }, needs("iam")],
    [
      { iam: "ENABLED", transitEncryptionPort: 1, transitEncryption: "DISABLED" },
      needs("iam and transitEncryptionPort"),
    ],
    [{ rootAccess: true }, 'it: rootAccess is a right of the task role; set iam to "ENABLED"'],
  ])("rejects %j", (more, fault) => expect(lines(efsVolume, { ...VALID, ...more })).toEqual([fault]));
});

describe("a volume in Amazon EBS", () => {
  const VALID = { sizeInGiB: 20 };

  test("has defaults", () =>
    expect(ebsVolume.parse(VALID)).toStrictEqual({
      ...VALID,
      volumeType: "gp3",
      encrypted: true,
      fileSystemType: "xfs",
    }));

  describeProperties(ebsVolume, { ...VALID, snapshotId: "snap-1" }, [
    ["sizeInGiB", [1, 16_384], [0, 16_385, 1.5], wholeNumber(1, 16_384)],
    ["snapshotId", ["snap-0123", REFERENCE], ["vol-1"], idLike("snap")],
    ["volumeType", ["gp2", "gp3"], ["standard"], "choose gp2, gp3, io1, io2, sc1 or st1"],
    ["throughput", [125, 1000], [124, 1001], wholeNumber(125, 1000)],
    ["fileSystemType", ["ext3", "ext4", "xfs"], ["ntfs"], "choose ext3, ext4 or xfs"],
    ["volumeInitializationRate", [100, 300], [99, 301], wholeNumber(100, 300)],
    ["encrypted", [true, false], ["true"], "use true or false"],
    ["kmsKeyArn", [REFERENCE], ["alias/a"], "use the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID"],
  ]);

  test.each<object>([
    { sizeInGiB: undefined, snapshotId: "snap-1" },
    { volumeType: "gp3", iops: 3000 },
    { volumeType: "gp3", iops: 16_000, throughput: 1000 },
    { volumeType: "io1", iops: 64_000, sizeInGiB: 4 },
    { volumeType: "io2", iops: 256_000 },
    { volumeType: "st1", sizeInGiB: 125 },
  ])("accepts %j", (more) => expect(lines(ebsVolume, { ...VALID, ...more })).toEqual([]));

  test.each<[object, string]>([
    [{ sizeInGiB: undefined }, "sizeInGiB is missing; give it, or a snapshotId"],
    [{ volumeType: "io1", iops: 100, sizeInGiB: 3 }, "sizeInGiB 3 is not valid with io1; use 4 to 16384"],
    [{ volumeType: "sc1", sizeInGiB: 124 }, "sizeInGiB 124 is not valid with sc1; use 125 to 16384"],
    [{ volumeType: "io2" }, "iops is missing; io2 needs it"],
    [{ volumeType: "gp2", iops: 3000 }, "iops cannot be chosen with gp2; remove it"],
    [{ iops: 2999 }, "iops 2999 is not valid with gp3; use 3000 to 16000"],
    [{ volumeType: "io1", iops: 64_001 }, "iops 64001 is not valid with io1; use 100 to 64000"],
    [{ volumeType: "gp2", throughput: 125 }, "throughput is for gp3; remove it"],
    [{ encrypted: false, kmsKeyArn: REFERENCE }, "kmsKeyArn is for an encrypted volume; remove encrypted: false"],
    [{ volumeInitializationRate: 100 }, "volumeInitializationRate is for a snapshot; remove it"],
  ])("rejects %j", (more, fault) => expect(lines(ebsVolume, { ...VALID, ...more })).toEqual([`it: ${fault}`]));
});
