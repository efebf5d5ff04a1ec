import { TerraformOutput } from "cdktf";

import { Account } from "../../../src/constructs/iam/account";
import { ecsTasksTrustPolicy, policyDocument } from "../../../src/constructs/iam/policy";
import type { PolicyStatement } from "../../../src/model/policy";
import { synthesized, variable } from "../../support/synthesized-stack";

const statementsOf = (...statements: PolicyStatement[]): unknown =>
  (JSON.parse(policyDocument(statements)) as { Statement: unknown }).Statement;

describe("a policy document", () => {
  test("allows what its statements say", () => {
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

  test("leaves variables of IAM to IAM", () => {
    const stack = synthesized((scope) => {
      const { stringValue: bucket } = variable(scope, "bucket");
      const resources = ["arn:aws:s3:::orders/${aws:username}/*", `${bucket}/\${aws:PrincipalTag/team}/*`];
      new TerraformOutput(scope, "policy", { value: policyDocument([{ actions: ["s3:GetObject"], resources }]) });
    });
    expect(stack.output("policy")).toContain(
      '"Resource":["arn:aws:s3:::orders/$${aws:username}/*","${var.bucket}/$${aws:PrincipalTag/team}/*"]',
    );
  });

  test("has one statement for those that differ only in their resources, and names each resource once", () => {
    const actions = ["a:A", "a:B"];
    const statements = [
      { actions, resources: ["arn:2"] },
      { actions: ["a:A"], resources: ["arn:3"] },
      { actions, resources: ["arn:1", "arn:2"] },
    ];
    expect(statementsOf(...statements)).toMatchObject([
      { Action: actions, Resource: ["arn:2", "arn:1"] },
      { Action: ["a:A"], Resource: ["arn:3"] },
    ]);
  });

  test("keeps statements with different conditions apart", () => {
    const tagged = (team: string): PolicyStatement => ({
      actions: ["a:A"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:ResourceTag/team": team } },
    });
    const always = { actions: ["a:A"], resources: ["*"] };
    expect(statementsOf(always, tagged("web"), tagged("shop"), tagged("web"))).toEqual([
      { Effect: "Allow", Action: ["a:A"], Resource: ["*"] },
      ...["web", "shop"].map((team) => ({
        Effect: "Allow",
        Action: ["a:A"],
        Resource: ["*"],
        Condition: { StringEquals: { "aws:ResourceTag/team": team } },
      })),
    ]);
  });
});

test("the trust policy lets ECS tasks of this account and region in, and nobody else", () => {
  const stack = synthesized((scope) => {
    new TerraformOutput(scope, "trust", { value: ecsTasksTrustPolicy(new Account(scope, "account")) });
  });
  const account = `\${data.aws_caller_identity.${Object.keys(stack.data("aws_caller_identity")).join()}.account_id}`;
  const partition = `\${data.aws_partition.${Object.keys(stack.data("aws_partition")).join()}.partition}`;
  expect(JSON.parse(String(stack.output("trust")))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:us-east-1:${account}:*` },
        },
      },
    ],
  });
});
