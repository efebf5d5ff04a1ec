import { randomUUID } from "node:crypto";

import { useEmulator } from "./test-service";

const emulator = useEmulator();

/** One attempt at a call, as the AWS SDKs send it. */
async function attempt(invocation: string, target: string, parameters: object): Promise<Record<string, unknown>> {
  const response = await fetch(emulator.endpoint, {
    method: "POST",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=0",
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AmazonEC2ContainerServiceV20141113.${target}`,
      "amz-sdk-invocation-id": invocation,
    },
    body: JSON.stringify(parameters),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const FAMILY = { family: "demo", containerDefinitions: [{ name: "app", image: "busybox", memory: 128 }] };

test("a request that is sent again does nothing, and gets the same answer", async () => {
  const invocation = randomUUID();
  const first = await attempt(invocation, "RegisterTaskDefinition", FAMILY);

  expect(await attempt(invocation, "RegisterTaskDefinition", FAMILY)).toEqual(first);

  expect(await attempt(randomUUID(), "RegisterTaskDefinition", FAMILY)).toMatchObject({
    status: 200,
    taskDefinition: { revision: 2 },
  });
});

test("what has failed is tried again", async () => {
  const invocation = randomUUID();
  const describe = (): Promise<Record<string, unknown>> =>
    attempt(invocation, "DescribeTaskDefinition", { taskDefinition: "later" });
  expect(await describe()).toMatchObject({ status: 400 });

  await attempt(randomUUID(), "RegisterTaskDefinition", { ...FAMILY, family: "later" });

  expect(await describe()).toMatchObject({ status: 200, taskDefinition: { family: "later" } });
});
