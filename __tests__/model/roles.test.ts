import { executionRole, roleAccountFaults, taskRole, withBoundary } from "../../src/model/roles";
import { REFERENCE, lines } from "../support/problems";

const STATEMENT = { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:111122223333:orders"] };
const POLICY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const policies = (count: number): string[] => Array.from({ length: count }, (_, index) => `${POLICY}${String(index)}`);

describe.each([
  ["the task role", taskRole],
  ["the execution role", executionRole],
])("%s", (_, role) => {
  test("needs nothing", () => expect(role.parse({})).toMatchObject({ statements: [], managedPolicies: [] }));

  test("may have statements, managed policies and a boundary, which may be references", () => {
    const statements = [STATEMENT, { ...STATEMENT, resources: [REFERENCE] }];
    expect(lines(role, { statements, managedPolicies: [POLICY], permissionsBoundary: REFERENCE })).toEqual([]);
    expect(lines(role, { managedPolicies: [REFERENCE, POLICY], permissionsBoundary: POLICY })).toEqual([]);
  });

  test.each([
    [
      { statements: [STATEMENT, { ...STATEMENT, actions: ["SendMessage"] }] },
      'statements[1]: actions[0] "SendMessage" is not valid; use an action like "sqs:ReceiveMessage"',
    ],
    [
      { managedPolicies: ["AmazonS3ReadOnlyAccess"] },
      'managedPolicies[0] "AmazonS3ReadOnlyAccess" is not valid; use the ARN of a managed policy: arn:aws:iam::aws:policy/NAME',
    ],
    [{ managedPolicies: [POLICY, POLICY] }, `managedPolicies has "${POLICY}" twice; remove one`],
    [{ managedPolicies: policies(26) }, "managedPolicies has 26 entries; give 0 to 25"],
    [
      { permissionsBoundary: "boundary" },
      'permissionsBoundary "boundary" is not valid; use the ARN of a managed policy: arn:aws:iam::aws:policy/NAME',
    ],
    [{ policies: [] }, 'unknown property "policies"; choose …'],
  ])("rejects %j", (properties, fault) =>
    expect(lines(role, properties).map((line) => line.replace(/choose .*/, "choose …"))).toEqual([`it: ${fault}`]),
  );
});

test("only the code sends traces", () => {
  expect(lines(taskRole, { xray: true })).toEqual([]);
  expect(lines(taskRole, { xray: "yes" })).toEqual(['it: xray "yes" is not valid; use true or false']);
  expect(lines(executionRole, { xray: true })[0]).toContain('unknown property "xray"');
});

describe("an account", () => {
  const elsewhere = {
    permissionsBoundary: "arn:aws:iam::444455556666:policy/all",
    existing: { executionRole: "arn:aws:iam::444455556666:role/web" },
    taskRole: {
      managedPolicies: [POLICY, "arn:aws:iam::444455556666:policy/web"],
      permissionsBoundary: "arn:aws:iam::444455556666:policy/limit",
    },
  };

  test("has its own roles and policies, besides those of AWS", () =>
    expect(roleAccountFaults(elsewhere, "111122223333")).toEqual([
      "permissionsBoundary is a policy in account 444455556666; use one in 111122223333, where the service is",
      "existing.executionRole is a role in account 444455556666; use one in 111122223333, where the service is",
      "taskRole.managedPolicies[1] is a policy in account 444455556666; use one in 111122223333, where the service is",
      "taskRole.permissionsBoundary is a policy in account 444455556666; use one in 111122223333, where the service is",
    ]));

  test.each(["444455556666", undefined])("%s may be theirs", (account) =>
    expect(roleAccountFaults(elsewhere, account)).toEqual([]),
  );

  test("of a name or a reference is not known", () =>
    expect(
      roleAccountFaults(
        { existing: { taskRole: "web" }, executionRole: { permissionsBoundary: REFERENCE } },
        "111122223333",
      ),
    ).toEqual([]));
});

describe("a boundary for all roles", () => {
  const LIMIT = "arn:aws:iam::111122223333:policy/limit";

  test("gives way to that of the service", () => {
    expect(withBoundary({ taskRole: { xray: true } }, LIMIT)).toEqual({
      permissionsBoundary: LIMIT,
      taskRole: { xray: true },
    });
    expect(withBoundary({ permissionsBoundary: POLICY }, LIMIT)).toEqual({ permissionsBoundary: POLICY });
  });

  test("is not there unless it is given", () => expect(withBoundary({}, undefined)).toEqual({}));
});
