import { TerraformOutput, type TerraformStack } from "cdktf";

import { ServiceNetwork, type NetworkProps, type ServiceNetworkProps } from "../../src/constructs/service-network";
import { emptyStack, synthesized, variable, type SynthesizedStack } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

type Props = Omit<ServiceNetworkProps, "name">;

function addNetwork(stack: TerraformStack, props: Props): void {
  const { subnets, securityGroups, assignPublicIp } = new ServiceNetwork(stack, "network", { name: "demo", ...props });
  new TerraformOutput(stack, "fields", { value: { subnets, securityGroups, assignPublicIp } });
}

const synthesizedNetwork = (network: NetworkProps, ingress?: Props["ingress"]): SynthesizedStack =>
  synthesized((stack) => addNetwork(stack, { network, ingress }));
const networkRejection = (network: object, ingress?: Props["ingress"]): string =>
  rejection(() => addNetwork(emptyStack(), { network: network as NetworkProps, ingress }));

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe("subnets and security groups by id", () => {
  test("are taken as they are, without public addresses, and nothing is looked up or made", () => {
    const stack = synthesizedNetwork({ subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"] });
    expect(stack.output("fields")).toEqual({
      subnets: ["subnet-1", "subnet-2"],
      securityGroups: ["sg-1"],
      assignPublicIp: false,
    });
    expect(stack.text).not.toMatch(/"(data|resource)"/);
  });

  test("may come with public addresses", () => {
    const stack = synthesizedNetwork({ subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: true });
    expect(stack.output("fields")).toMatchObject({ assignPublicIp: true });
  });

  test("may be 16 subnets and 5 groups", () => {
    const network = { subnets: numbered("subnet", 16), securityGroups: numbered("sg", 5) };
    expect(synthesizedNetwork(network).output("fields")).toMatchObject(network);
  });

  test.each([
    ["subnets", 0, 16],
    ["subnets", 17, 16],
    ["securityGroups", 0, 5],
    ["securityGroups", 6, 5],
  ])("rejects %s with %d entries", (property, count, maximum) => {
    const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"] };
    expect(
      networkRejection({ ...network, [property]: numbered(property === "subnets" ? "subnet" : "sg", count) }),
    ).toBe(`network: ${property} has ${count} entries; give 1 to ${maximum}`);
  });

  test.each([
    ["subnets", "sg-1", "subnet-0123456789abcdef0"],
    ["subnets", "my-subnet-1", "subnet-0123456789abcdef0"],
    ["subnets", "subnet-", "subnet-0123456789abcdef0"],
    ["securityGroups", "subnet-1", "sg-0123456789abcdef0"],
    ["securityGroups", "sg-1 ", "sg-0123456789abcdef0"],
  ])("rejects %s with %s in them", (property, id, example) => {
    const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"] };
    expect(networkRejection({ ...network, [property]: [id] })).toBe(
      `network: ${property} "${id}" is not valid; use an id like ${example}`,
    );
  });

  test("rejects ingress, which would change a group that is not the service's own", () => {
    const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"] };
    expect(networkRejection(network, [{ port: 80, cidrIpv4: "10.0.0.0/8" }])).toBe(
      "ingress needs a security group of the service's own, and the network names existing ones; add the rules to those, or move ingress to the environments whose network is a vpc: environments: { staging: { ingress: [ … ] } }",
    );
  });

  test("rejects an unknown property", () => {
    expect(networkRejection({ subnets: ["subnet-1"], securityGroups: ["sg-1"], subnetTags: {} })).toBe(
      'network: unknown property "subnetTags"; known are subnets, securityGroups, assignPublicIp',
    );
  });

  test("may be ids that only Terraform knows", () => {
    const stack = synthesized((scope) => {
      const id = (name: string): string => variable(scope, name).stringValue;
      addNetwork(scope, { network: { subnets: [id("a"), id("b")], securityGroups: [id("group")] } });
    });
    expect(stack.output("fields")).toMatchObject({
      subnets: ["${var.a}", "${var.b}"],
      securityGroups: ["${var.group}"],
    });
  });
});

test("subnets and security groups may be lists that only Terraform knows", () => {
  const stack = synthesized((scope) => {
    const list = (name: string): string[] => variable(scope, name).listValue;
    addNetwork(scope, { network: { subnets: list("subnets"), securityGroups: list("groups") } });
  });
  expect(stack.output("fields")).toMatchObject({ subnets: "${var.subnets}", securityGroups: "${var.groups}" });
});

describe("a VPC", () => {
  test("may be the default one", () => {
    expect(synthesizedNetwork({ vpc: "default" }).lookup("aws_vpc")).toEqual({ default: true });
  });

  test("may be found by id", () => {
    expect(synthesizedNetwork({ vpc: { id: "vpc-1" } }).lookup("aws_vpc")).toEqual({ id: "vpc-1" });
  });

  test("may be found by tags", () => {
    const tags = { Name: "main" };
    expect(synthesizedNetwork({ vpc: { tags } }).lookup("aws_vpc")).toEqual({ tags });
  });

  test("gives its subnets and a security group of the service's own, without public addresses", () => {
    const stack = synthesizedNetwork({ vpc: "default" });
    const [vpc] = Object.keys(stack.data("aws_vpc"));
    const [subnets] = Object.keys(stack.data("aws_subnets"));
    const [group] = Object.keys(stack.resources("aws_security_group"));
    expect(stack.output("fields")).toEqual({
      subnets: `\${data.aws_subnets.${subnets}.ids}`,
      securityGroups: [`\${aws_security_group.${group}.id}`],
      assignPublicIp: false,
    });
    expect(stack.lookup("aws_subnets")["filter"]).toEqual([{ name: "vpc-id", values: [`\${data.aws_vpc.${vpc}.id}`] }]);
    expect(stack.resource("aws_security_group")).toMatchObject({ name: "demo", vpc_id: `\${data.aws_vpc.${vpc}.id}` });
  });

  test("may give public addresses", () => {
    expect(synthesizedNetwork({ vpc: "default", assignPublicIp: true }).output("fields")).toMatchObject({
      assignPublicIp: true,
    });
  });

  test("gives all its subnets unless tags are stated", () => {
    expect(synthesizedNetwork({ vpc: "default" }).lookup("aws_subnets")).not.toHaveProperty("tags");
    const subnetTags = { tier: "private" };
    expect(synthesizedNetwork({ vpc: "default", subnetTags }).lookup("aws_subnets")).toMatchObject({
      tags: subnetTags,
    });
  });

  test("stops the plan when no subnet matches, or more than ECS takes", () => {
    expect(synthesizedNetwork({ vpc: "default" }).lookup("aws_subnets")["lifecycle"]).toEqual({
      postcondition: [
        {
          condition: "${length(self.ids) >= 1 && length(self.ids) <= 16}",
          error_message:
            "The VPC must have 1 to 16 matching subnets, and has ${length(self.ids)}; set subnetTags of the network so that they match.",
        },
      ],
    });
  });

  test("lets in whom ingress names", () => {
    const ingress = [{ port: 80, cidrIpv4: "10.0.0.0/8" }];
    const rules = synthesizedNetwork({ vpc: "default" }, ingress).resources("aws_vpc_security_group_ingress_rule");
    expect(Object.values(rules)).toMatchObject([{ from_port: 80, cidr_ipv4: "10.0.0.0/8" }]);
  });

  test("lets nobody in unless ingress names them", () => {
    expect(synthesizedNetwork({ vpc: "default" }).resources("aws_vpc_security_group_ingress_rule")).toEqual({});
  });

  test("rejects an id of the wrong kind", () => {
    expect(networkRejection({ vpc: { id: "subnet-1" } })).toBe(
      'network: vpc: id "subnet-1" is not valid; use an id like vpc-0123456789abcdef0',
    );
  });

  test("rejects tags that AWS does not take, in which Terraform would see an expression", () => {
    expect(networkRejection({ vpc: { tags: { Name: "${x}" } } })).toBe(
      'network: vpc: tags: value "${x}" of "Name" is not valid; use at most 256 letters, digits, spaces or "_.:/=+-@"',
    );
    expect(networkRejection({ vpc: "default", subnetTags: { "%{x}": "private" } })).toBe(
      'network: subnetTags: key "%{x}" is not valid; use 1 to 128 letters, digits, spaces or "_.:/=+-@"',
    );
  });

  test("may be found by a tag of AWS's own", () => {
    const tags = { "aws:cloudformation:stack-name": "network" };
    expect(synthesizedNetwork({ vpc: { tags } }).lookup("aws_vpc")).toEqual({ tags });
  });

  test("rejects no tags, which any VPC has", () => {
    expect(networkRejection({ vpc: { tags: {} } })).toBe('network: vpc: tags is empty; name a tag, an id or "default"');
  });

  test.each([
    [{ id: "vpc-1", tags: { Name: "main" } }, "tags", "id"],
    [{ tags: { Name: "main" }, name: "main" }, "name", "tags"],
  ])("rejects %j, of which a part would be ignored", (vpc, unknown, known) => {
    expect(networkRejection({ vpc })).toBe(`network: vpc: unknown property "${unknown}"; known are ${known}`);
  });

  test("rejects an unknown property", () => {
    expect(networkRejection({ vpc: "default", subnetTag: {} })).toBe(
      'network: unknown property "subnetTag"; known are vpc, subnetTags, assignPublicIp',
    );
  });

  test("may be an id that only Terraform knows", () => {
    const stack = synthesized((scope) => {
      addNetwork(scope, { network: { vpc: { id: variable(scope, "vpc").stringValue } } });
    });
    expect(stack.lookup("aws_vpc")).toEqual({ id: "${var.vpc}" });
  });
});

describe("rejects a network that is", () => {
  const VPC = 'use "default", { id: … } or { tags: { … } }';

  test.each<[string, object, string]>([
    ["nothing", {}, "neither vpc nor subnets; give a vpc, or subnets and securityGroups"],
    ["subnets alone", { subnets: ["subnet-1"] }, "securityGroups is missing; write it as [ … ]"],
    ["groups alone", { securityGroups: ["sg-1"] }, "subnets is missing; write it as [ … ]"],
    ["text for a list", { subnets: "subnet-0a", securityGroups: ["sg-1"] }, "subnets is not a list; write it as [ … ]"],
    [
      "a subnet twice",
      { subnets: ["subnet-1", "subnet-2", "subnet-1"], securityGroups: ["sg-1"] },
      'subnets "subnet-1" is stated twice; remove one',
    ],
    [
      "a group twice",
      { subnets: ["subnet-1"], securityGroups: ["sg-1", "sg-1"] },
      'securityGroups "sg-1" is stated twice; remove one',
    ],
    [
      "a vpc and groups",
      { vpc: "default", securityGroups: ["sg-1"] },
      "vpc and securityGroups exclude each other; give a vpc, or subnets and securityGroups",
    ],
    [
      "a vpc and subnets",
      { vpc: "default", subnets: ["subnet-1"], securityGroups: ["sg-1"] },
      "vpc and subnets exclude each other; give a vpc, or subnets and securityGroups",
    ],
    ["an undefined vpc", { vpc: undefined }, `vpc undefined is not valid; ${VPC}`],
    ["the id of a vpc", { vpc: "vpc-123" }, `vpc "vpc-123" is not valid; ${VPC}`],
    ["an empty vpc", { vpc: {} }, `vpc {} is not valid; ${VPC}`],
    ["a vpc by name", { vpc: { name: "main" } }, `vpc {"name":"main"} is not valid; ${VPC}`],
    ["a vpc without tags", { vpc: { tags: undefined } }, "vpc: tags is missing; write it as { … }"],
    [
      "a vpc by half a tag",
      { vpc: { tags: { Name: undefined } } },
      'vpc: tags: value undefined of "Name" is not text; write it in quotes, or leave the tag out',
    ],
    ["text for tags", { vpc: "default", subnetTags: "private" }, "subnetTags is not an object; write it as { … }"],
    [
      "text for a boolean",
      { vpc: "default", assignPublicIp: "false" },
      'assignPublicIp "false" is not valid; use true or false',
    ],
    [
      "a number for a boolean",
      { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: 0 },
      "assignPublicIp 0 is not valid; use true or false",
    ],
  ])("%s", (_, network, message) => {
    expect(networkRejection(network)).toBe(`network: ${message}`);
  });
});
