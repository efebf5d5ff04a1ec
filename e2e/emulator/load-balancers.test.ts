import { CreateListenerCommand, ModifyListenerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";

import { LoadBalancers } from "../support/load-balancers";
import { useEmulator, useTestService } from "./test-service";

const emulator = useEmulator();
const demo = useTestService(emulator);
let elb: LoadBalancers;

beforeEach(() => {
  elb = new LoadBalancers(emulator.endpoint);
});

const FIXED = { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } } as const;

describe("a listener", () => {
  test("can be created or moved only to a port that no other one of the load balancer has", async () => {
    const { arn: LoadBalancerArn, listenerArn } = await elb.create(demo.name);
    const add = (Port: number) =>
      elb.client.send(new CreateListenerCommand({ LoadBalancerArn, Port, Protocol: "HTTP", DefaultActions: [FIXED] }));
    const move = (Port: number) =>
      elb.client.send(new ModifyListenerCommand({ ListenerArn: listenerArn, Port, DefaultActions: [FIXED] }));

    await expect(add(80)).rejects.toThrow("A listener with the specified port already exists.");
    await add(81);
    await expect(move(81)).rejects.toThrow("A listener with the specified port already exists.");
    await move(80);
    await move(82);
    await add(80);
  });
});
