import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformProvider, type TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { Account } from "../../../src/constructs/iam/account";
import { rejection } from "../../support/rejection";
import {
  stackWithoutProvider,
  synthesizedStack,
  variable,
  type SynthesizedStack,
} from "../../support/synthesized-stack";

function synthesizedAccount(addProviders: (stack: TerraformStack) => void): SynthesizedStack {
  const stack = stackWithoutProvider();
  addProviders(stack);
  const { accountId, partition, region } = new Account(stack, "account");
  new TerraformOutput(stack, "fields", { value: { accountId, partition, region } });
  return synthesizedStack(stack);
}

class OtherProvider extends TerraformProvider {}

const regionOf = (stack: SynthesizedStack): unknown => (stack.output("fields") as { region: unknown }).region;

test("asks AWS for account and partition, and has the region of the provider as a literal", () => {
  const stack = synthesizedAccount((scope) => new AwsProvider(scope, "aws", { region: "eu-west-1" }));
  const identity = Object.keys(stack.data("aws_caller_identity")).join();
  const partition = Object.keys(stack.data("aws_partition")).join();
  expect(stack.output("fields")).toEqual({
    accountId: `\${data.aws_caller_identity.${identity}.account_id}`,
    partition: `\${data.aws_partition.${partition}.partition}`,
    region: "eu-west-1",
  });
  expect(stack.data("aws_region")).toEqual({});
});

test("looks the region up if the provider names none", () => {
  const stack = synthesizedAccount((scope) => new AwsProvider(scope, "aws", {}));
  expect(regionOf(stack)).toBe(`\${data.aws_region.${Object.keys(stack.data("aws_region")).join()}.id}`);
});

test("has the region that the provider has from elsewhere", () => {
  const stack = synthesizedAccount((scope) => {
    new AwsProvider(scope, "aws", { region: variable(scope, "region").stringValue });
  });
  expect(regionOf(stack)).toBe("${var.region}");
});

test("has the region of the provider of resources that do not name one", () => {
  const stack = synthesizedAccount((scope) => {
    new OtherProvider(scope, "other", { terraformResourceType: "other" });
    new AwsProvider(scope, "global", { region: "us-east-1", alias: "global" });
    new AwsProvider(new Construct(scope, "providers"), "aws", { region: "eu-west-1" });
  });
  expect(regionOf(stack)).toBe("eu-west-1");
});

test.each([
  ["without a provider", () => undefined],
  ["whose only provider has an alias", (scope: Construct) => new AwsProvider(scope, "aws", { alias: "global" })],
])("rejects a stack %s", (_which, addProviders) => {
  expect(rejection(() => synthesizedAccount(addProviders))).toBe(
    'stack "stack" has no AWS provider; begin it with new AwsProvider(this, "aws", { region: … })',
  );
});
