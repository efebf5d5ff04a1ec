import { TerraformOutput } from "cdktf";

import {
  ServiceSecurityGroup,
  type IngressRule,
  type ServiceSecurityGroupProps,
} from "../../src/constructs/service-security-group";
import { emptyStack, synthesized, variable, type Block, type SynthesizedStack } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

const GROUP = { name: "demo", vpcId: "vpc-1" };
const INGRESS_RULE = "aws_vpc_security_group_ingress_rule";

const synthesizedGroup = (props: Partial<ServiceSecurityGroupProps> = {}): SynthesizedStack =>
  synthesized((stack) => {
    const { id } = new ServiceSecurityGroup(stack, "group", { ...GROUP, ...props });
    new TerraformOutput(stack, "id", { value: id });
  });
const rulesOf = (...ingress: IngressRule[]): Block[] =>
  Object.values(synthesizedGroup({ ingress }).resources(INGRESS_RULE));
const rejectionOf = (...ingress: object[]): string =>
  rejection(() => new ServiceSecurityGroup(emptyStack(), "group", { ...GROUP, ingress: ingress as IngressRule[] }));

test("is in the VPC and says whose it is", () => {
  expect(synthesizedGroup().resource("aws_security_group")).toEqual({
    name: "demo",
    description: "Tasks of demo",
    vpc_id: "vpc-1",
    lifecycle: { create_before_destroy: true },
  });
  expect(synthesizedGroup().output("id")).toBe("${aws_security_group.group.id}");
});

test("lets tasks reach everything, and nobody reach tasks", () => {
  const stack = synthesizedGroup();
  const everything = { security_group_id: "${aws_security_group.group.id}", ip_protocol: "-1" };
  expect(Object.values(stack.resources("aws_vpc_security_group_egress_rule"))).toEqual([
    { ...everything, cidr_ipv4: "0.0.0.0/0" },
    { ...everything, cidr_ipv6: "::/0" },
  ]);
  expect(stack.resources(INGRESS_RULE)).toEqual({});
});

describe("a rule lets in", () => {
  const on80 = { security_group_id: "${aws_security_group.group.id}", from_port: 80, to_port: 80, ip_protocol: "tcp" };

  test.each(["10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "10.128.0.0/9"])("%s", (cidrIpv4) => {
    expect(rulesOf({ port: 80, cidrIpv4 })).toEqual([{ ...on80, cidr_ipv4: cidrIpv4 }]);
  });

  test.each(["2001:db8::/32", "::/0", "2001:db8::1/128", "2001:db8:0:1::/64"])("%s", (cidrIpv6) => {
    expect(rulesOf({ port: 80, cidrIpv6 })).toEqual([{ ...on80, cidr_ipv6: cidrIpv6 }]);
  });

  test("the members of a security group", () => {
    expect(rulesOf({ port: 80, securityGroup: "sg-1" })).toEqual([{ ...on80, referenced_security_group_id: "sg-1" }]);
  });

  test("by udp", () => {
    expect(rulesOf({ port: 53, protocol: "udp", cidrIpv4: "10.0.0.0/8" })).toMatchObject([{ ip_protocol: "udp" }]);
  });

  test.each([1, 65_535])("on port %d", (port) => {
    expect(rulesOf({ port, cidrIpv4: "10.0.0.0/8" })).toMatchObject([{ from_port: port, to_port: port }]);
  });

  test("each of several, whatever differs", () => {
    const rules: IngressRule[] = [
      { port: 80, cidrIpv4: "10.0.0.0/8" },
      { port: 81, cidrIpv4: "10.0.0.0/8" },
      { port: 80, cidrIpv4: "10.0.0.0/9" },
      { port: 80, protocol: "udp", cidrIpv4: "10.0.0.0/8" },
      { port: 80, securityGroup: "sg-1" },
    ];
    expect(rulesOf(...rules)).toHaveLength(5);
  });
});

test("a rule keeps its address when another is put before it", () => {
  const [first, second] = [
    { port: 80, cidrIpv4: "10.0.0.0/8" },
    { port: 81, cidrIpv4: "10.0.0.0/8" },
  ] as const;
  const addresses = (...ingress: IngressRule[]): string[] =>
    Object.keys(synthesizedGroup({ ingress }).resources(INGRESS_RULE));
  expect(addresses(second, first)).toEqual(expect.arrayContaining(addresses(first)));
});

describe("what only Terraform knows", () => {
  test.each([
    ["port", "from_port"],
    ["protocol", "ip_protocol"],
    ["securityGroup", "referenced_security_group_id"],
  ])("may be the %s of a rule, under an address that does not depend on it", (property, argument) => {
    const stack = synthesized((scope) => {
      const value = variable(scope, "value");
      const rule = {
        port: 80,
        ...(property !== "securityGroup" && { cidrIpv4: "10.0.0.0/8" }),
        [property]: property === "port" ? value.numberValue : value.stringValue,
      };
      new ServiceSecurityGroup(scope, "group", { ...GROUP, ingress: [rule] });
    });
    const rules = stack.resources(INGRESS_RULE);
    expect(Object.keys(rules).join()).toMatch(/^group_ingress-0_[0-9A-F]{8}$/);
    expect(Object.values(rules)).toMatchObject([{ [argument]: "${var.value}" }]);
  });

  test.each([
    ["cidrIpv4", "cidr_ipv4"],
    ["cidrIpv6", "cidr_ipv6"],
  ])("may be the %s of several rules", (property, argument) => {
    const stack = synthesized((scope) => {
      const ingress = ["a", "b"].map((name) => ({ port: 80, [property]: variable(scope, name).stringValue }));
      new ServiceSecurityGroup(scope, "group", { ...GROUP, ingress });
    });
    expect(Object.values(stack.resources(INGRESS_RULE))).toMatchObject([
      { [argument]: "${var.a}" },
      { [argument]: "${var.b}" },
    ]);
  });
});

describe("rejects", () => {
  test("a name that looks like an id", () => {
    expect(rejection(() => new ServiceSecurityGroup(emptyStack(), "group", { ...GROUP, name: "sg-demo" }))).toBe(
      'security group name "sg-demo" is not valid in EC2, where "sg-" begins an id; rename the service',
    );
  });

  test.each([0, 65_536, 80.5])("port %d", (port) => {
    expect(rejectionOf({ port, cidrIpv4: "10.0.0.0/8" })).toBe(
      `ingress on port ${port}: port ${port} is not valid; use a whole number from 1 to 65535`,
    );
  });

  test("a protocol that does not exist", () => {
    expect(rejectionOf({ port: 80, protocol: "http", cidrIpv4: "10.0.0.0/8" })).toBe(
      'ingress on port 80: protocol "http" is not valid; choose tcp, udp',
    );
  });

  test("a rule without source", () => {
    expect(rejectionOf({ port: 80 })).toBe(
      "ingress on port 80: 0 sources; give exactly one of cidrIpv4, cidrIpv6 and securityGroup",
    );
  });

  test.each([
    { cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" },
    { cidrIpv4: "10.0.0.0/8", securityGroup: "sg-1" },
    { cidrIpv6: "::/0", securityGroup: "sg-1" },
  ])("two sources: %j", (sources) => {
    expect(rejectionOf({ port: 80, ...sources })).toBe(
      "ingress on port 80: 2 sources; give exactly one of cidrIpv4, cidrIpv6 and securityGroup",
    );
  });

  test.each([
    [""],
    ["10.0.0.0"],
    ["10.0.0.0/"],
    ["10.0.0.0/33"],
    ["10.0.0/8"],
    ["10.0.0.0/08"],
    ["10.0.0.0/8/8"],
    ["::/0"],
  ])("cidrIpv4 %j", (cidrIpv4) => {
    expect(rejectionOf({ port: 80, cidrIpv4 })).toBe(
      `ingress on port 80: cidrIpv4 "${cidrIpv4}" is not a CIDR block; use one like 10.0.0.0/8`,
    );
  });

  test.each([
    ["::"],
    ["::/129"],
    ["fe80::1%eth0/128"],
    ["2001:db8/32"],
    ["10.0.0.0/8"],
    ["::/0x0"],
    ["::/1000"],
    ["::ffff:10.0.0.0/120"],
  ])("cidrIpv6 %j", (cidrIpv6) => {
    expect(rejectionOf({ port: 80, cidrIpv6 })).toBe(
      `ingress on port 80: cidrIpv6 "${cidrIpv6}" is not a CIDR block; use one like 2001:db8::/32`,
    );
  });

  test.each([["web"], ["sg-"], ["sg-1/x"], ["my-sg-1"]])("securityGroup %j", (securityGroup) => {
    expect(rejectionOf({ port: 80, securityGroup })).toBe(
      `ingress on port 80: securityGroup "${securityGroup}" is not valid; use an id like sg-0123456789abcdef0`,
    );
  });

  test.each([
    ["80", '"80"'],
    [null, "null"],
    [80, "80"],
  ])("a rule that is %j", (rule, shown) => {
    expect(rejectionOf(rule as unknown as object)).toBe(
      `ingress: ${shown} is not an object; its properties are port, protocol, cidrIpv4, cidrIpv6, securityGroup`,
    );
  });

  test.each([10, null])("%j for a CIDR block", (cidr) => {
    expect(rejectionOf({ port: 80, cidrIpv4: cidr })).toBe(
      `ingress on port 80: cidrIpv4 ${String(cidr)} is not a CIDR block; use one like 10.0.0.0/8`,
    );
  });

  test.each([
    ["10.0.0.1/8", "10.0.0.0/8"],
    ["192.168.255.255/20", "192.168.240.0/20"],
    ["1.2.3.4/0", "0.0.0.0/0"],
    ["255.255.255.255/31", "255.255.255.254/31"],
  ])("cidrIpv4 %s, which is no network address", (cidrIpv4, network) => {
    expect(rejectionOf({ port: 80, cidrIpv4 })).toBe(
      `ingress on port 80: cidrIpv4 "${cidrIpv4}" is not the address of a network; use ${network}, or 32 bits for one address`,
    );
  });

  test.each([
    ["2001:db8::1/32", "2001:db8::/32"],
    ["2001:DB8:0:1:2:3:4:5/65", "2001:db8:0:1::/65"],
    ["::1/0", "::/0"],
    ["1::ffff/127", "1::fffe/127"],
  ])("cidrIpv6 %s, which is no network address", (cidrIpv6, network) => {
    expect(rejectionOf({ port: 80, cidrIpv6 })).toBe(
      `ingress on port 80: cidrIpv6 "${cidrIpv6}" is not the address of a network; use ${network}, or 128 bits for one address`,
    );
  });

  test.each([
    ["2001:DB8::/32", "2001:db8::/32"],
    ["2001:0db8::/32", "2001:db8::/32"],
    ["2001:db8:0:0::/64", "2001:db8::/64"],
  ])("cidrIpv6 %s, which would come back in another spelling", (cidrIpv6, canonical) => {
    expect(rejectionOf({ port: 80, cidrIpv6 })).toBe(
      `ingress on port 80: cidrIpv6 "${cidrIpv6}" is not how Amazon EC2 writes it; use ${canonical}`,
    );
  });

  test("an unknown property", () => {
    expect(rejectionOf({ port: 80, cidr: "10.0.0.0/8" })).toBe(
      'ingress: unknown property "cidr"; known are port, protocol, cidrIpv4, cidrIpv6, securityGroup',
    );
  });

  test("a rule that is stated twice", () => {
    const rule = { port: 80, cidrIpv4: "10.0.0.0/8" };
    expect(rejectionOf(rule, { ...rule, protocol: "tcp" })).toBe(
      'ingress on port 80 from "10.0.0.0/8" is stated twice; remove one',
    );
  });
});
