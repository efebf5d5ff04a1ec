import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";

import type { EnvironmentConfig } from "../../src/config";
import { ACCOUNT, describeService, runningDigests, tasksOf } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { providerVersion } from "../support/provider-version";
import { useLocalAws } from "./local-aws";

const BUCKET = "terraform-state-staging";

/** Like the shipped environment `staging`, in the account of the local AWS. */
const STAGING: EnvironmentConfig = {
  name: "staging",
  region: "us-east-1",
  accountId: ACCOUNT,
  network: { vpc: { tags: { Name: "staging" } }, subnetTags: { tier: "private" } },
  cluster: undefined,
  state: { backend: "s3", bucket: BUCKET, prefix: "team/shop", region: "us-east-1" },
  tags: { "cost-center": "engineering" },
};

/** Of the state of a stack. */
const key = (stack: string): string => `team/shop/${ACCOUNT}/us-east-1/${stack}.tfstate`;

/** What an organization has before the first service: a network, and a bucket for the states. */
const FOUNDATION = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: providerVersion() } } },
  provider: { aws: { region: "us-east-1" } },
  resource: {
    aws_s3_bucket: { state: { bucket: BUCKET } },
    aws_vpc: { staging: { cidr_block: "10.0.0.0/16", tags: { Name: "staging" } } },
    aws_subnet: {
      private: { vpc_id: "${aws_vpc.staging.id}", cidr_block: "10.0.1.0/24", tags: { tier: "private" } },
      public: { vpc_id: "${aws_vpc.staging.id}", cidr_block: "10.0.2.0/24", tags: { tier: "public" } },
    },
  },
  output: { private_subnet: { value: "${aws_subnet.private.id}" } },
};

const aws = useLocalAws();
let project: Project;
let privateSubnet: string;

beforeAll(async () => {
  project = aws.project(demoLocal({}, STAGING));
  const foundation = project.handWritten(FOUNDATION);
  await foundation.apply(await foundation.plan());
  privateSubnet = (await foundation.outputs<{ private_subnet: string }>()).private_subnet;
  await aws.createRepository("demo");
});

describe("an environment with a cluster of its own, a tagged VPC and its state in S3", () => {
  test("the cluster stack makes the cluster that the services find by name", async () => {
    await project.deploy("cluster-staging");

    expect(await project.stack("cluster-staging").outputs()).toEqual({
      cluster_arn: "arn:aws:ecs:us-east-1:123456789012:cluster/staging",
    });
  });

  test("the service runs the pinned image in that cluster, in the private subnets alone, without a public address", async () => {
    const digest = await push(aws.ecr, "demo", manifest("first"), "1.10");

    await project.deploy("demo-staging");

    const service = await describeService(aws.ecs, "demo-staging", "staging");
    expect(service.networkConfiguration?.awsvpcConfiguration).toMatchObject({
      subnets: [privateSubnet],
      assignPublicIp: "DISABLED",
    });
    expect(await runningDigests(aws.ecs, "demo-staging", "staging")).toEqual([digest]);
  });

  test("a task has the tags of the environment, which its bill is grouped by, and those of ECS", async () => {
    const [task] = await tasksOf(aws.ecs, "demo-staging", "RUNNING", "staging");
    const tags = Object.fromEntries((task?.tags ?? []).map(({ key = "", value }) => [key, value]));

    expect(tags).toEqual({
      "cost-center": "engineering",
      service: "demo",
      environment: "staging",
      "managed-by": "ecs-pin",
      "aws:ecs:clusterName": "staging",
      "aws:ecs:serviceName": "demo-staging",
    });
  });

  test("the states are in the bucket, and no lock is left behind", async () => {
    const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));

    expect(Contents.map(({ Key }) => Key)).toEqual(["cluster-staging", "demo-staging"].map(key));
    const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key("demo-staging") }));
    expect(await Body?.transformToString()).toContain('"type": "aws_ecs_task_definition"');
  });

  test("a second plan is empty", async () => {
    expect((await project.plan("demo-staging")).actions).toEqual({});
  });
});
