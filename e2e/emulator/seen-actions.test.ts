import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import { ListClustersCommand } from "@aws-sdk/client-ecs";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

import { clientConfiguration } from "../support/aws";
import { takeSeenActions, takeSeenCalls } from "./seen-actions";
import { useEmulator } from "./test-service";

const emulator = useEmulator();

beforeEach(() => takeSeenActions(emulator.endpoint));

/** A request as clients send it to services whose requests are forms. */
function sendForm(service: string, action: string): Promise<Response> {
  const credential = `test/20250101/us-east-1/${service}/aws4_request`;
  return fetch(emulator.endpoint, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ Action: action }),
  });
}

describe("the seen actions", () => {
  test("have the names of IAM, each once", async () => {
    const logs = new CloudWatchLogsClient(clientConfiguration(emulator.endpoint));
    await emulator.ecs.send(new ListClustersCommand({}));
    await emulator.ecs.send(new ListClustersCommand({}));
    await logs.send(new DescribeLogGroupsCommand({}));
    await new ElasticLoadBalancingV2Client(clientConfiguration(emulator.endpoint)).send(
      new DescribeLoadBalancersCommand({}),
    );
    await sendForm("ec2", "DescribeVpcs");
    await sendForm("iam", "ListRoles");
    await sendForm("sts", "GetCallerIdentity");

    expect(await takeSeenActions(emulator.endpoint)).toEqual([
      "ec2:DescribeVpcs",
      "ecs:ListClusters",
      "elasticloadbalancing:DescribeLoadBalancers",
      "iam:ListRoles",
      "logs:DescribeLogGroups",
      "sts:GetCallerIdentity",
    ]);
  });

  test.each<[string, string, (s3: S3Client) => Promise<unknown>]>([
    ["CreateBucket", "s3:CreateBucket", (s3) => s3.send(new CreateBucketCommand({ Bucket: "states" }))],
    ["HeadBucket", "s3:ListBucket", (s3) => s3.send(new HeadBucketCommand({ Bucket: "states" }))],
    ["ListObjectsV2", "s3:ListBucket", (s3) => s3.send(new ListObjectsV2Command({ Bucket: "states" }))],
    ["PutObject", "s3:PutObject", (s3) => s3.send(new PutObjectCommand({ Bucket: "states", Key: "a/b", Body: "{}" }))],
    ["GetObject", "s3:GetObject", (s3) => s3.send(new GetObjectCommand({ Bucket: "states", Key: "a/b" }))],
    ["HeadObject", "s3:GetObject", (s3) => s3.send(new HeadObjectCommand({ Bucket: "states", Key: "a/b" }))],
    ["DeleteObject", "s3:DeleteObject", (s3) => s3.send(new DeleteObjectCommand({ Bucket: "states", Key: "a/b" }))],
  ])("that %s requests is %s", async (_, action, request) => {
    await request(new S3Client({ ...clientConfiguration(emulator.endpoint), forcePathStyle: true }));

    expect(await takeSeenActions(emulator.endpoint)).toEqual([action]);
  });

  test("include those that failed", async () => {
    await expect(emulator.ecr.send(new DescribeImagesCommand({ repositoryName: "missing" }))).rejects.toThrow();

    expect(await takeSeenActions(emulator.endpoint)).toEqual(["ecr:DescribeImages"]);
  });

  test("are counted, pages and failures too", async () => {
    const describe_ = new DescribeImagesCommand({ repositoryName: "missing" });
    for (let call = 0; call < 3; call++) await emulator.ecr.send(describe_).catch(() => undefined);
    await emulator.ecs.send(new ListClustersCommand({}));

    expect(await takeSeenCalls(emulator.endpoint)).toEqual({ "ecr:DescribeImages": 3, "ecs:ListClusters": 1 });
    expect(await takeSeenCalls(emulator.endpoint)).toEqual({});
  });

  test("are kept when they are read, and forgotten when they are taken", async () => {
    await emulator.ecs.send(new ListClustersCommand({}));
    const read = async (): Promise<unknown> => (await fetch(`${emulator.endpoint}/_actions`)).json();

    expect(await read()).toEqual({ "ecs:ListClusters": 1 });
    expect(await takeSeenActions(emulator.endpoint)).toEqual(["ecs:ListClusters"]);
    expect(await read()).toEqual({});
  });
});
