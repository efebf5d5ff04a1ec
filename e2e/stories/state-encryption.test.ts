import { CreateBucketCommand, HeadObjectCommand, PutBucketEncryptionCommand } from "@aws-sdk/client-s3";

import type { S3State } from "../../src/model/state";
import { ACCOUNT } from "../support/aws";
import { demoLocal } from "../support/configs";
import { useLocalAws } from "./local-aws";

const key = (digit: number): string =>
  `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-44cd-96ef-1234567890a${String(digit)}`;
const [KEY_OF_BUCKET, KEY_OF_CONFIG] = [key(1), key(2)];

const aws = useLocalAws();

/** How the state of a registry is encrypted that is deployed with its state in the bucket. */
async function encryptionOfState(Bucket: string, more: Partial<S3State> = {}) {
  const state = { backend: "s3", bucket: Bucket, prefix: "shop", region: "us-east-1", ...more } as const;
  const config = demoLocal();
  const project = aws.project({ ...config, registry: { ...config.registry, accountId: ACCOUNT, state } });
  const plan = await project.plan("registry");
  await project.stack("registry").apply(plan);
  await project.destroy("registry"); // the next test makes the same repository
  return aws.s3.send(new HeadObjectCommand({ Bucket, Key: `shop/${ACCOUNT}/us-east-1/registry.tfstate` }));
}

async function createBucket(Bucket: string, KMSMasterKeyID: string): Promise<void> {
  await aws.s3.send(new CreateBucketCommand({ Bucket }));
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: "aws:kms", KMSMasterKeyID } as const;
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
  await aws.s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
}

beforeAll(() => createBucket("states", KEY_OF_BUCKET));

describe("the state in a bucket whose default encryption is a KMS key", () => {
  test("is encrypted with that key", async () => {
    expect(await encryptionOfState("states")).toMatchObject({
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: KEY_OF_BUCKET,
    });
  });

  test("is encrypted with another if the config names it", async () => {
    expect(await encryptionOfState("states", { kmsKeyArn: KEY_OF_CONFIG })).toMatchObject({
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: KEY_OF_CONFIG,
    });
  });
});
