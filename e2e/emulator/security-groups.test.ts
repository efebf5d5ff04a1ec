import { Ec2, idIn } from "../support/ec2";
import { takeTaskRules } from "./task-rules";
import { useEmulator, useTestService } from "./test-service";

const emulator = useEmulator();
const demo = useTestService(emulator);
let ec2: Ec2;
let subnet: string;
let group: string;

const DENIED = { "IpPermissions.1.IpProtocol": "-1", "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0" };
const inGroup = (securityGroup: string) => ({
  networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], securityGroups: [securityGroup] } },
});

beforeEach(async () => {
  ec2 = new Ec2(emulator.endpoint);
  subnet = await ec2.createVpc(demo.name, "10.1.0.0/16");
  group = await createGroup(demo.name);
  await takeTaskRules(emulator.endpoint);
});

async function createGroup(name: string): Promise<string> {
  const answer = await ec2.request("CreateSecurityGroup", { GroupName: name, GroupDescription: name });
  return idIn(answer, "groupId");
}

describe("a security group", () => {
  test("cannot be deleted while a task runs in it", async () => {
    await demo.createGood(inGroup(group));
    await expect(ec2.request("DeleteSecurityGroup", { GroupId: group })).rejects.toThrow(
      `<Code>DependencyViolation</Code><Message>resource ${group} has a dependent object</Message>`,
    );
    await demo.update({ desiredCount: 0 });
    await ec2.request("DeleteSecurityGroup", { GroupId: group });
  });

  test("cannot be deleted while a rule of another one refers to it", async () => {
    const other = await createGroup(`${demo.name}-other`);
    const rule = { "IpPermissions.1.IpProtocol": "-1", "IpPermissions.1.Groups.1.GroupId": group };
    await ec2.request("AuthorizeSecurityGroupIngress", { GroupId: other, ...rule });
    await expect(ec2.request("DeleteSecurityGroup", { GroupId: group })).rejects.toThrow("DependencyViolation");
    await ec2.request("RevokeSecurityGroupIngress", { GroupId: other, ...rule });
    await ec2.request("DeleteSecurityGroup", { GroupId: group });
  });
});

describe("the rules that tasks had", () => {
  test("are those of every moment that a task ran, until they are taken", async () => {
    await demo.createGood(inGroup(group));
    await ec2.request("RevokeSecurityGroupEgress", { GroupId: group, ...DENIED });
    await ec2.request("AuthorizeSecurityGroupEgress", { GroupId: group, ...DENIED });
    const had = { service: demo.name, securityGroup: group };
    expect(await takeTaskRules(emulator.endpoint)).toEqual([
      { ...had, rules: ["egress -1 0.0.0.0/0"] },
      { ...had, rules: [] },
    ]);
    expect(await takeTaskRules(emulator.endpoint)).toEqual([]);
  });
});

test("a task in a subnet without a way to the registry fails to start, until there is one", async () => {
  await ec2.tag(subnet, "com.ecs-pin.emulator/no-route", "");
  await demo.createGood(inGroup(group));
  expect(await demo.tasks("STOPPED")).toMatchObject([
    { stopCode: "TaskFailedToStart", stoppedReason: expect.stringMatching(/^ResourceInitializationError: /) as string },
  ]);
  await ec2.untag(subnet, "com.ecs-pin.emulator/no-route");
  expect(await demo.tasks()).toHaveLength(1);
});
