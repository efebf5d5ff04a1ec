import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { ModifyRuleCommand, type Rule } from "@aws-sdk/client-elastic-load-balancing-v2";

import { emptyStack, synthesizedStack } from "../../__tests__/support/synthesized-stack";
import { ListenerRule, TestRule } from "../../src/constructs/load-balancing/listener-rule";
import { TargetGroup } from "../../src/constructs/load-balancing/target-group";
import { fullTargetGroup } from "../../src/model/full-target-group";
import { targetGroup as settingsOf } from "../../src/model/target-group";
import { LoadBalancers, type MadeLoadBalancer } from "../support/load-balancers";
import type { TerraformDirectory } from "../support/terraform-directory";
import { useLocalAws } from "./local-aws";

const RULE = { priority: 10, hosts: ["shop.example.com"] };
const TEST = { priority: 9, headers: { "X-Test": ["yes"] } };

const aws = useLocalAws();
let elb: LoadBalancers;
let shared: MadeLoadBalancer;
let terraform: TerraformDirectory;

/** The rules of a service alone: the tested provider does not know the strategies of its deployments. */
async function write(isShifting: boolean, protocol: "HTTP" | "HTTPS" = "HTTP"): Promise<void> {
  const stack = emptyStack();
  const settings = fullTargetGroup(settingsOf.parse({ protocol }), { kind: "application", https: undefined });
  const props = { service: "shop", vpcId: await elb.defaultVpc(), settings };
  const { listenerArn } = shared;
  const targetGroup = new TargetGroup(stack, "target-group", props);
  const alternate = isShifting ? new TargetGroup(stack, "alternate-target-group", props) : undefined;
  new ListenerRule(stack, "rule", { listenerArn, targetGroup, alternate, rule: RULE });
  if (alternate) new TestRule(stack, "test-rule", { listenerArn, targetGroup: alternate, rule: TEST });
  const { terraform: _, ...written } = JSON.parse(synthesizedStack(stack).text) as { terraform: unknown };
  writeFileSync(join(terraform.path, "main.tf.json"), JSON.stringify(written));
}

async function apply(): Promise<Readonly<Record<string, string>>> {
  const plan = await terraform.plan();
  await terraform.apply(plan);
  return plan.actions;
}

/** The rule for production, or the one for tests. */
async function ruleWith(priority: number): Promise<Rule> {
  const found = (await elb.rules(shared.listenerArn)).find((rule) => rule.Priority === String(priority));
  if (!found) throw new Error(`no rule ${String(priority)}`);
  return found;
}

const weights = ({ Actions = [] }: Rule): (number | undefined)[] =>
  (Actions[0]?.ForwardConfig?.TargetGroups ?? []).map(({ Weight }) => Weight).sort();

beforeAll(async () => {
  elb = new LoadBalancers(aws.endpoint);
  shared = await elb.create("shared");
  terraform = aws.project().handWritten({});
});

test("a rule with one target group gets the other, without being replaced", async () => {
  await write(false);
  await apply();
  const { RuleArn } = await ruleWith(10);

  await write(true);

  expect(await apply()).toMatchObject({ "aws_lb_listener_rule.rule": "will be updated in-place" });
  const rule = await ruleWith(10);
  expect(rule.RuleArn).toBe(RuleArn);
  expect(weights(rule)).toEqual([0, 100]);
});

test("what ECS does to the rules is no change in the next plan", async () => {
  const { RuleArn, Actions = [] } = await ruleWith(10);
  const TargetGroups = (Actions[0]?.ForwardConfig?.TargetGroups ?? []).map(({ TargetGroupArn, Weight = 0 }) => ({
    TargetGroupArn,
    Weight: 100 - Weight,
  }));
  const forward = [{ Type: "forward" as const, ForwardConfig: { TargetGroups } }];
  await elb.client.send(new ModifyRuleCommand({ RuleArn, Actions: forward }));
  const { RuleArn: ofTests } = await ruleWith(9);
  await elb.client.send(new ModifyRuleCommand({ RuleArn: ofTests, Actions: forward }));

  expect((await terraform.plan()).actions).toEqual({});
});

test("target groups are replaced together with the rules that forward to them", async () => {
  await write(true, "HTTPS");

  const replaced = "must be replaced";
  expect(await apply()).toEqual({
    "aws_lb_listener_rule.rule": "will be replaced due to changes in replace_triggered_by",
    "aws_lb_listener_rule.test-rule": "will be replaced due to changes in replace_triggered_by",
    "aws_lb_target_group.alternate-target-group": replaced,
    "aws_lb_target_group.target-group": replaced,
  });
  expect(await elb.targetGroups()).toHaveLength(2);
});
