import { TerraformOutput } from "cdktf";

import { CurrentAccount } from "../../src/constructs/current-account";
import { synthesized } from "../support/synthesized-stack";

test("asks AWS for account and partition, and has the region as a literal", () => {
  const stack = synthesized((scope) => {
    const { accountId, partition, region } = new CurrentAccount(scope, "account", { region: "eu-west-1" });
    new TerraformOutput(scope, "fields", { value: { accountId, partition, region } });
  });
  const [identity] = Object.keys(stack.data("aws_caller_identity"));
  const [partition] = Object.keys(stack.data("aws_partition"));
  expect(stack.output("fields")).toEqual({
    accountId: `\${data.aws_caller_identity.${identity}.account_id}`,
    partition: `\${data.aws_partition.${partition}.partition}`,
    region: "eu-west-1",
  });
});
