import {
  CreateListenerCommand,
  CreateRuleCommand,
  ModifyListenerCommand,
  SetRulePrioritiesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import { LoadBalancers } from "../support/load-balancers";
import { takeRequestRoutes } from "./request-routes";
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

describe("where requests went", () => {
  test("is remembered, by the first of the rules with the same conditions, until it is taken", async () => {
    const { arn, listenerArn: ListenerArn } = await elb.create(demo.name);
    const empty = await elb.createTargetGroup(`${demo.name}-empty`, arn, 81);
    const full = await elb.createTargetGroup(`${demo.name}-full`, arn, 82);
    const Conditions = [{ Field: "path-pattern", Values: ["/*"] }];
    const rule = async (Priority: number, TargetGroupArn: string) => {
      const Actions = [{ Type: "forward", TargetGroupArn } as const];
      const made = await elb.client.send(new CreateRuleCommand({ ListenerArn, Priority, Conditions, Actions }));
      return made.Rules?.[0]?.RuleArn;
    };
    await rule(10, empty);
    await demo.createGood({ loadBalancers: [{ targetGroupArn: full, containerName: "app", containerPort: 80 }] });
    const RuleArn = await rule(20, full);
    await elb.client.send(new SetRulePrioritiesCommand({ RulePriorities: [{ RuleArn, Priority: 5 }] }));

    expect(await takeRequestRoutes(emulator.endpoint)).toEqual([
      [{ priority: 10, targetGroup: empty, tasks: 0 }],
      [{ priority: 5, targetGroup: full, tasks: 1 }],
    ]);
    expect(await takeRequestRoutes(emulator.endpoint)).toEqual([]);
  });
});
