import { object } from "../../src/model/leaves";
import { PLACE, checkPlace, type Place } from "../../src/model/place";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const place = object(PLACE).superRefine(checkPlace);
const VALID: Place = { region: "us-east-1", state: { backend: "local" } };
const S3 = { backend: "s3", bucket: "states", prefix: "shop", region: "us-east-1" } as const;
const CLOUD = { backend: "cloud", organization: "team-web", prefix: "shop" } as const;

test("a place has a region and a state", () => {
  expect(place.parse(VALID)).toStrictEqual(VALID);
  expect(lines(place, {})).toEqual([
    'it: region is missing; use an AWS region like "us-east-1"',
    "it: state is missing; write it as { … }",
  ]);
});

describeProperties(place, VALID, [
  ["region", ["eu-central-1"], ["Frankfurt", REFERENCE], 'use an AWS region like "us-east-1"'],
  [
    "accountId",
    ["012345678901", REFERENCE, undefined],
    ["12345678901", 123456789012],
    "use the 12 digits of an AWS account in quotes",
  ],
]);

test("the state of a place is named in its problems", () =>
  expect(lines(place, { ...VALID, state: { backend: "gcs" } })).toEqual([
    'it: state: backend "gcs" is not valid; choose local, s3 or cloud',
  ]));

describe("a role to deploy with", () => {
  const assumeRole = { roleArn: "arn:aws:iam::111122223333:role/deploy" };

  test.each([{}, { accountId: "111122223333" }, { accountId: REFERENCE }])("goes with %j", (properties) =>
    expect(lines(place, { ...VALID, ...properties, assumeRole })).toEqual([]),
  );

  test("may not be of another account than the one that is deployed to", () =>
    expect(lines(place, { ...VALID, accountId: "444455556666", assumeRole })).toEqual([
      "it: assumeRole: roleArn is a role in account 111122223333, but accountId is 444455556666; correct one of them",
    ]));

  test("is no excuse for a state without an account", () =>
    expect(lines(place, { ...VALID, assumeRole, state: S3 })).toHaveLength(1));
});

test.each([
  ["S3", S3],
  ["HCP Terraform", CLOUD],
])("a state in %s needs an account", (where, state) => {
  expect(lines(place, { ...VALID, state, accountId: "111122223333" })).toEqual([]);
  expect(lines(place, { ...VALID, state })).toEqual([
    `it: accountId is missing; state in ${where} is kept by account, so give its 12 digits, in quotes`,
  ]);
});

describe("the version of the provider", () => {
  const linesOf = (providerVersion: unknown): string[] => lines(place, { ...VALID, providerVersion });

  test.each(["5.100.0", "5.101.3", "6.0.0", "6.100.12", undefined])("may be %s", (version) =>
    expect(linesOf(version)).toEqual([]),
  );

  test.each(["~> 5.100", "5.100", "v5.100.0", "6.0.0-beta1", "", 5, null])(
    "is rejected as %j, which is not exact",
    (version) =>
      expect(linesOf(version)).toEqual([
        `it: providerVersion ${JSON.stringify(version)} is not an exact version; use one like "5.100.0"`,
      ]),
  );

  test.each(["4.67.0", "5.99.9", "7.0.0", "50.100.0"])("is rejected as %s, which lacks what we emit", (version) =>
    expect(linesOf(version)).toEqual([
      `it: providerVersion "${version}" is not supported; use a version >= 5.100.0, < 7.0.0`,
    ]),
  );
});
