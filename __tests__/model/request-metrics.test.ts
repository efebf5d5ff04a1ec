import { fargateService } from "../../src/model/service";
import { ALB, BY_NAME, GROUP_ARN, NLB, balancedProps, type Balancers } from "../support/load-balancers";
import { lines } from "../support/problems";

const TOPICS = ["arn:aws:sns:us-east-1:123456789012:on-call"];
const GROUP: Balancers[string] = { targetGroupArn: GROUP_ARN, securityGroups: ["sg-1"] };

const scalingBy = (loadBalancer?: string) => ({
  scaling: {
    minCapacity: 1,
    maxCapacity: 4,
    targetTracking: {
      load: { requestsPerTarget: { target: 1000, ...(loadBalancer !== undefined && { loadBalancer }) } },
    },
  },
});
const linesOf = (balancers: Balancers, changes: object): string[] =>
  lines(fargateService, balancedProps(balancers, changes));

const NONE = "no Application Load Balancer counts the requests of the service; add one to loadBalancers";

describe("a policy on requests", () => {
  const AT = "it: scaling: targetTracking: load: requestsPerTarget:";

  test.each<[Balancers, string | undefined]>([
    [{ public: ALB }, undefined],
    [{ public: BY_NAME }, undefined],
    [{ public: GROUP }, undefined],
    [{ public: ALB, other: NLB }, undefined],
    [{ public: ALB, other: BY_NAME }, "other"],
  ])("may be on those of %j %s", (balancers, name) => expect(linesOf(balancers, scalingBy(name))).toEqual([]));

  test.each<[Balancers, string | undefined, string]>([
    [{}, undefined, NONE],
    [{ public: NLB }, undefined, NONE],
    [{ public: NLB }, "public", NONE],
    [{ public: ALB }, "pubic", '"pubic" is no Application Load Balancer of the service; choose "public"'],
    [{ public: ALB, other: NLB }, "other", '"other" is no Application Load Balancer of the service; choose "public"'],
    [
      { public: ALB, other: BY_NAME },
      undefined,
      'several load balancers count requests; give loadBalancer: "public" or "other"',
    ],
  ])("may not be on those of %j %s", (balancers, name, message) =>
    expect(linesOf(balancers, scalingBy(name))).toEqual([`${AT} ${message}`]),
  );
});

describe("alarms on requests", () => {
  const alarms = { topics: TOPICS, target5xx: 10, latency: 2 };

  test("need an Application Load Balancer", () => {
    expect(linesOf({ public: ALB }, { alarms })).toEqual([]);
    expect(linesOf({ public: NLB }, { alarms })).toEqual([
      `it: alarms: target5xx: ${NONE}`,
      `it: alarms: latency: ${NONE}`,
    ]);
  });
});
