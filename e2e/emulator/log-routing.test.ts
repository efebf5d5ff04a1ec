import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type ContainerDefinition,
} from "@aws-sdk/client-ecs";

import { useEmulator } from "./test-service";

const IMAGE = "public.ecr.aws/nginx/nginx:1.27";
const SENDER: ContainerDefinition = { name: "web", image: IMAGE, logConfiguration: { logDriver: "awsfirelens" } };
const ROUTER: ContainerDefinition = { name: "router", image: IMAGE, firelensConfiguration: { type: "fluentbit" } };

const emulator = useEmulator();

async function usersOf(...containerDefinitions: ContainerDefinition[]): Promise<(string | undefined)[]> {
  const request = {
    family: "demo",
    containerDefinitions: containerDefinitions.map((each) => ({ memory: 128, ...each })),
  };
  const { taskDefinition: registered } = await emulator.ecs.send(new RegisterTaskDefinitionCommand(request));
  const found = await emulator.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: registered?.taskDefinitionArn }),
  );
  return (found.taskDefinition?.containerDefinitions ?? []).map(({ user }) => user);
}

describe("a log router", () => {
  test("runs as root unless it names a user", async () => {
    expect(await usersOf(SENDER, ROUTER)).toEqual([undefined, "0"]);
    expect(await usersOf(SENDER, { ...ROUTER, user: "1000" })).toEqual([undefined, "1000"]);
  });

  test("needs a sender", () =>
    expect(usersOf({ ...SENDER, logConfiguration: undefined }, ROUTER)).rejects.toThrow(
      "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.",
    ));

  test("is needed by a sender", () =>
    expect(usersOf(SENDER)).rejects.toThrow(
      "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.",
    ));
});
