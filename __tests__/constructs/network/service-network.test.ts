import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import type { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Token, TerraformOutput, type TerraformStack } from "cdktf";

import { ServiceNetwork } from "../../../src/constructs/network/service-network";
import type { IngressRule, NetworkProps } from "../../../src/model/network";
import { emptyStack, synthesized, variable, type SynthesizedStack } from "../../support/synthesized-stack";
import { parsedService } from "../../support/task-stack";

const addNetwork = (stack: TerraformStack, network: NetworkProps, ingress: IngressRule[] = []): ServiceNetwork =>
  new ServiceNetwork(stack, "network", { ...parsedService({ network, ingress }), name: "demo" });

function synthesizedNetwork(
  network: NetworkProps | ((stack: TerraformStack) => NetworkProps),
  ingress?: IngressRule[],
): SynthesizedStack {
  return synthesized((stack) => {
    const props = typeof network === "function" ? network(stack) : network;
    const { subnets, securityGroups, assignPublicIp } = addNetwork(stack, props, ingress);
    new TerraformOutput(stack, "fields", { value: { subnets, securityGroups, assignPublicIp } });
  });
}

const only = (blocks: Readonly<Record<string, unknown>>): string => Object.keys(blocks).join();

describe("subnets and security groups by id", () => {
  const BY_ID = { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"] };

  test("are used as they are, without public addresses, and nothing is looked up or made", () => {
    const stack = synthesizedNetwork(BY_ID);
    expect(stack.output("fields")).toEqual({ ...BY_ID, assignPublicIp: false });
    expect(stack.addresses()).toEqual([]);
  });

  test("come with public addresses if the network says so", () => {
    expect(synthesizedNetwork({ ...BY_ID, assignPublicIp: true }).output("fields")).toMatchObject({
      assignPublicIp: true,
    });
  });

  test("leave the service without a group of its own", () => {
    expect(addNetwork(emptyStack(), BY_ID).securityGroup).toBeUndefined();
  });

  test("may be references", () => {
    const stack = synthesizedNetwork((scope) => {
      const id = (name: string): string => variable(scope, name).stringValue;
      return { subnets: [id("a"), id("b")], securityGroups: [id("group")] };
    });
    expect(stack.output("fields")).toMatchObject({
      subnets: ["${var.a}", "${var.b}"],
      securityGroups: ["${var.group}"],
    });
  });

  test("may be references to whole lists", () => {
    const stack = synthesizedNetwork((scope) => ({
      subnets: new DataAwsSubnets(scope, "private", {}).ids,
      securityGroups: Token.asList(variable(scope, "groups").value),
    }));
    expect(stack.output("fields")).toMatchObject({
      subnets: "${data.aws_subnets.private.ids}",
      securityGroups: "${var.groups}",
    });
  });
});

describe("a VPC", () => {
  test.each<[string, NetworkProps["vpc"], object]>([
    ["may be the default one", "default", { default: true }],
    ["may be found by id", { id: "vpc-1" }, { id: "vpc-1" }],
    ["may be found by tags", { tags: { Name: "main" } }, { tags: { Name: "main" } }],
  ])("%s", (_how, vpc, lookup) => {
    expect(synthesizedNetwork({ vpc }).lookup("aws_vpc")).toEqual(lookup);
  });

  test("may be a reference", () => {
    const stack = synthesizedNetwork((scope) => ({ vpc: { id: variable(scope, "vpc").stringValue } }));
    expect(stack.lookup("aws_vpc")).toEqual({ id: "${var.vpc}" });
  });

  test("gives its subnets and a security group of the service's own, without public addresses", () => {
    const stack = synthesizedNetwork({ vpc: "default" });
    const vpcId = `\${data.aws_vpc.${only(stack.data("aws_vpc"))}.id}`;
    expect(stack.output("fields")).toEqual({
      subnets: `\${data.aws_subnets.${only(stack.data("aws_subnets"))}.ids}`,
      securityGroups: [`\${aws_security_group.${only(stack.resources("aws_security_group"))}.id}`],
      assignPublicIp: false,
    });
    expect(stack.lookup("aws_subnets")["filter"]).toEqual([{ name: "vpc-id", values: [vpcId] }]);
    expect(stack.resource("aws_security_group")).toMatchObject({ name_prefix: "demo-", vpc_id: vpcId });
  });

  test("may come with security groups besides the service's own", () => {
    const stack = synthesizedNetwork((scope) => ({
      vpc: "default",
      securityGroups: ["sg-1", variable(scope, "group").stringValue],
    }));
    const own = `\${aws_security_group.${only(stack.resources("aws_security_group"))}.id}`;
    expect(stack.output("fields")).toMatchObject({ securityGroups: [own, "sg-1", "${var.group}"] });
  });

  test("may come with a whole list of them that only Terraform knows", () => {
    const stack = synthesizedNetwork((scope) => ({
      vpc: "default",
      securityGroups: Token.asList(variable(scope, "groups").value),
    }));
    const own = `aws_security_group.${only(stack.resources("aws_security_group"))}.id`;
    expect(stack.output("fields")).toMatchObject({ securityGroups: `\${concat([${own}], var.groups)}` });
  });

  test("gives public addresses if the network says so", () => {
    expect(synthesizedNetwork({ vpc: "default", assignPublicIp: true }).output("fields")).toMatchObject({
      assignPublicIp: true,
    });
  });

  test("gives all its subnets unless tags are given", () => {
    const subnetTags = { tier: "private" };
    expect(synthesizedNetwork({ vpc: "default" }).lookup("aws_subnets")).not.toHaveProperty("tags");
    expect(synthesizedNetwork({ vpc: "default", subnetTags }).lookup("aws_subnets")).toMatchObject({
      tags: subnetTags,
    });
  });

  test.each<[string, NetworkProps["subnetTags"], string]>([
    ["no subnet is there, or more than ECS allows", undefined, "subnets"],
    ["no tags are given, and no subnet is there", {}, "subnets"],
    ["none has the tags", { tier: "private", zone: "a b" }, "subnets with the tags tier=private, zone=a b"],
  ])("stops the plan when %s", (_when, subnetTags, wanted) => {
    const stack = synthesizedNetwork({ vpc: "default", subnetTags });
    expect(stack.lookup("aws_subnets")["lifecycle"]).toEqual({
      postcondition: [
        {
          condition: "${length(self.ids) >= 1 && length(self.ids) <= 16}",
          error_message: `The VPC \${data.aws_vpc.${only(stack.data("aws_vpc"))}.id} must have 1 to 16 ${wanted}, but has \${length(self.ids)}; correct subnetTags or vpc of the network.`,
        },
      ],
    });
  });

  test("keeps references in tags out of messages", () => {
    const stack = synthesizedNetwork((scope) => ({
      vpc: "default",
      subnetTags: { tier: variable(scope, "tier").stringValue },
    }));
    expect(JSON.stringify(stack.lookup("aws_subnets")["lifecycle"])).toContain("with the tags tier=…, but");
  });

  test.each<[string, (stack: TerraformStack) => NetworkProps["vpc"], string]>([
    ["the default one", () => "default", "default"],
    ["its id", () => ({ id: "vpc-1" }), "vpc-1"],
    ["its tags", () => ({ tags: { Name: "main", "aws:x/y": "a b" } }), "Name=main, aws:x/y=a b"],
    ["no reference to its id", (stack) => ({ id: variable(stack, "id").stringValue }), "…"],
    [
      "no reference in its tags",
      (stack) => ({ tags: { Name: variable(stack, "n").stringValue, a: "b" } }),
      "Name=…, a=b",
    ],
  ])("is looked up under a path that names %s, for the cdktf command line to print", (_what, vpc, expected) => {
    const stack = emptyStack();
    const { node } = addNetwork(stack, { vpc: vpc(stack) });
    const lookup = node.tryFindChild("vpc") as DataAwsVpc;
    expect(Object.values(Object.values((lookup.toTerraform() as { data: object }).data)[0] as object)).toMatchObject([
      { "//": { metadata: { path: `stack/network/vpc ${expected}` } } },
    ]);
  });

  test("lets in those that ingress names, and nobody else", () => {
    const RULE = "aws_vpc_security_group_ingress_rule";
    const rules = synthesizedNetwork({ vpc: "default" }, [{ port: 80, cidrIpv4: "10.0.0.0/8" }]).resources(RULE);
    expect(Object.values(rules)).toMatchObject([{ from_port: 80, cidr_ipv4: "10.0.0.0/8" }]);
    expect(synthesizedNetwork({ vpc: "default" }).resources(RULE)).toEqual({});
  });
});
