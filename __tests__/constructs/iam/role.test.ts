import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformOutput, type TerraformStack } from "cdktf";

import { Account } from "../../../src/constructs/iam/account";
import { Role } from "../../../src/constructs/iam/role";
import { rejection } from "../../support/rejection";
import { emptyStack, synthesized, variable, type Block, type SynthesizedStack } from "../../support/synthesized-stack";

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

  test("without permissions has no policy", () => {
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

  test("exposes its resource", () => {
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

test("a statement that allows nothing is rejected, naming the role", () =>
  expect(rejection(() => synthesizedRole((role) => role.allow({ actions: [], resources: ["*"] })))).toBe(
    'role "demo-task": actions has 0 entries; give at least 1',
  ));

describe("attach", () => {
  const attachmentsAfter = (build: (role: Role, stack: TerraformStack) => void): Readonly<Record<string, Block>> =>
    synthesizedRole(build).resources(ATTACHMENT);

  test("attaches managed policies, whatever they are called", () => {
    const arns = [
      READ_ONLY,
      ...["X", "team/X", "policy", "Default"].map((name) => `arn:aws:iam::111122223333:policy/${name}`),
    ];
    const attachments = attachmentsAfter((role) => {
      role.allow(SEND);
      arns.forEach((arn) => role.attach(arn));
    });
    expect(Object.values(attachments)).toEqual(
      expect.arrayContaining(arns.map((arn) => ({ role: "${aws_iam_role.role.name}", policy_arn: arn }))),
    );
    expect(Object.keys(attachments)).toHaveLength(arns.length);
  });

  test("rejects anything but the ARN of a policy, naming the role", () => {
    expect(rejection(() => attachmentsAfter((role) => role.attach("AmazonS3ReadOnlyAccess")))).toBe(
      'role "demo-task": policy "AmazonS3ReadOnlyAccess" is not valid; use the ARN of a managed policy: arn:aws:iam::aws:policy/NAME',
    );
  });

  test("attaches a policy once, however often that is asked for", () => {
    const twice = attachmentsAfter((role) => [READ_ONLY, READ_ONLY].forEach((arn) => role.attach(arn)));
    expect(Object.keys(twice)).toHaveLength(1);
  });

  test("keeps the address of a policy when other permissions come before it", () => {
    const attach = (role: Role, stack: TerraformStack): void => {
      role.attach(variable(stack, "policy").stringValue);
      role.attach(READ_ONLY);
    };
    const later = attachmentsAfter((role, stack) => {
      role.allow(SEND);
      role.attach("arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess");
      attach(role, stack);
    });
    expect(Object.keys(later)).toEqual(expect.arrayContaining(Object.keys(attachmentsAfter(attach))));
  });

  test("accepts references", () => {
    const attachments = attachmentsAfter((role, scope) => {
      ["a", "b"].forEach((name) => role.attach(variable(scope, name).stringValue));
    });
    expect(Object.values(attachments)).toMatchObject([{ policy_arn: "${var.a}" }, { policy_arn: "${var.b}" }]);
  });
});

test("policies are the resources that grant the permissions", () => {
  const role = addRole(emptyStack());
  expect(role.policies).toEqual([]);
  role.allow(SEND);
  role.attach(READ_ONLY);
  role.allow(SEND);
  expect(role.policies).toEqual([expect.any(IamRolePolicy), expect.any(IamRolePolicyAttachment)]);
});
