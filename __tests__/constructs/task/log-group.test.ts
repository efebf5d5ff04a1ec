import { TerraformOutput } from "cdktf";

import { Account } from "../../../src/constructs/iam/account";
import { Role } from "../../../src/constructs/iam/role";
import { LogGroup } from "../../../src/constructs/task/log-group";
import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { synthesized, variable, type Block } from "../../support/synthesized-stack";
import { parsedService } from "../../support/task-stack";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const retention = (props: Partial<PinnedFargateServiceProps> = {}) => ({
  name: "/ecs/demo",
  retention: parsedService(props),
});
const groupOf = (props: Partial<PinnedFargateServiceProps> = {}): Block =>
  synthesized((stack) => new LogGroup(stack, "log-group", retention(props))).resource("aws_cloudwatch_log_group");

test("keeps logs for 30 days, encrypted with a key of CloudWatch Logs", () => {
  expect(groupOf()).toEqual({ name: "/ecs/demo", retention_in_days: 30 });
});

test("keeps logs for the given time, encrypted with the user's own key", () => {
  expect(groupOf({ logRetentionDays: 3653, logKmsKeyArn: KEY })).toEqual({
    name: "/ecs/demo",
    retention_in_days: 3653,
    kms_key_id: KEY,
  });
});

test("accepts a reference to a key", () => {
  const stack = synthesized((scope) => {
    new LogGroup(scope, "log-group", retention({ logKmsKeyArn: variable(scope, "key").stringValue }));
  });
  expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({ kms_key_id: "${var.key}" });
});

test("its name is a literal, which hides nothing from the plan", () => {
  const stack = synthesized((scope) => {
    const { name, arn } = new LogGroup(scope, "log-group", retention());
    new TerraformOutput(scope, "fields", { value: [name, arn] });
  });
  expect(stack.output("fields")).toEqual(["/ecs/demo", "${aws_cloudwatch_log_group.log-group.arn}"]);
});

test("grantWrite allows writing to this group, and nothing else", () => {
  const stack = synthesized((scope) => {
    const account = new Account(scope, "account");
    const role = new Role(scope, "role", { name: "demo-execution", policyName: "start-tasks", account });
    new LogGroup(scope, "log-group", retention()).grantWrite(role);
  });
  expect(stack.statements()).toEqual([
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: ["${aws_cloudwatch_log_group.log-group.arn}:*"],
    },
  ]);
});

test("exposes its resource", () => {
  const stack = synthesized((scope) => {
    new LogGroup(scope, "log-group", retention()).resource.addOverride("skip_destroy", true);
  });
  expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({ skip_destroy: true });
});
