import { mergeLoadBalancers, unprotected, type LoadBalancing } from "../../src/model/load-balancing";
import type { Override } from "../../src/model/override";
import {
  ALB,
  BY_NAME,
  ELB,
  GROUP_ARN,
  LISTENER_ARN,
  NLB,
  RULE,
  problemsOf,
  problemsOfOne,
  type Balancers,
} from "../support/load-balancers";
import { REFERENCE } from "../support/problems";

describe("where requests come from may be", () => {
  test.each<[string, LoadBalancing]>([
    ["a listener by its ARN", { listener: { arn: LISTENER_ARN }, rule: RULE }],
    ["a listener by a reference", { listener: { arn: REFERENCE }, rule: RULE, securityGroups: [REFERENCE] }],
    ["a listener by the name of its load balancer", BY_NAME],
    ["a listener by tags", { listener: { loadBalancer: { tags: { Name: "shared" } }, port: 1 }, rule: RULE }],
    ["an existing target group", { targetGroupArn: GROUP_ARN }],
    ["an existing target group by a reference", { targetGroupArn: REFERENCE, securityGroups: [] }],
    ["an Application Load Balancer", ALB],
    ["a Network Load Balancer", NLB],
  ])("%s", (_what, entry) => {
    expect(problemsOfOne(entry)).toEqual([]);
  });
});

describe("an entry", () => {
  const FORMS = "give exactly one of listener, targetGroupArn, applicationLoadBalancer or networkLoadBalancer";

  test("has exactly one form", () => {
    expect(problemsOfOne({})).toEqual([`none given; ${FORMS}`]);
    expect(problemsOfOne({ ...ALB, targetGroupArn: GROUP_ARN })).toEqual([
      `targetGroupArn and applicationLoadBalancer given; ${FORMS}`,
    ]);
  });

  test.each<[string, LoadBalancing, string]>([
    ["no rule", { listener: { arn: LISTENER_ARN } }, "rule is missing; say which requests go to the service"],
    ["a rule without a listener", { ...ALB, rule: RULE }, "rule needs a listener; remove it"],
    [
      "settings of an existing target group",
      { targetGroupArn: GROUP_ARN, targetGroup: {} },
      "targetGroup cannot change the existing targetGroupArn; remove one of them",
    ],
    [
      "groups of a load balancer of its own",
      { ...ALB, securityGroups: ["sg-1"] },
      "securityGroups is for an existing load balancer; remove it",
    ],
    [
      "two listeners",
      { listener: { arn: LISTENER_ARN, loadBalancer: { name: "a" }, port: 80 }, rule: RULE },
      "listener: 2 of arn, loadBalancer and loadBalancerOf are given; give exactly one",
    ],
    [
      "no listener",
      { listener: {}, rule: RULE },
      "listener: 0 of arn, loadBalancer and loadBalancerOf are given; give exactly one",
    ],
    [
      "no port of the listener",
      { listener: { loadBalancer: { name: "a" } }, rule: RULE },
      "listener: port is missing; name that of the listener",
    ],
    [
      "a port beside the ARN",
      { listener: { arn: LISTENER_ARN, port: 80 }, rule: RULE },
      "listener: port is not for an existing listener; remove it",
    ],
    [
      "a protocol of an existing listener",
      { listener: { arn: LISTENER_ARN, protocol: "TCP" }, rule: RULE },
      "listener: protocol is not for an existing listener; remove it",
    ],
    [
      "name and tags",
      { listener: { loadBalancer: { name: "a", tags: { a: "b" } }, port: 80 }, rule: RULE },
      "listener: loadBalancer: give either the name or the tags",
    ],
    [
      "no tags",
      { listener: { loadBalancer: { tags: {} }, port: 80 }, rule: RULE },
      "listener: loadBalancer: tags is empty; name a tag",
    ],
    [
      "the listener of a Network Load Balancer",
      { listener: { arn: `${ELB}:listener/net/shared/0123456789abcdef/fedcba9876543210` }, rule: RULE },
      `listener: arn "${ELB}:listener/net/shared/012…" is not valid; use the ARN of a listener of an Application Load Balancer: arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID`,
    ],
    [
      "no target group",
      { targetGroupArn: LISTENER_ARN },
      `targetGroupArn "${ELB}:listener/app/shared/012…" is not valid; use the ARN of a target group: arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID`,
    ],
  ])("with %s is rejected", (_what, entry, line) => {
    expect(problemsOfOne(entry)).toEqual([line]);
  });
});

test("ECS allows at most 5 target groups", () => {
  const entries = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `a${String(index)}`,
        { ...BY_NAME, rule: { priority: index + 1, hosts: ["a.b"] } },
      ]),
    );
  expect(problemsOf(entries(5))).toEqual([]);
  expect(problemsOf(entries(6))).toEqual(["it: loadBalancers has 6 entries; Amazon ECS allows at most 5 per service"]);
});

test.each(["Public", "a_b", "1a", "a--b", "-a", "a-", "constructor", "a".repeat(33)])(
  "no entry is named %j",
  (name) => {
    expect(problemsOf({ [name]: ALB })).toEqual([
      `name ${JSON.stringify(name)} is not valid; use at most 32 lower-case letters, digits and single "-", beginning with a letter, but not "constructor"`,
    ]);
  },
);

test("two rules of a listener have different priorities", () => {
  const other = { ...BY_NAME, rule: { priority: 11, hosts: ["a.b"] } };
  expect(problemsOf({ public: BY_NAME, other })).toEqual([]);
  expect(problemsOf({ public: BY_NAME, other: BY_NAME })).toEqual([
    'other: "public" and "other" have the same priority at the same listener; change one',
  ]);
});

test("a grace period needs a load balancer", () => {
  expect(problemsOf({ public: BY_NAME }, { healthCheckGracePeriod: 60 })).toEqual([]);
  expect(problemsOf({}, { healthCheckGracePeriod: 60 })).toEqual([
    "it: healthCheckGracePeriod needs a load balancer; give loadBalancers, or remove it",
  ]);
});

describe("in an environment", () => {
  const BASE: Balancers = { public: { ...BY_NAME, containerPort: 8080, targetGroup: { slowStart: 30 } } };

  test("a property is replaced, and the others stay", () =>
    expect(mergeLoadBalancers(BASE, { public: { rule: { hosts: ["x.y"] } } })).toEqual({
      public: { ...BASE["public"], rule: { priority: 10, hosts: ["x.y"] } },
    }));

  test("another form drops what belongs to the old one", () =>
    expect(mergeLoadBalancers(BASE, { public: ALB })).toEqual({
      public: { ...ALB, containerPort: 8080, targetGroup: { slowStart: 30 } },
    }));

  test.each<[string, LoadBalancing, Override<LoadBalancing>, object]>([
    ["a listener by its ARN", BY_NAME, { listener: { arn: LISTENER_ARN } }, { listener: { arn: LISTENER_ARN } }],
    [
      "a load balancer by its tags",
      BY_NAME,
      { listener: { loadBalancer: { tags: { team: "shop" } } } },
      { listener: { port: 443, loadBalancer: { tags: { team: "shop" } } } },
    ],
    [
      "the subnets of its own one by their ids",
      { applicationLoadBalancer: { scheme: "internal", subnetTags: { tier: "private" } } },
      { applicationLoadBalancer: { subnets: ["subnet-1", "subnet-2"] } },
      { applicationLoadBalancer: { scheme: "internal", subnets: ["subnet-1", "subnet-2"] } },
    ],
  ])("%s: the old form is dropped", (_, base, change, expected) =>
    expect(mergeLoadBalancers({ public: base }, { public: change })).toEqual({ public: { ...base, ...expected } }),
  );

  test("entries are added", () => expect(mergeLoadBalancers(BASE, { other: ALB })).toEqual({ ...BASE, other: ALB }));

  test("nothing may be said", () => {
    expect(mergeLoadBalancers(BASE, undefined)).toEqual(BASE);
    expect(mergeLoadBalancers(undefined, BASE)).toEqual(BASE);
    expect(mergeLoadBalancers(undefined, undefined)).toBeUndefined();
  });

  test("load balancers are unprotected unless they say otherwise", () =>
    expect(
      unprotected({
        a: ALB,
        b: { networkLoadBalancer: { scheme: "internal", deletionProtection: true } },
        c: BY_NAME,
      }),
    ).toEqual({
      a: { applicationLoadBalancer: { scheme: "internet-facing", deletionProtection: false } },
      b: { networkLoadBalancer: { scheme: "internal", deletionProtection: true } },
      c: BY_NAME,
    }));
});
