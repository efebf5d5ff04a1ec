import type { NetworkProps } from "../../src/model/network";
import { demoLocal } from "../support/configs";
import { Ec2 } from "../support/ec2";
import { manifest, push } from "../support/images";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();

/** What a deploy into a network says, which must fail before anything is made. */
async function refusal(network: NetworkProps): Promise<string> {
  const { exitCode, output } = await aws.project(demoLocal({}, { network })).npmDeploy(["demo-local"]);
  expect(exitCode).toBe(1);
  expect(await aws.inventory()).toEqual({ services: [], revisions: [], logGroups: [] });
  return words(output);
}

beforeAll(async () => {
  const ec2 = new Ec2(aws.endpoint);
  await ec2.createVpc("twice", "10.1.0.0/16");
  await ec2.createVpc("twice", "10.2.0.0/16");
  await ec2.createVpc("main", "10.3.0.0/16");
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
});

describe("a deploy stops before anything is touched, and names", () => {
  test("the tags that no VPC has", async () => {
    expect(await refusal({ vpc: { tags: { Name: "nowhere", tier: "a b/c" } } })).toMatch(
      /Error: no matching EC2 VPC found with data\.aws_vpc\.\S+ \(network\/vpc Name=nowhere, tier=a b\/c\)/,
    );
  });

  test("the tags that two VPCs have", async () => {
    expect(await refusal({ vpc: { tags: { Name: "twice" } } })).toMatch(
      /Error: multiple EC2 VPCs matched; .* with data\.aws_vpc\.\S+ \(network\/vpc Name=twice\)/,
    );
  });

  test("the VPC and the tags that no subnet of it has", async () => {
    expect(await refusal({ vpc: { tags: { Name: "main" } }, subnetTags: { tier: "private" } })).toMatch(
      /The VPC vpc-\w+ must have 1 to 16 subnets with the tags tier=private, but has 0; correct subnetTags or vpc of the network\./,
    );
  });
});
