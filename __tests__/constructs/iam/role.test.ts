import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformOutput, type TerraformStack } from "cdktf";

import { Account } from "../../../src/constructs/iam/account";
import { Role } from "../../../src/constructs/iam/role";
import { emptyStack, synthesized, variable, type SynthesizedStack } from "../../support/synthesized-stack";

const ATTACHMENT = "aws_iam_role_policy_attachment";
const READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const SEND = { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:123456789012:orders"] };

const addRole = (stack: TerraformStack): Role =>
  new Role(stack, "role", { name: "demo-task", policyName: "application", account: new Account(stack, "account") });

const synthesizedRole = (build: (role: Role, stack: TerraformStack) => void): SynthesizedStack =>
  synthesized((stack) => build(addRole(stack), stack));

describe("a role", () => {
  test("has its name and lets ECS tasks in", () => {
    const { assume_role_policy: trust, ...rest } = synthesizedRole(() => undefined).resource("aws_iam_role");
    expect(rest).toEqual({ name: "demo-task" });
    expect(JSON.parse(String(trust))).toMatchObject({
      Statement: [{ Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
  });

  test("without rights has no policy", () => {
    const stack = synthesizedRole(() => undefined);
    expect(stack.resources("aws_iam_role_policy")).toEqual({});
    expect(stack.resources(ATTACHMENT)).toEqual({});
  });

  test("gives ARN and name of the resource", () => {
    const stack = synthesizedRole(
      ({ arn, name }, scope) => new TerraformOutput(scope, "fields", { value: [arn, name] }),
    );
    expect(stack.output("fields")).toEqual(["${aws_iam_role.role.arn}", "${aws_iam_role.role.name}"]);
  });

  test("has its resource in reach", () => {
    const stack = synthesizedRole(({ resource }) => resource.addOverride("permissions_boundary", "arn:boundary"));
    expect(stack.resource("aws_iam_role")).toMatchObject({ permissions_boundary: "arn:boundary" });
  });
});

describe("allow", () => {
  test("writes one inline policy of the given name", () => {
    const stack = synthesizedRole((role) => role.allow(SEND));
    expect(stack.resource("aws_iam_role_policy")).toMatchObject({
      name: "application",
      role: "${aws_iam_role.role.name}",
    });
    expect(stack.statements()).toEqual([{ Effect: "Allow", Action: SEND.actions, Resource: SEND.resources }]);
  });

  test("merges the resources of equal statements, whenever they come, and keeps conditions apart", () => {
    const stack = synthesizedRole((role) => {
      role.allow({ ...SEND, resources: ["arn:1"] });
      role.allow({ ...SEND, resources: ["arn:1"], conditions: { Bool: { "aws:SecureTransport": "true" } } });
      role.attach(READ_ONLY);
      role.allow({ ...SEND, resources: ["arn:2", "arn:1"] });
    });
    expect(stack.statements()).toEqual([
      { Effect: "Allow", Action: SEND.actions, Resource: ["arn:1", "arn:2"] },
      {
        Effect: "Allow",
        Action: SEND.actions,
        Resource: ["arn:1"],
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
    ]);
  });

  test("accepts references", () => {
    const stack = synthesizedRole((role, scope) => {
      const { stringValue } = variable(scope, "queue");
      role.allow({ ...SEND, resources: [stringValue, `${stringValue}/*`] });
    });
    expect(stack.statements()).toMatchObject([{ Resource: ["${var.queue}", "${var.queue}/*"] }]);
  });
});

describe("attach", () => {
  test("attaches a managed policy under an address that names it", () => {
    const attachments = synthesizedRole((role) => {
      role.attach(READ_ONLY);
      role.attach("arn:aws:iam::123456789012:policy/team/shop");
    }).resources(ATTACHMENT);
    expect(Object.values(attachments)).toEqual([
      { role: "${aws_iam_role.role.name}", policy_arn: READ_ONLY },
      { role: "${aws_iam_role.role.name}", policy_arn: "arn:aws:iam::123456789012:policy/team/shop" },
    ]);
    expect(Object.keys(attachments)).toEqual([
      expect.stringMatching(/^role_AmazonS3ReadOnlyAccess_[0-9A-F]{8}$/),
      expect.stringMatching(/^role_shop_[0-9A-F]{8}$/),
    ]);
  });

  test("accepts references", () => {
    const stack = synthesizedRole((role, scope) => {
      ["a", "b"].forEach((name) => role.attach(variable(scope, name).stringValue));
    });
    expect(Object.values(stack.resources(ATTACHMENT))).toMatchObject([
      { policy_arn: "${var.a}" },
      { policy_arn: "${var.b}" },
    ]);
  });
});

test("policies are what puts the rights in force", () => {
  const role = addRole(emptyStack());
  expect(role.policies).toEqual([]);
  role.allow(SEND);
  role.attach(READ_ONLY);
  role.allow(SEND);
  expect(role.policies).toEqual([expect.any(IamRolePolicy), expect.any(IamRolePolicyAttachment)]);
});
