import { managedPolicyArn, policyStatement } from "../../src/model/policy";
import { LIST_REFERENCE, REFERENCE, lines } from "../support/problems";

const STATEMENT = { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:111122223333:orders"] };

describe("a statement", () => {
  test.each([
    {},
    { actions: ["s3:Get*", "execute-api:Invoke"] },
    { resources: ["*", REFERENCE, `${REFERENCE}/*`, "arn:aws:s3:::b/${aws:PrincipalTag/team}/*"] },
    {
      conditions: { StringEquals: { "aws:ResourceTag/team": "web" }, StringLike: { "s3:prefix": ["a/*", REFERENCE] } },
    },
  ])("may have %j", (changes) => expect(lines(policyStatement, { ...STATEMENT, ...changes })).toEqual([]));

  test.each([
    [{ actions: [] }, "actions has 0 entries; give at least 1"],
    [{ actions: ["SendMessage"] }, 'actions[0] "SendMessage" is not valid; use an action like "sqs:ReceiveMessage"'],
    [{ actions: ["*"] }, 'actions[0] "*" is not valid; use an action like "sqs:ReceiveMessage"'],
    [{ resources: [] }, "resources has 0 entries; give at least 1"],
    [
      { resources: ["orders"] },
      'resources[0] "orders" is not valid; use an ARN, or * where the action supports nothing else',
    ],
    [{ resources: LIST_REFERENCE }, "resources has a reference to a list; write its entries one by one"],
    [
      { conditions: { Bool: { "aws:SecureTransport": true } } },
      'conditions: Bool: "aws:SecureTransport" is not text; write it in quotes',
    ],
    [
      { conditions: { StringEqual: { "aws:ResourceTag/team": "web" } } },
      'conditions: name "StringEqual" is not valid; use an operator of IAM like "StringEquals"',
    ],
    [
      { resources: ["arn:aws:s3:::日本"] },
      "resources[0] has a character that IAM allows in no policy; use those up to U+00FF (ÿ)",
    ],
    [
      { conditions: { StringEquals: { "aws:ResourceTag/team": "日本" } } },
      'conditions: StringEquals: "aws:ResourceTag/team" has a character that IAM allows in no policy; use those up to U+00FF (ÿ)',
    ],
    [
      { conditions: { StringEquals: { "aws:ResourceTag/team": ["é", "日本"] } } },
      'conditions: StringEquals: "aws:ResourceTag/team"[1] has a character that IAM allows in no policy; use those up to U+00FF (ÿ)',
    ],
    [{ condition: {} }, 'unknown property "condition"; did you mean "conditions"?'],
  ])("%j is rejected", (changes, fault) => {
    const [line = "", ...others] = lines(policyStatement, { ...STATEMENT, ...changes });
    expect(others).toEqual([]);
    expect(line.replace(/^it: /, "")).toBe(fault);
  });
});

describe("the ARN of a managed policy", () => {
  test.each([
    "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    "arn:aws-cn:iam::111122223333:policy/team/a+b=c,d.e@f-g",
    REFERENCE,
  ])("may be %s", (arn) => expect(lines(managedPolicyArn, arn)).toEqual([]));

  test.each([
    "AmazonS3ReadOnlyAccess",
    "arn:aws:iam::aws:role/a",
    "arn:aws:iam::1:policy/a",
    "arn:aws:iam::aws:policy/",
  ])("%s is rejected", (arn) =>
    expect(lines(managedPolicyArn, arn)).toEqual([
      `it "${arn}" is not valid; use the ARN of a managed policy: arn:aws:iam::aws:policy/NAME`,
    ]),
  );
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
describe("a condition", () => {
  const linesOf = (operator: string): string[] =>
    lines(policyStatement, { ...STATEMENT, conditions: { [operator]: { "aws:CurrentTime": "x" } } });

  test.each(
    (
      "StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike " +
      "NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals " +
      "DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals Bool BinaryEquals " +
      "IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null StringLikeIfExists " +
      "ForAllValues:StringEquals ForAnyValue:StringLikeIfExists"
    ).split(" "),
  )("may be %s", (operator) => expect(linesOf(operator)).toEqual([]));

  test.each(["stringEquals", "NullIfExists", "ForAll:StringEquals", "BoolNot"])("is never %s", (operator) =>
    expect(linesOf(operator)).toHaveLength(1),
  );
});
