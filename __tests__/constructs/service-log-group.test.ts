import { TerraformOutput } from "cdktf";

import { ServiceLogGroup, type ServiceLogGroupProps } from "../../src/constructs/service-log-group";
import type { Block } from "../support/synthesized-stack";
import { emptyStack, synthesized, variable } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const groupOf = (props: Partial<ServiceLogGroupProps> = {}): Block =>
  synthesized((stack) => new ServiceLogGroup(stack, "log-group", { name: "/ecs/demo", ...props })).resource(
    "aws_cloudwatch_log_group",
  );
const groupRejection = (props: Partial<ServiceLogGroupProps>): string =>
  rejection(() => new ServiceLogGroup(emptyStack(), "log-group", { name: "/ecs/demo", ...props }));

test("keeps logs for 30 days, encrypted with a key of CloudWatch Logs", () => {
  expect(groupOf()).toEqual({ name: "/ecs/demo", retention_in_days: 30 });
});

test.each([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653])(
  "keeps logs for %d days",
  (logRetentionDays) => {
    expect(groupOf({ logRetentionDays })).toMatchObject({ retention_in_days: logRetentionDays });
  },
);

test.each([0, 2, 31, 30.5, 3654, -1])("rejects a retention of %d days and lists the periods that there are", (days) => {
  expect(groupRejection({ logRetentionDays: days })).toBe(
    `logRetentionDays ${days} is not a period of CloudWatch Logs; choose 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653`,
  );
});

test("encrypts with a key of the user's own", () => {
  expect(groupOf({ logKmsKeyArn: KEY })).toMatchObject({ kms_key_id: KEY });
});

test("rejects the alias of a key", () => {
  expect(groupRejection({ logKmsKeyArn: "alias/logs" })).toBe(
    'logKmsKeyArn "alias/logs" is not the ARN of a KMS key; use arn:aws:kms:REGION:ACCOUNT:key/ID',
  );
});

test("takes every character that CloudWatch Logs takes in a name, up to 512", () => {
  for (const name of ["/ecs/Demo-1_a.b#c", "a".repeat(512)]) expect(groupOf({ name })).toMatchObject({ name });
});

test.each([[""], ["/ecs/my demo"], ["/ecs/demo:1"]])("rejects the name %j", (name) => {
  expect(groupRejection({ name })).toBe(
    `log group name "${name}" is not valid; use 1 to 512 letters, digits or "._-/#", known when the plan is made`,
  );
});

test("rejects a name of 513 characters", () => {
  expect(groupRejection({ name: "a".repeat(513) })).toBe(
    `log group name "${"a".repeat(75)}…" is not valid; use 1 to 512 letters, digits or "._-/#", known when the plan is made`,
  );
});

test("rejects a name that only Terraform knows, which would hide the container definitions from the plan", () => {
  const name = variable(emptyStack(), "name").stringValue;
  expect(groupRejection({ name })).toBe(
    `log group name "${name}" is not valid; use 1 to 512 letters, digits or "._-/#", known when the plan is made`,
  );
});

test("takes a retention and a key that only Terraform knows", () => {
  const stack = synthesized((scope) => {
    const logRetentionDays = variable(scope, "days").numberValue;
    const logKmsKeyArn = variable(scope, "key").stringValue;
    new ServiceLogGroup(scope, "log-group", { name: "/ecs/demo", logRetentionDays, logKmsKeyArn });
  });
  expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
    retention_in_days: "${var.days}",
    kms_key_id: "${var.key}",
  });
});

test("its name is a literal, not a reference to the resource", () => {
  const stack = synthesized((scope) => {
    const { name } = new ServiceLogGroup(scope, "log-group", { name: "/ecs/demo" });
    new TerraformOutput(scope, "name", { value: name });
  });
  expect(stack.output("name")).toBe("/ecs/demo");
});
