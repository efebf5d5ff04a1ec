import { TerraformOutput } from "cdktf";

import { CurrentAccount } from "../../src/constructs/current-account";
import { TaskRole } from "../../src/constructs/task-role";
import { emptyStack, synthesized } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

const stack = synthesized((scope) => {
  const account = new CurrentAccount(scope, "account", { region: "us-east-1" });
  const role = new TaskRole(scope, "role", { name: "demo-task", account });
  new TerraformOutput(scope, "arn", { value: role.arn });
});

test("has a name and a trust policy, and no rights at all", () => {
  const { assume_role_policy: trust, ...rest } = stack.resource("aws_iam_role");
  expect(rest).toEqual({ name: "demo-task" });
  expect(JSON.parse(String(trust))).toMatchObject({
    Statement: [{ Principal: { Service: "ecs-tasks.amazonaws.com" } }],
  });
  expect(stack.resources("aws_iam_role_policy")).toEqual({});
  expect(stack.resources("aws_iam_role_policy_attachment")).toEqual({});
});

test("gives its ARN", () => {
  expect(stack.output("arn")).toBe("${aws_iam_role.role.arn}");
});

test("rejects a name that IAM does not take", () => {
  const scope = emptyStack();
  const account = new CurrentAccount(scope, "account", { region: "us-east-1" });
  expect(rejection(() => new TaskRole(scope, "role", { name: "demo task", account }))).toBe(
    'role name "demo task" is not valid in IAM; use at most 64 letters, digits or "_+=,.@-": shorten the name of the service or the environment',
  );
});
