import { TerraformOutput } from "cdktf";

import { CurrentAccount } from "../../src/constructs/current-account";
import { checkRoleName, ecsTasksTrustPolicy, policyDocument } from "../../src/constructs/policy";
import { emptyStack, synthesized, variable } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

test("a policy document allows what its statements say", () => {
  const statements = [
    { actions: ["a:A", "a:B"], resources: ["arn:1"] },
    { actions: ["b:A"], resources: ["arn:2", "arn:3"] },
  ];
  expect(JSON.parse(policyDocument(statements))).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["a:A", "a:B"], Resource: ["arn:1"] },
      { Effect: "Allow", Action: ["b:A"], Resource: ["arn:2", "arn:3"] },
    ],
  });
});

test("the trust policy lets ECS tasks of this account and region in, and nobody else", () => {
  const stack = synthesized((scope) => {
    const account = new CurrentAccount(scope, "account", { region: "eu-west-1" });
    new TerraformOutput(scope, "trust", { value: ecsTasksTrustPolicy(account) });
  });
  const id = Object.keys(stack.data("aws_caller_identity")).join();
  const partition = Object.keys(stack.data("aws_partition")).join();
  expect(JSON.parse(String(stack.output("trust")))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": `\${data.aws_caller_identity.${id}.account_id}` },
          ArnLike: {
            "aws:SourceArn": `arn:\${data.aws_partition.${partition}.partition}:ecs:eu-west-1:\${data.aws_caller_identity.${id}.account_id}:*`,
          },
        },
      },
    ],
  });
});

describe("a role name", () => {
  test.each(["d", "Demo_1+=,.@-", "d".repeat(64)])("%s is taken", (name) => {
    expect(() => checkRoleName(name)).not.toThrow();
  });

  test.each([[""], ["my role"], ["a/b"], ["d".repeat(65)]])("rejects %j", (name) => {
    expect(rejection(() => checkRoleName(name))).toBe(
      `role name "${name}" is not valid in IAM; use at most 64 letters, digits or "_+=,.@-": shorten the name of the service or the environment`,
    );
  });

  test("that only Terraform knows is not checked", () => {
    expect(() => checkRoleName(variable(emptyStack(), "name").stringValue)).not.toThrow();
  });
});
