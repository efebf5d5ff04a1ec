import { CAPACITY, capacityProviders, sharesOf } from "../../src/model/capacity";
import { object } from "../../src/model/leaves";
import { override } from "../../src/model/override";
import { fargateService } from "../../src/model/service";
import { REFERENCE, describeProperties, lines } from "../support/problems";
import { VALID_SERVICE } from "../support/valid-service";

const linesOf = (capacityProviderStrategy: unknown): string[] =>
  lines(fargateService, { ...VALID_SERVICE, capacityProviderStrategy });

test("a service has the launch type and the platform version of Fargate unless it says more", () => {
  const parsed = fargateService.parse(VALID_SERVICE);
  expect(parsed).not.toHaveProperty("capacityProviderStrategy");
  expect(parsed).not.toHaveProperty("platformVersion");
});

test.each<unknown>([
  "default",
  { FARGATE: { weight: 1 } },
  { FARGATE_SPOT: { base: 0, weight: 1000 } },
  { FARGATE: { base: 100_000 }, FARGATE_SPOT: { weight: 1 } },
  { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { base: 0, weight: 3 } },
])("a strategy may be %j", (strategy) => expect(linesOf(strategy)).toEqual([]));

test.each<[unknown, string]>([
  ["FARGATE", ' "FARGATE" is not valid; use "default" or { FARGATE: { … }, FARGATE_SPOT: { … } }'],
  [{}, ": no provider has a weight above 0; set one, like FARGATE: { weight: 1 }"],
  [{ FARGATE: { base: 1 } }, ": no provider has a weight above 0; set one, like FARGATE: { weight: 1 }"],
  [
    { FARGATE: { weight: 0 }, FARGATE_SPOT: { weight: 0 } },
    ": no provider has a weight above 0; set one, like FARGATE: { weight: 1 }",
  ],
  [
    { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { base: 2 } },
    ": FARGATE and FARGATE_SPOT both have a base, but only one may; remove the other one",
  ],
  [{ FARGATE: { weight: 1001 } }, ": FARGATE: weight 1001 is not valid; use a whole number from 0 to 1000"],
  [{ FARGATE: { weight: "1" } }, ': FARGATE: weight "1" is not valid; use a whole number from 0 to 1000'],
  [
    { FARGATE: { base: 100_001, weight: 1 } },
    ": FARGATE: base 100001 is not valid; use a whole number from 0 to 100000",
  ],
  [{ FARGATE: 1 }, ": FARGATE is not an object; write it as { … }"],
  [{ FARGATE: { weight: 1 }, SPOT: { weight: 1 } }, ': unknown property "SPOT"; choose FARGATE or FARGATE_SPOT'],
])("a strategy may not be %j", (strategy, message) =>
  expect(linesOf(strategy)).toEqual([`it: capacityProviderStrategy${message}`]),
);

describeProperties(fargateService, VALID_SERVICE, [
  [
    "platformVersion",
    ["LATEST", "1.4.0"],
    ["", "latest", "1.4", 1.4, REFERENCE],
    'use "LATEST" or a version like "1.4.0"',
  ],
]);

test("the entries of a strategy are in a fixed order, and hold only what is set", () => {
  const strategy = { FARGATE_SPOT: { weight: 3 }, FARGATE: { base: 1 } };
  expect(sharesOf(strategy)).toStrictEqual([
    { capacityProvider: "FARGATE", base: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 3 },
  ]);
  expect(capacityProviders(strategy)).toEqual(["FARGATE", "FARGATE_SPOT"]);
});

test("an override may change one number of one provider", () =>
  expect(lines(override(object(CAPACITY)), { capacityProviderStrategy: { FARGATE_SPOT: { weight: 0 } } })).toEqual([]));
