import { TerraformOutput, type TerraformStack } from "cdktf";

import { Account } from "../../../src/constructs/iam/account";
import { Role } from "../../../src/constructs/iam/role";
import { LogGroup, type LogGroupProps } from "../../../src/constructs/task/log-group";
import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { rejection } from "../../support/rejection";
import { emptyStack, synthesized, variable, type Block } from "../../support/synthesized-stack";
import { parsedService } from "../../support/task-stack";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const addLogGroup = (
  stack: TerraformStack,
  props: Partial<PinnedFargateServiceProps> = {},
  more: Partial<LogGroupProps> = {},
): LogGroup => {
  const account = new Account(stack, "account");
  return new LogGroup(stack, "log-group", { name: "/ecs/demo", retention: parsedService(props), account, ...more });
};
const groupOf = (props: Partial<PinnedFargateServiceProps> = {}): Block =>
  synthesized((stack) => addLogGroup(stack, props)).resource("aws_cloudwatch_log_group");
/** The policy of a role that may write to an existing group. */
const statementsFor = (existing: (stack: TerraformStack) => string): Block[] =>
  synthesized((stack) => {
    const group = addLogGroup(stack, {}, { existing: existing(stack) });
    const account = new Account(stack, "account-of-role");
    group.grantWrite(new Role(stack, "role", { name: "demo-execution", policyName: "start-tasks", account }));
  }).statements();

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
    addLogGroup(scope, { logKmsKeyArn: variable(scope, "key").stringValue });
  });
  expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({ kms_key_id: "${var.key}" });
});

test("its name is a literal, which hides nothing from the plan", () => {
  const stack = synthesized((scope) => {
    const { name, arn } = addLogGroup(scope);
    new TerraformOutput(scope, "fields", { value: [name, arn] });
  });
  expect(stack.output("fields")).toEqual(["/ecs/demo", "${aws_cloudwatch_log_group.log-group.arn}"]);
});

test("grantWrite allows writing to this group, and nothing else", () => {
  const stack = synthesized((scope) => {
    const group = addLogGroup(scope);
    const account = new Account(scope, "account-of-role");
    group.grantWrite(new Role(scope, "role", { name: "demo-execution", policyName: "start-tasks", account }));
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
    addLogGroup(scope).resource.addOverride("skip_destroy", true);
  });
  expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({ skip_destroy: true });
});

test("with a name of one's own, it is made before the one that it replaces is deleted", () => {
  const stack = synthesized((scope) => addLogGroup(scope, {}, { name: "/services/demo", isNamed: true }));
  expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
    name: "/services/demo",
    lifecycle: { create_before_destroy: true },
  });
});

describe("a group that exists already", () => {
  test("is looked up, and not made", () => {
    const stack = synthesized((scope) => addLogGroup(scope, {}, { existing: "/shared/demo" }));
    expect(stack.resources("aws_cloudwatch_log_group")).toEqual({});
    expect(stack.lookup("aws_cloudwatch_log_group")).toEqual({ name: "/shared/demo" });
  });

  test("is where the execution role may write", () =>
    expect(statementsFor(() => "/shared/demo")).toMatchObject([
      { Resource: ["${data.aws_cloudwatch_log_group.log-group.arn}:*"] },
    ]));

  test("by a reference is not looked up, since it may not exist before the apply", () =>
    expect(statementsFor((stack) => variable(stack, "group").stringValue)).toMatchObject([
      {
        Resource: [
          "arn:${data.aws_partition.account_partition_32ACE770.partition}:logs:us-east-1:${data.aws_caller_identity.account_identity_B7F107C0.account_id}:log-group:${var.group}:*",
        ],
      },
    ]));

  test("gives its name, and nothing to wait for", () => {
    const { name, needed } = addLogGroup(emptyStack(), {}, { existing: "/shared/demo" });
    expect(name).toBe("/shared/demo");
    expect(needed).toEqual([]);
  });

  test("has no resource, and says so", () =>
    expect(rejection(() => addLogGroup(emptyStack(), {}, { existing: "/shared/demo" }).resource)).toBe(
      'log group "/shared/demo" exists already and has no resource here; change it where it is managed',
    ));
});
