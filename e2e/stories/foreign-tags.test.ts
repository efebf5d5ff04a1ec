import { demoLocal } from "../support/configs";
import { Ec2, idIn, idsIn } from "../support/ec2";
import { manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { providerVersion } from "../support/provider-version";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let ec2: Ec2;
let project: Project;

beforeAll(async () => {
  ec2 = new Ec2(aws.endpoint);
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(demoLocal({}, { tags: { team: "web" } }));
  await project.deploy("demo-local");
});

/** A rule of the service's security group. */
async function rule(): Promise<string> {
  const answer = await ec2.request("DescribeSecurityGroupRules", {
    "Filter.1.Name": "tag:service",
    "Filter.1.Value.1": "demo",
  });
  return idIn(answer, "securityGroupRuleId");
}

test("a tag can be given another key in the config", async () => {
  project.edit(demoLocal({}, { tags: { squad: "web" } }));

  await project.deploy("demo-local");

  expect((await project.plan("demo-local")).actions).toEqual({});
});

describe("a security group rule of which somebody else exchanged a tag for another", () => {
  let exchanged: string;

  beforeAll(async () => {
    exchanged = await rule();
    await ec2.untag(exchanged, "squad");
    await ec2.tag(exchanged, "owner", "web");
  });

  // https://github.com/hashicorp/terraform-provider-aws/issues/42954
  test("crashes provider 5.100.0, which nothing here can prevent, or is corrected by the deploy", async () => {
    const { exitCode, output } = await project.npmDeploy(["demo-local"]); // cdktf loses the end of a long output

    const crash = ["plugin crashed!", "tags.Map.MapSemanticEquals"].filter((text) => words(output).includes(text));
    expect({ exitCode, crash }).toEqual(
      providerVersion() === "5.100.0"
        ? { exitCode: 1, crash: ["plugin crashed!", "tags.Map.MapSemanticEquals"] }
        : { exitCode: 0, crash: [] },
    );
  });

  test("is as planned again after a deploy with the missing tag put back", async () => {
    await ec2.tag(exchanged, "squad", "anything");

    await project.deploy("demo-local");

    expect((await project.plan("demo-local")).actions).toEqual({});
    const found = await ec2.request("DescribeTags", {
      "Filter.1.Name": "resource-id",
      "Filter.1.Value.1": exchanged,
    });
    expect(idsIn(found, "key").sort()).toEqual(["environment", "managed-by", "service", "squad"]);
  });
});
