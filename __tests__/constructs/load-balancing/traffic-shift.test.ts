import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { add, one, stackOf, type Written } from "../../support/load-balancer-stacks";
import { ALB, BY_NAME, NLB, RULE } from "../../support/load-balancers";
import { emptyStack, type Block, type SynthesizedStack } from "../../support/synthesized-stack";

const BLUE_GREEN = {
  deploymentStrategy: { type: "BLUE_GREEN", bakeTimeInMinutes: 5 },
  timeouts: { update: "1h" },
} as const;
const TEST = { priority: 9, headers: { "X-Test": ["yes"] } };

/** The arguments of the only resource whose logical id has this part, and the reference to its ARN. */
function found(stack: SynthesizedStack, type: string, part: string): Block & { readonly reference: string } {
  const ids = Object.keys(stack.resources(type)).filter((id) => id.includes(part));
  expect(ids).toHaveLength(1);
  return { ...stack.resources(type)[ids[0] ?? ""], reference: `\${${type}.${String(ids[0])}.arn}` };
}

const primary = (stack: SynthesizedStack) => found(stack, "aws_lb_target_group", "_target-group_");
const alternate = (stack: SynthesizedStack) => found(stack, "aws_lb_target_group", "_alternate-target-group_");
const triggerOf = ({ reference }: { reference: string }): string => reference.slice(2, -1);
const ROLE = "${aws_iam_role.infrastructure-role.arn}";

/** What ECS is told about the traffic of the only entry. */
function advanced(stack: SynthesizedStack): unknown {
  const [balancer] = stack.resource("aws_ecs_service")["load_balancer"] as Block[];
  expect(balancer?.["target_group_arn"]).toBe(primary(stack).reference);
  return balancer?.["advanced_configuration"];
}

describe.each(["BLUE_GREEN", "LINEAR", "CANARY"] as const)("with %s", (type) => {
  const changes: Partial<PinnedFargateServiceProps> = {
    deploymentStrategy: { type, bakeTimeInMinutes: 5, ...(type === "LINEAR" && { stepPercent: 50 }) },
    timeouts: { update: "1h" },
  };

  test("a rule has a second target group with the same settings, whose weight ECS changes", () => {
    const stack = one(BY_NAME, changes);
    const rule = found(stack, "aws_lb_listener_rule", "_rule_");
    const [{ reference: first, ...settings }, { reference: second, ...same }] = [primary(stack), alternate(stack)];

    expect(same).toEqual(settings);
    expect(rule).toMatchObject({
      priority: RULE.priority,
      action: [
        {
          type: "forward",
          forward: {
            target_group: [
              { arn: first, weight: 100 },
              { arn: second, weight: 0 },
            ],
          },
        },
      ],
      lifecycle: {
        ignore_changes: ["action[0].forward[0].target_group"],
        replace_triggered_by: [first.slice(2, -1)],
      },
    });
    expect(advanced(stack)).toEqual({
      alternate_target_group_arn: second,
      production_listener_rule: rule.reference,
      role_arn: ROLE,
    });
  });

  test("a Network Load Balancer is told by its listener, whose action ECS changes", () => {
    const stack = one({ ...NLB, testPort: 9000 }, changes);
    const listener = found(stack, "aws_lb_listener", "_listener_");
    const test = found(stack, "aws_lb_listener", "_test-listener_");

    expect(listener).toMatchObject({
      port: 8080,
      default_action: [{ type: "forward", target_group_arn: primary(stack).reference }],
      lifecycle: { ignore_changes: ["default_action"], replace_triggered_by: [triggerOf(primary(stack))] },
    });
    expect(test).toMatchObject({
      port: 9000,
      protocol: "TCP",
      default_action: [{ type: "forward", target_group_arn: alternate(stack).reference }],
      lifecycle: { ignore_changes: ["default_action"], replace_triggered_by: [triggerOf(alternate(stack))] },
    });
    expect(advanced(stack)).toEqual({
      alternate_target_group_arn: alternate(stack).reference,
      production_listener_rule: listener.reference,
      test_listener_rule: test.reference,
      role_arn: ROLE,
    });
  });
});

describe("a load balancer of the service's own", () => {
  test("gets a rule for all that no other rule has taken", () => {
    const stack = one(ALB, BLUE_GREEN);
    const rule = found(stack, "aws_lb_listener_rule", "_rule_");

    expect(rule).toMatchObject({ priority: 50_000, condition: [{ path_pattern: { values: ["*"] } }] });
    expect(advanced(stack)).toMatchObject({ production_listener_rule: rule.reference });
    expect(found(stack, "aws_lb_listener", "_listener_")).toMatchObject({
      default_action: [{ type: "forward", target_group_arn: primary(stack).reference }],
    });
  });

  test("may be shared, and then each entry has its own target groups and rules", () => {
    const api = { listener: { loadBalancerOf: "public" }, rule: RULE, testRule: TEST, containerPort: 8080 };
    const stack = stackOf({ public: ALB, api }, BLUE_GREEN);

    expect(Object.keys(stack.resources("aws_lb_target_group"))).toHaveLength(4);
    expect(Object.keys(stack.resources("aws_lb_listener_rule"))).toHaveLength(3);
    const balancers = stack.resource("aws_ecs_service")["load_balancer"] as Block[];
    expect(balancers.map((each) => Object.keys(each["advanced_configuration"] as Block))).toEqual([
      ["alternate_target_group_arn", "production_listener_rule", "role_arn"],
      ["alternate_target_group_arn", "production_listener_rule", "role_arn", "test_listener_rule"],
    ]);
  });

  test("that is shared by a second listener of a Network Load Balancer moves both", () => {
    const stack = stackOf({ public: NLB, other: { listener: { loadBalancerOf: "public", port: 81 } } }, BLUE_GREEN);
    for (const listener of Object.values(stack.resources("aws_lb_listener"))) {
      expect(listener["lifecycle"]).toMatchObject({ ignore_changes: ["default_action"] });
    }
  });
});

test("a rule for tests forwards to the second target group at first, and ECS changes it", () => {
  const stack = one({ ...BY_NAME, testRule: TEST }, BLUE_GREEN);
  const rule = found(stack, "aws_lb_listener_rule", "_test-rule_");

  expect(rule).toMatchObject({
    priority: 9,
    condition: [{ http_header: { http_header_name: "X-Test", values: ["yes"] } }],
    action: [{ type: "forward", target_group_arn: alternate(stack).reference }],
    lifecycle: { ignore_changes: ["action"], replace_triggered_by: [triggerOf(alternate(stack))] },
  });
  expect(advanced(stack)).toMatchObject({ test_listener_rule: rule.reference });
});

test("ECS may move the traffic, and the service waits for rules and permissions", () => {
  const stack = one({ ...BY_NAME, testRule: TEST }, BLUE_GREEN);
  const attachments = Object.entries(stack.resources("aws_iam_role_policy_attachment"));
  const [id, attachment] =
    attachments.find(([, { policy_arn: arn }]) => String(arn).includes("ForLoadBalancers")) ?? [];

  expect(attachment?.["policy_arn"]).toMatch(
    /^arn:\$\{data\.aws_partition\.\w+\.partition\}:iam::aws:policy\/AmazonECSInfrastructureRolePolicyForLoadBalancers$/,
  );
  const rules = Object.keys(stack.resources("aws_lb_listener_rule")).map((rule) => `aws_lb_listener_rule.${rule}`);
  expect(stack.resource("aws_ecs_service")["depends_on"]).toEqual(
    expect.arrayContaining([...rules, `aws_iam_role_policy_attachment.${String(id)}`]),
  );
});

test("alarms on requests watch both target groups", () => {
  const alarms = { topics: ["arn:aws:sns:us-east-1:123456789012:on-call"], target5xx: 10, latency: 2 };
  const stack = one(ALB, { ...BLUE_GREEN, alarms });
  const names = Object.values(stack.resources("aws_cloudwatch_metric_alarm")).map((alarm) => alarm["alarm_name"]);
  expect(names.filter((name) => /target-5xx|latency/.test(String(name))).sort()).toEqual([
    "demo-latency-public",
    "demo-latency-public.alternate",
    "demo-target-5xx-public",
    "demo-target-5xx-public.alternate",
  ]);
});

test("what was made is there to be used", () => {
  const stack = emptyStack();
  const { alternateTargetGroup, rule, testRule } = add(
    stack,
    { public: { ...ALB, testRule: TEST } },
    BLUE_GREEN,
  ).loadBalancer("public");
  expect([alternateTargetGroup, rule, testRule].map((made) => made?.node.id)).toEqual([
    "alternate-target-group",
    "rule",
    "test-rule",
  ]);
});

test.each<[string, Written]>([
  ["an existing listener", { public: BY_NAME }],
  ["an Application Load Balancer", { public: ALB }],
  ["a Network Load Balancer", { public: NLB }],
])("rolling updates behind %s are written as without a strategy", (_, written) => {
  const { deployment_configuration: strategy, ...rolling } = stackOf(written, {
    deploymentStrategy: { type: "ROLLING" },
  }).resource("aws_ecs_service");
  const plain = stackOf(written);

  expect(strategy).toEqual({ strategy: "ROLLING" });
  expect(rolling).toEqual(plain.resource("aws_ecs_service"));
  expect(stackOf(written, { deploymentStrategy: { type: "ROLLING" } }).addresses()).toEqual(plain.addresses());
  expect(plain.text).not.toContain("advanced_configuration");
});
