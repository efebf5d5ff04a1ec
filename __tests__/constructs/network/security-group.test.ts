import { TerraformElement, TerraformOutput, type TerraformStack } from "cdktf";

import { SecurityGroup } from "../../../src/constructs/network/security-group";
import { ingressRule, type IngressRule } from "../../../src/model/network";
import { parse } from "../../../src/model/problems";
import { emptyStack, synthesized, variable, type Block, type SynthesizedStack } from "../../support/synthesized-stack";

const RULE = "aws_vpc_security_group_ingress_rule";
const GROUP_ID = "${aws_security_group.group.id}";
const CREATED_FIRST = { lifecycle: { create_before_destroy: true } };
const ON_80 = { security_group_id: GROUP_ID, from_port: 80, to_port: 80, ip_protocol: "tcp" };

const addGroup = (stack: TerraformStack, ingress: readonly IngressRule[] = []): SecurityGroup =>
  new SecurityGroup(stack, "group", {
    name: "demo",
    description: "Tasks of demo",
    vpcId: "vpc-1",
    ingress: ingress.map((rule) => parse(ingressRule, rule, "ingress")),
  });
const synthesizedGroup = (...ingress: IngressRule[]): SynthesizedStack =>
  synthesized((stack) => new TerraformOutput(stack, "id", { value: addGroup(stack, ingress).id }));
const rulesOf = (...ingress: IngressRule[]): Readonly<Record<string, Block>> =>
  synthesizedGroup(...ingress).resources(RULE);

test("is in the VPC, and says whose it is, with a name for each group that replaces another", () => {
  expect(synthesizedGroup().resource("aws_security_group")).toEqual({
    name_prefix: "demo-",
    description: "Tasks of demo",
    vpc_id: "vpc-1",
    ...CREATED_FIRST,
  });
  expect(synthesizedGroup().output("id")).toBe(GROUP_ID);
});

test("has the name that it is given, which is free again in another VPC, and keeps its description", () => {
  const stack = synthesized((scope) => {
    new SecurityGroup(scope, "group", {
      name: "demo",
      groupName: "Web tasks",
      description: "Tasks of demo",
      vpcId: "vpc-1",
      ingress: [],
    });
  });
  expect(stack.resource("aws_security_group")).toEqual({
    name: "Web tasks",
    description: "Tasks of demo",
    vpc_id: "vpc-1",
    lifecycle: { create_before_destroy: true, ignore_changes: ["description"] },
  });
});

test("lets tasks reach everything, and nobody reach tasks", () => {
  const stack = synthesizedGroup();
  const everything = { security_group_id: GROUP_ID, ip_protocol: "-1", ...CREATED_FIRST };
  expect(Object.values(stack.resources("aws_vpc_security_group_egress_rule"))).toEqual([
    { ...everything, cidr_ipv4: "0.0.0.0/0" },
    { ...everything, cidr_ipv6: "::/0" },
  ]);
  expect(stack.resources(RULE)).toEqual({});
});

test("names all rules, which must be there before a task is", () => {
  const { node, rules, resource } = addGroup(emptyStack(), [{ port: 80, cidrIpv4: "10.0.0.0/8" }]);
  expect(new Set([...rules, resource])).toEqual(
    new Set(node.findAll().filter((each) => TerraformElement.isTerraformElement(each))),
  );
  expect(rules).toHaveLength(3);
});

test("exposes its resource", () => {
  const stack = synthesized((scope) => addGroup(scope).resource.addOverride("description", "Web"));
  expect(stack.resource("aws_security_group")).toMatchObject({ description: "Web" });
});

describe("a rule lets in", () => {
  test.each<[string, Omit<IngressRule, "port">, Block]>([
    ["IPv4 addresses", { cidrIpv4: "10.0.0.0/8" }, { cidr_ipv4: "10.0.0.0/8" }],
    ["IPv6 addresses", { cidrIpv6: "2001:db8::/32" }, { cidr_ipv6: "2001:db8::/32" }],
    ["the members of a security group", { securityGroup: "sg-1" }, { referenced_security_group_id: "sg-1" }],
    ["UDP", { protocol: "udp", securityGroup: "sg-1" }, { ip_protocol: "udp", referenced_security_group_id: "sg-1" }],
    ["the addresses of a prefix list", { prefixList: "pl-1" }, { prefix_list_id: "pl-1" }],
  ])("%s", (_what, source, expected) => {
    expect(Object.values(rulesOf({ port: 80, ...source }))).toEqual([{ ...ON_80, ...expected, ...CREATED_FIRST }]);
  });

  test("each of several, whatever differs", () => {
    const rules: IngressRule[] = [
      { port: 80, cidrIpv4: "10.0.0.0/8" },
      { port: 81, cidrIpv4: "10.0.0.0/8" },
      { port: 80, cidrIpv4: "10.0.0.0/9" },
      { port: 80, protocol: "udp", cidrIpv4: "10.0.0.0/8" },
      { port: 80, securityGroup: "sg-1" },
    ];
    expect(Object.keys(rulesOf(...rules))).toHaveLength(5);
  });

  test("on a range of ports, beside a single one of them", () => {
    const from = { cidrIpv4: "10.0.0.0/8" };
    const rules = rulesOf({ port: 80, ...from }, { port: 80, toPort: 90, ...from }, { port: 81, toPort: 81, ...from });
    expect(Object.values(rules).map(({ from_port, to_port }) => [from_port, to_port])).toEqual([
      [80, 90],
      [80, 80],
      [81, 81],
    ]);
    expect(Object.keys(rules)).toContain(Object.keys(rulesOf({ port: 81, ...from }))[0]);
  });

  test.each<[keyof IngressRule, string]>([
    ["cidrIpv4", "cidr_ipv4"],
    ["cidrIpv6", "cidr_ipv6"],
    ["securityGroup", "referenced_security_group_id"],
  ])("whom references name in %s", (property, argument) => {
    const stack = synthesized((scope) =>
      addGroup(
        scope,
        ["a", "b"].map((name) => ({ port: 80, [property]: variable(scope, name).stringValue })),
      ),
    );
    expect(Object.values(stack.resources(RULE))).toMatchObject([
      { [argument]: "${var.a}" },
      { [argument]: "${var.b}" },
    ]);
  });
});

test("a rule keeps its address when another is put before it", () => {
  const [first, second] = [
    { port: 80, cidrIpv4: "10.0.0.0/8" },
    { port: 81, cidrIpv4: "10.0.0.0/8" },
  ] as const;
  expect(rulesOf(second, first)).toMatchObject(rulesOf(first));
});
