import { accountOfRole, assumeRole } from "../../src/model/assume-role";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const VALID = { roleArn: "arn:aws:iam::111122223333:role/deploy" };

test("a role to assume needs no more than its ARN", () => {
  expect(assumeRole.parse(VALID)).toStrictEqual(VALID);
  expect(lines(assumeRole, {})).toEqual([
    "it: roleArn is missing; use the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME",
  ]);
});

describeProperties(assumeRole, VALID, [
  [
    "roleArn",
    ["arn:aws-cn:iam::111122223333:role/ci/deploy+1", "arn:aws:iam::111122223333:role/a"],
    [
      ...["deploy", "arn:aws:iam::1:role/a", "arn:aws:sts::111122223333:assumed-role/a/b", "", REFERENCE],
      ...["arn:aws:iam::111122223333:role/ci/", `arn:aws:iam::111122223333:role/${"a".repeat(65)}`],
    ],
    "use the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME",
  ],
  [
    "externalId",
    ["ab", "a_b+=,.@:/-Z", "a".repeat(1224), undefined],
    ["a", "a b", "a".repeat(1225), REFERENCE],
    'use 2 to 1224 letters, digits or "_+=,.@:/-", without spaces',
  ],
  [
    "sessionName",
    ["ci", "a_b+=,.@-Z", "a".repeat(64), undefined],
    ["a", "a/b", "a b", "a".repeat(65), REFERENCE],
    'use 2 to 64 letters, digits or "_+=,.@-"',
  ],
  [
    "duration",
    ["15m", "900s", "1h", "1h30m", "12h", undefined],
    ["14m", "899s", "12h1s", "13h", "1d", "1", "", REFERENCE],
    'use 15 minutes to 12 hours, like "15m", "1h" or "1h30m"',
  ],
]);

test("the account of a role is in its ARN", () => expect(accountOfRole(VALID)).toBe("111122223333"));
