import fc from "fast-check";

import type { ServiceConfig } from "../../src/config";

type Roles = Pick<ServiceConfig, "taskRole" | "executionRole" | "names" | "existing">;

/** One wild value to many plausible ones. */
const mostly = <T>(plausible: fc.Arbitrary<T>, wild: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: plausible, weight: 40 }, { arbitrary: wild, weight: 1 });

const conditionText = mostly(
  fc.constantFrom("", "a b", '"', "${aws:PrincipalTag/team}/*", "%{if", "é"),
  fc.string({ unit: "binary" }),
);

const statement = fc.record(
  {
    actions: fc.uniqueArray(fc.constantFrom("s3:GetObject", "s3:Get*", "sqs:SendMessage"), { minLength: 1 }),
    resources: fc.array(fc.constantFrom("arn:aws:s3:::orders", "arn:aws:s3:::orders/${aws:PrincipalTag/team}/*", "*"), {
      minLength: 1,
      maxLength: 2,
    }),
    conditions: fc.dictionary(
      mostly(fc.constantFrom("StringEquals", "ForAnyValue:StringLike"), fc.constant("StringEqual")),
      fc.dictionary(
        fc.constantFrom("aws:ResourceTag/team", "${x}"),
        fc.oneof(conditionText, fc.array(conditionText, { maxLength: 2 })),
      ),
      { maxKeys: 1 },
    ),
  },
  { requiredKeys: ["actions", "resources"] },
);

const policy = mostly(
  fc.constantFrom("arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/team/B"),
  fc.constant("arn:aws:iam::111122223333:policy/C"),
);

const role = {
  statements: fc.array(statement, { maxLength: 2 }),
  managedPolicies: fc.uniqueArray(policy),
  permissionsBoundary: policy,
};

/** Different ones, mostly, since two services cannot have the same. */
const named = (name: string): fc.Arbitrary<string> => fc.nat(999).map((number) => `${name}${String(number)}`);

const names = fc.record(
  {
    service: named("Web_"),
    family: fc.constant("web"),
    logGroup: named("/services/web#"),
    executionRole: named("Execution+=,.@"),
    taskRole: mostly(named("Task"), fc.constant("Execution+=,.@1")),
  },
  { requiredKeys: [] },
);

const existing = fc.record(
  {
    executionRole: mostly(fc.constantFrom("shared"), fc.constant("arn:aws:iam::111122223333:role/shared")),
    taskRole: mostly(fc.constant("shared"), fc.constant("arn:aws:iam::111122223333:role/team/shared")),
  },
  { requiredKeys: [] },
);

/** What belongs to a task, or exists already. The one excludes the other, but for a few. */
export const anyRoles: fc.Arbitrary<Roles> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 4 },
  { arbitrary: fc.record({ existing }), weight: 2 },
  { arbitrary: fc.record({ existing: fc.constant({ logGroup: "/shared" }) }), weight: 1 },
  { arbitrary: fc.record({ names: fc.constant({ securityGroup: "Tasks of web" }) }), weight: 1 },
  {
    arbitrary: fc.record(
      {
        taskRole: fc.record({ ...role, xray: fc.boolean() }, { requiredKeys: [] }),
        executionRole: fc.record(role, { requiredKeys: [] }),
        names,
      },
      { requiredKeys: [] },
    ),
    weight: 4,
  },
);
