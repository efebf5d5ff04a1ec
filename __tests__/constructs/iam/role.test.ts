import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformOutput, type TerraformStack } from "cdktf";

import { Account } from "../../../src/constructs/iam/account";
import { Role, type RoleProps } from "../../../src/constructs/iam/role";
import { parse } from "../../../src/model/problems";
import { executionRole, type ExecutionRoleProps } from "../../../src/model/roles";
import { rejection } from "../../support/rejection";
import { emptyStack, synthesized, variable, type Block, type SynthesizedStack } from "../../support/synthesized-stack";

const ATTACHMENT = "aws_iam_role_policy_attachment";
const READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const SEND = { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:123456789012:orders"] };

const addRole = (stack: TerraformStack, more: Partial<RoleProps> = {}): Role =>
  new Role(stack, "role", {
    name: "demo-task",
    policyName: "application",
    account: new Account(stack, "account"),
    ...more,
  });

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

describe("the settings of a role", () => {
  const roleWith = (settings: ExecutionRoleProps): SynthesizedStack =>
    synthesized((stack) => addRole(stack, { settings: parse(executionRole, settings, "role") }));

  test("are allowed and attached, and limited by a boundary", () => {
    const stack = roleWith({
      statements: [SEND],
      managedPolicies: [READ_ONLY],
      permissionsBoundary: "arn:aws:iam::111122223333:policy/limit",
    });
    expect(stack.statements()).toEqual([{ Effect: "Allow", Action: SEND.actions, Resource: SEND.resources }]);
    expect(Object.values(stack.resources(ATTACHMENT))).toMatchObject([{ policy_arn: READ_ONLY }]);
    expect(stack.resource("aws_iam_role")).toMatchObject({
      permissions_boundary: "arn:aws:iam::111122223333:policy/limit",
    });
  });

  test("that are empty change nothing", () => {
    const stack = roleWith({});
    expect(stack.addresses().filter((address) => !address.startsWith("data."))).toEqual(["aws_iam_role.role"]);
    expect(Object.keys(stack.resource("aws_iam_role"))).toEqual(["assume_role_policy", "name"]);
  });
});

describe("what IAM limits", () => {
  /** A statement whose JSON has `count` characters more than with an empty name. */
  const long = (name: string) => ({ actions: ["s3:GetObject"], resources: [`arn:aws:s3:::${name}`] });
  const EMPTY = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::"] }],
  }).length;
  const ofLength = (length: number): string => "x".repeat(length - EMPTY);

  test("is the length of all statements, without white space", () => {
    const most = { ...long(ofLength(10_240)), conditions: undefined };
    expect(() => synthesizedRole((role) => role.allow(most))).not.toThrow();
    expect(() => synthesizedRole((role) => role.allow(long(`${ofLength(10_240)}  `)))).not.toThrow();
    expect(() => synthesizedRole((role) => role.allow(long(ofLength(10_241))))).toThrow(
      'role "demo-task" has statements of 10241 characters; IAM allows at most 10240 per role: put some of them into a managed policy, and attach it',
    );
  });

  test("cannot be counted where there are references", () =>
    expect(() =>
      synthesizedRole((role, stack) => {
        const { stringValue } = variable(stack, "bucket");
        role.allow(long(ofLength(10_240)));
        role.allow(long(stringValue));
      }),
    ).toThrow("has statements of 10256 characters"));

  test("is the number of managed policies", () => {
    const attach = (count: number) => () =>
      synthesizedRole((role) => {
        for (let index = 0; index < count; index += 1) role.attach(`${READ_ONLY}${String(index)}`);
      });
    expect(attach(25)).not.toThrow();
    expect(attach(26)).toThrow(
      'role "demo-task" has 26 managed policies; IAM allows at most 25: put some of them into one',
    );
  });
});

test("a role with a name of one's own is made before the one that it replaces is deleted, with its policies", () => {
  const stack = synthesized((scope) => {
    const role = addRole(scope, { isNamed: true });
    role.allow(SEND);
    role.attach(READ_ONLY);
  });
  for (const type of ["aws_iam_role", "aws_iam_role_policy", ATTACHMENT]) {
    expect(stack.resource(type)).toMatchObject({ lifecycle: { create_before_destroy: true } });
  }
});

describe("a role that exists already", () => {
  const ARN = "arn:aws:iam::111122223333:role/team/shared";
  const existingRole = (existing: string, use: (role: Role, stack: TerraformStack) => void = () => undefined) =>
    synthesized((stack) => {
      const role = addRole(stack, { existing });
      use(role, stack);
      new TerraformOutput(stack, "fields", { value: [role.arn, role.name] });
    });
  const madeIn = (stack: SynthesizedStack): string[] =>
    stack.addresses().filter((address) => !address.startsWith("data.aws_caller") && !address.includes("partition"));

  test("is looked up by its name, and must be one that tasks can assume", () => {
    const stack = existingRole("shared");
    expect(stack.lookup("aws_iam_role")).toMatchObject({
      name: "shared",
      lifecycle: {
        postcondition: [
          {
            condition: '${strcontains(self.assume_role_policy, "ecs-tasks.amazonaws.com")}',
            error_message:
              "ECS tasks cannot assume the role ${self.name}; its trust policy must allow the service ecs-tasks.amazonaws.com to do sts:AssumeRole.",
          },
        ],
      },
    });
    expect(stack.output("fields")).toEqual(["${data.aws_iam_role.role.arn}", "${data.aws_iam_role.role.name}"]);
    expect(madeIn(stack)).toEqual(["data.aws_iam_role.role"]);
  });

  test("is not looked up by its ARN", () => {
    const stack = existingRole(ARN);
    expect(stack.output("fields")).toEqual([ARN, "shared"]);
    expect(madeIn(stack)).toEqual([]);
  });

  test("may be a reference to its ARN", () => {
    const stack = synthesized((scope) => {
      const { arn, name } = addRole(scope, { existing: variable(scope, "shared").stringValue });
      new TerraformOutput(scope, "fields", { value: [arn, name] });
    });
    expect(stack.output("fields")).toEqual(["${var.shared}", '${element(reverse(split("/", var.shared)), 0)}']);
  });

  test("gets no policy for what the service itself needs", () => {
    expect(madeIn(existingRole(ARN, (role) => role.grant(SEND)))).toEqual([]);
  });

  test.each<[string, (role: Role) => unknown, string]>([
    ["allow", (role) => role.allow(SEND), "allow this where it is managed"],
    ["attach", (role) => role.attach(READ_ONLY), "attach the policy where it is managed"],
    ["resource", (role) => role.resource, "it has no resource here; change it where it is managed"],
  ])("cannot be changed by %s", (_, change, wayOut) =>
    expect(rejection(() => change(addRole(emptyStack(), { existing: ARN })))).toBe(
      `role "${ARN}" exists already and is used as it is; ${wayOut}`,
    ),
  );
});

test("policies are the resources that grant the permissions", () => {
  const role = addRole(emptyStack());
  expect(role.policies).toEqual([]);
  role.allow(SEND);
  role.attach(READ_ONLY);
  role.allow(SEND);
  expect(role.policies).toEqual([expect.any(IamRolePolicy), expect.any(IamRolePolicyAttachment)]);
});
