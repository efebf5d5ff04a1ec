import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";

import { clientConfiguration } from "../support/aws";
import { startEmulator, type Emulator } from "./launch";

const PolicyArn = "arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes";
const role = { RoleName: "demo" };

let emulator: Emulator;
let iam: IAMClient;

beforeAll(async () => {
  emulator = await startEmulator();
  iam = new IAMClient(clientConfiguration(emulator.endpoint));
  await iam.send(new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: "{}" }));
});

afterAll(() => emulator.stop());

async function attached(): Promise<unknown> {
  return (await iam.send(new ListAttachedRolePoliciesCommand(role))).AttachedPolicies;
}

test("a managed policy of AWS is attached to a role, and detached", async () => {
  await iam.send(new AttachRolePolicyCommand({ ...role, PolicyArn }));
  expect(await attached()).toEqual([{ PolicyArn, PolicyName: "AmazonECSInfrastructureRolePolicyForVolumes" }]);

  await iam.send(new DetachRolePolicyCommand({ ...role, PolicyArn }));
  expect(await attached()).toEqual([]);
});

test.each(["arn:aws:iam::aws:policy/NoSuchPolicy", PolicyArn.replace("service-role/", "")])(
  "%s, which does not exist, cannot be attached",
  (arn) =>
    expect(iam.send(new AttachRolePolicyCommand({ ...role, PolicyArn: arn }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    }),
);
