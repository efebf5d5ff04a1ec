import { TerraformOutput } from "cdktf";

import { CurrentAccount } from "../../src/constructs/current-account";
import { ExecutionRole } from "../../src/constructs/execution-role";
import { PinnedImage } from "../../src/constructs/pinned-image";
import { ServiceLogGroup } from "../../src/constructs/service-log-group";
import { emptyStack, synthesized, type SynthesizedStack } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";
import { addTask } from "../support/task-stack";

const REPOSITORY = "arn:aws:ecr:us-east-1:123456789012:repository/demo";
const LOG_GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/demo";

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const WRITE_LOGS = ["logs:CreateLogStream", "logs:PutLogEvents"];

function synthesizedRole(ask: (role: ExecutionRole) => void): SynthesizedStack {
  return synthesized((stack) => {
    const account = new CurrentAccount(stack, "account", { region: "us-east-1" });
    const role = new ExecutionRole(stack, "role", { name: "demo-execution", account });
    ask(role);
    new TerraformOutput(stack, "arn", { value: role.arn });
  });
}

const policyOf = (stack: SynthesizedStack): unknown =>
  JSON.parse(String(stack.resource("aws_iam_role_policy")["policy"]));

test("may pull from the repositories and write to the log groups that it was asked for, and nothing else", () => {
  const stack = synthesizedRole((role) => {
    role.allowPull(REPOSITORY);
    role.allowPull(`${REPOSITORY}-2`);
    role.allowWriteLogs(LOG_GROUP);
  });
  expect(policyOf(stack)).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
      { Effect: "Allow", Action: PULL, Resource: [REPOSITORY, `${REPOSITORY}-2`] },
      { Effect: "Allow", Action: WRITE_LOGS, Resource: [`${LOG_GROUP}:*`] },
    ],
  });
});

test("names a repository and a log group once, however often they are asked for", () => {
  const stack = synthesizedRole((role) => {
    for (let time = 0; time < 2; time += 1) {
      role.allowPull(REPOSITORY);
      role.allowWriteLogs(LOG_GROUP);
    }
  });
  expect(policyOf(stack)).toMatchObject({
    Statement: [{}, { Resource: [REPOSITORY] }, { Resource: [`${LOG_GROUP}:*`] }],
  });
});

test("has no right to a registry when it pulls from none", () => {
  const stack = synthesizedRole((role) => role.allowWriteLogs(LOG_GROUP));
  expect(policyOf(stack)).toMatchObject({ Statement: [{ Action: WRITE_LOGS }] });
});

test("has no statement about logs when it writes none", () => {
  const stack = synthesizedRole((role) => role.allowPull(REPOSITORY));
  expect(policyOf(stack)).toMatchObject({ Statement: [{ Action: ["ecr:GetAuthorizationToken"] }, { Action: PULL }] });
});

test("of a task may do what its images and its log group need", () => {
  const stack = synthesized((scope) => {
    const containers = [
      { name: "web", image: { repository: "demo", tag: "1.10" } },
      { name: "agent", image: `nginx@sha256:${"a".repeat(64)}` },
    ];
    addTask(scope, { containers });
  });
  expect(policyOf(stack)).toMatchObject({
    Statement: [
      { Resource: ["*"] },
      { Resource: ["${data.aws_ecr_repository.web-image.arn}"] },
      { Resource: ["${aws_cloudwatch_log_group.log-group.arn}:*"] },
    ],
  });
});

test("takes what is granted after it was made", () => {
  const stack = synthesizedRole((role) => {
    new PinnedImage(role, "image", { repository: "demo", tag: "1" }).grantPull(role);
    new ServiceLogGroup(role, "log-group", { name: "/ecs/demo" }).grantWrite(role);
  });
  expect(policyOf(stack)).toMatchObject({ Statement: [{}, {}, {}] });
});

test("has its policy inline, on the role of the given name", () => {
  const stack = synthesizedRole((role) => role.allowPull(REPOSITORY));
  expect(stack.resource("aws_iam_role")).toMatchObject({ name: "demo-execution" });
  expect(stack.resource("aws_iam_role_policy")).toMatchObject({
    name: "start-tasks",
    role: "${aws_iam_role.role.name}",
  });
  expect(stack.output("arn")).toBe("${aws_iam_role.role.arn}");
});

test("may be used by ECS tasks", () => {
  const stack = synthesizedRole(() => undefined);
  expect(JSON.parse(String(stack.resource("aws_iam_role")["assume_role_policy"]))).toMatchObject({
    Statement: [{ Principal: { Service: "ecs-tasks.amazonaws.com" } }],
  });
});

test("rejects a name that IAM does not take", () => {
  const stack = emptyStack();
  const account = new CurrentAccount(stack, "account", { region: "us-east-1" });
  expect(rejection(() => new ExecutionRole(stack, "role", { name: "demo/execution", account }))).toBe(
    'role name "demo/execution" is not valid in IAM; use at most 64 letters, digits or "_+=,.@-": shorten the name of the service or the environment',
  );
});
