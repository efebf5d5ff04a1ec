import type { NetworkProps } from "../../src/model/network";
import { takeTaskRules, type TaskRules } from "../emulator/task-rules";
import { describeService, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { Ec2, idsIn } from "../support/ec2";
import { failingManifest, manifest, push } from "../support/images";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const RULES = ["egress -1 0.0.0.0/0", "egress -1 ::/0", "ingress tcp 8080-8080 10.0.0.0/8"];

const aws = useLocalAws();
let ec2: Ec2;
const subnets: Record<string, string> = {};
let project: Project;
let good: string;

/** The app with the service in a VPC; the state stays. */
function inVpc(name: string): void {
  const network: NetworkProps = { vpc: { tags: { Name: name } } };
  const { services, ...others } = demoLocal({}, { network });
  const ingress = [{ port: 8080, cidrIpv4: "10.0.0.0/8" }];
  project.edit({ ...others, services: services.map((service) => ({ ...service, ingress })) });
}

/** The subnet and the security groups of the service, and how many groups of its own there are. */
async function whereItRuns(): Promise<{ subnets: string[]; groups: string[]; existing: string[] }> {
  const { networkConfiguration } = await describeService(aws.ecs, "demo-local");
  const found = await ec2.request("DescribeSecurityGroups", {
    "Filter.1.Name": "description",
    "Filter.1.Value.1": "Tasks of demo-local",
  });
  return {
    subnets: networkConfiguration?.awsvpcConfiguration?.subnets ?? [],
    groups: networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [],
    existing: [...new Set(idsIn(found, "groupId"))],
  };
}

/** Every task had all rules at every moment since the last call. */
async function expectAllRules(): Promise<void> {
  const seen: TaskRules[] = await takeTaskRules(aws.endpoint);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter(({ rules }) => rules.join() !== RULES.join())).toEqual([]);
}

beforeAll(async () => {
  ec2 = new Ec2(aws.endpoint);
  subnets["a"] = await ec2.createVpc("a", "10.1.0.0/16");
  subnets["b"] = await ec2.createVpc("b", "10.2.0.0/16");
  await aws.createRepository("demo");
  good = await push(aws.ecr, "demo", manifest("good"), "1.10");
  project = aws.project(demoLocal());
  inVpc("a");
  await project.deploy("demo-local");
});

test("a service starts when its security group has all its rules", async () => {
  await expectAllRules();
});

describe("a service that moves to another VPC", () => {
  test("gets a security group there before it leaves the old one, which is then deleted", async () => {
    inVpc("b");

    await project.deploy("demo-local");

    const { groups, existing, ...where } = await whereItRuns();
    expect(where.subnets).toEqual([subnets["b"]]);
    expect(existing).toEqual(groups);
    await expectAllRules();
  });

  test("stays where it is if its tasks do not start there, and the deploy fails", async () => {
    await push(aws.ecr, "demo", failingManifest("bad", "cannot open /config"), "1.10");
    inVpc("a");

    const { exitCode, output } = await project.tryDeploy("demo-local");

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(/demo-local ended on \S+demo-local:2, not on the planned \S+demo-local:3\./);
    expect((await whereItRuns()).subnets).toEqual([subnets["b"]]);
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([good]);
    await expectAllRules();
  });

  test("moves with the next build that starts", async () => {
    await push(aws.ecr, "demo", manifest("fixed"), "1.10");

    await project.deploy("demo-local");

    const { groups, existing, ...where } = await whereItRuns();
    expect(where.subnets).toEqual([subnets["a"]]);
    expect(existing).toEqual(groups);
    await expectAllRules();
  });

  test("stays where it is if there is no way to the registry, although the revision is the planned one", async () => {
    await ec2.tag(subnets["b"] ?? "", "com.ecs-pin.emulator/no-route", "");
    inVpc("b");

    const { exitCode, output } = await project.npmDeploy(["demo-local"]); // cdktf loses the end of a long output

    expect(exitCode).toBe(1);
    expect(words(output)).toMatch(/demo-local ended on \S+demo-local:4, not on the planned \S+demo-local:5\./);
    expect((await whereItRuns()).subnets).toEqual([subnets["a"]]);
    await expectAllRules();
    await ec2.untag(subnets["b"] ?? "", "com.ecs-pin.emulator/no-route");
  });

  test("can go back after a move that failed", async () => {
    await push(aws.ecr, "demo", failingManifest("worse", "cannot open /config"), "1.10");
    inVpc("b");
    expect((await project.tryDeploy("demo-local")).exitCode).toBe(1);
    await push(aws.ecr, "demo", manifest("fixed"), "1.10");
    inVpc("a");

    await project.deploy("demo-local");

    const { groups, existing, ...where } = await whereItRuns();
    expect(where.subnets).toEqual([subnets["a"]]);
    expect(existing).toEqual(groups);
    await expectAllRules();
    expect((await project.plan("demo-local")).actions).toEqual({});
  });
});
