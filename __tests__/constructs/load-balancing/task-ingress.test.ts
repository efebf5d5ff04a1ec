import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";

import type { LoadBalancing } from "../../../src/model/load-balancing";
import type { IngressRule } from "../../../src/model/network";
import { add, one, ref, stackOf } from "../../support/load-balancer-stacks";
import { ALB, BY_NAME, GROUP_ARN, NLB, RULE, web } from "../../support/load-balancers";
import { synthesized, variable, type Block, type SynthesizedStack } from "../../support/synthesized-stack";

const SERVICE_RULE = "aws_vpc_security_group_ingress_rule";

/** The ingress of the service's own security group, by the end of its id. */
function taskIngress(stack: SynthesizedStack): Record<string, Block> {
  const rules = Object.entries(stack.resources(SERVICE_RULE)).filter(([id]) => id.startsWith("network_"));
  return Object.fromEntries(
    rules.map(([id, rule]) => [id.replace(/^network_security-group_/, "").replace(/_\w{8}$/, ""), rule]),
  );
}

describe("the service's own security group lets in", () => {
  const LET_IN = { ip_protocol: "tcp", from_port: 8080, to_port: 8080 };

  test("each group of an existing load balancer", () => {
    const stack = one(BY_NAME);
    expect(taskIngress(stack)).toEqual({
      "load-balancers": {
        for_each: `\${toset(concat(formatlist("%s:%s:tcp", tolist(${ref(stack, "aws_lb", "security_groups")}), "8080")))}`,
        referenced_security_group_id: '${element(split(":", each.value), 0)}',
        from_port: '${element(split(":", each.value), 1)}',
        to_port: '${element(split(":", each.value), 1)}',
        ip_protocol: '${element(split(":", each.value), 2)}',
        security_group_id: `\${${ref(stack, "aws_security_group", "id")}}`,
        lifecycle: { create_before_destroy: true },
      },
    });
  });

  test("its health checks too, on a port of their own", () => {
    const stack = one({ ...BY_NAME, targetGroup: { healthCheck: { port: 9000 } } });
    expect(taskIngress(stack)["load-balancers"]?.["for_each"]).toMatch(/"8080"\), formatlist\(.*, "9000"\)/);
  });

  test("the health checks of an existing target group", () => {
    const stack = one({ targetGroupArn: GROUP_ARN });
    expect(taskIngress(stack)["load-balancers"]?.["for_each"]).toContain(
      `replace(${ref(stack, "aws_lb_target_group", "health_check")}[0].port, "traffic-port", "8080")`,
    );
  });

  test("groups that are given, also as a reference", () => {
    const stack = stackOf((scope) => ({
      public: {
        targetGroupArn: GROUP_ARN,
        securityGroups: ["sg-1", variable(scope, "group").stringValue],
      },
    }));
    expect(taskIngress(stack)).toMatchObject({
      "load-balancer-sg-1-8080-tcp": { ...LET_IN, referenced_security_group_id: "sg-1" },
      "load-balancer-public-1-8080-tcp": { ...LET_IN, referenced_security_group_id: "${var.group}" },
    });
  });

  test("the group of a load balancer of its own, once for all that share it", () => {
    const stack = stackOf({ public: ALB, admin: { listener: { loadBalancerOf: "public" }, rule: RULE } });
    expect(taskIngress(stack)).toMatchObject({ "load-balancer-public-8080-tcp": LET_IN });
    expect(Object.keys(taskIngress(stack))).toHaveLength(1);
  });

  test("UDP, and the checks, which are TCP", () => {
    const containers = [web({ containerPort: 53, protocol: "udp" })];
    expect(taskIngress(one(NLB, { containers }))).toMatchObject({
      "load-balancer-public-53-udp": { ip_protocol: "udp", from_port: 53 },
      "load-balancer-public-53-tcp": { ip_protocol: "tcp", from_port: 53 },
    });
  });

  test("both TCP and UDP", () => {
    const containers = [web({ containerPort: 53 }, { containerPort: 53, protocol: "udp" })];
    const entry: LoadBalancing = { networkLoadBalancer: { scheme: "internet-facing", protocol: "TCP_UDP" } };
    expect(Object.keys(taskIngress(one(entry, { containers }))).sort()).toEqual([
      "load-balancer-public-53-tcp",
      "load-balancer-public-53-udp",
    ]);
  });
});

describe("a rule that ingress of the service has already is written once", () => {
  const rule = (securityGroup: string, changes = {}) => ({ port: 8080, securityGroup, ...changes });
  const given = (securityGroups: string[]): LoadBalancing => ({ targetGroupArn: GROUP_ARN, securityGroups });

  test("for a group that is given", () => {
    const stack = one(given(["sg-1", "sg-2"]), { ingress: [rule("sg-1")] });
    expect(Object.keys(taskIngress(stack)).sort()).toEqual(["ingress-8080-tcp-sg-1", "load-balancer-sg-2-8080-tcp"]);
  });

  test("for references to the same group", () => {
    const stack = synthesized((scope) => {
      const group = new SecurityGroup(scope, "group");
      const { id } = new SecurityGroup(scope, "other");
      const entry = given([group.id, id]);
      return add(scope, { public: entry, internal: entry }, { ingress: [rule(group.id)] });
    });
    expect(Object.keys(taskIngress(stack)).sort()).toEqual(["ingress-0", "load-balancer-public-1-8080-tcp"]);
  });

  test("for groups that are looked up, of which one is known", () => {
    const stack = one(BY_NAME, { ingress: [rule("sg-1")] });
    expect(taskIngress(stack)["load-balancers"]?.["for_each"]).toBe(
      `\${toset(setsubtract(concat(formatlist("%s:%s:tcp", tolist(${ref(stack, "aws_lb", "security_groups")}), "8080")), ["sg-1:8080:tcp"]))}`,
    );
  });

  test("for a group that another entry gives", () => {
    const stack = stackOf({ public: BY_NAME, old: given(["sg-1"]) });
    const rules = taskIngress(stack);
    expect(rules["load-balancers"]?.["for_each"]).toContain('["sg-1:8080:tcp"]');
    expect(rules).toHaveProperty(["load-balancer-sg-1-8080-tcp"]);
  });

  test.each<[string, IngressRule]>([
    ["on another port", rule("sg-1", { port: 9090 })],
    ["on a range of ports, which EC2 does not take for the same", rule("sg-1", { toPort: 8090 })],
    ["for another protocol", rule("sg-1", { protocol: "udp" })],
    ["from addresses", { port: 8080, cidrIpv4: "10.0.0.0/8" }],
  ])("but not %s", (_, ingress) => {
    expect(taskIngress(one(given(["sg-1"]), { ingress: [ingress] }))).toHaveProperty(["load-balancer-sg-1-8080-tcp"]);
    expect(taskIngress(one(BY_NAME, { ingress: [ingress] }))["load-balancers"]?.["for_each"]).not.toContain(
      "setsubtract",
    );
  });

  test("but not one whose group only Terraform knows, since it may be another one", () => {
    const stack = synthesized((scope) =>
      add(scope, { public: BY_NAME }, { ingress: [rule(variable(scope, "group").stringValue)] }),
    );
    expect(taskIngress(stack)["load-balancers"]?.["for_each"]).not.toContain("setsubtract");
  });
});
