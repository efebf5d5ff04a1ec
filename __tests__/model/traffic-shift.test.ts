import { fargateService, type PinnedFargateServiceProps } from "../../src/model/service";
import {
  ALB,
  BY_NAME,
  GROUP_ARN,
  NLB,
  RULE,
  balancedProps,
  problemsOf,
  web,
  type Balancers,
} from "../support/load-balancers";
import { lines } from "../support/problems";

const BLUE_GREEN = { deploymentStrategy: { type: "BLUE_GREEN", bakeTimeInMinutes: 5 } } as const;
const PATIENT = { ...BLUE_GREEN, timeouts: { update: "1h" } };
const TEST = { priority: 9, headers: { "X-Test": ["yes"] } };
const SHARED = { listener: { loadBalancerOf: "public" }, rule: RULE };
const PORTS = { containers: [web({ containerPort: 8080 }, { containerPort: 5353, protocol: "udp" })] };

test.each<[Balancers, Partial<PinnedFargateServiceProps>]>([
  [{}, BLUE_GREEN],
  [{ public: BY_NAME }, BLUE_GREEN],
  [{ public: { ...BY_NAME, testRule: TEST } }, BLUE_GREEN],
  [{ public: { ...ALB, testRule: TEST }, api: { ...SHARED, testRule: { ...TEST, priority: 8 } } }, BLUE_GREEN],
  [{ public: NLB }, PATIENT],
  [{ public: { ...NLB, testPort: 9000 } }, PATIENT],
  [{ public: { networkLoadBalancer: { scheme: "internet-facing", protocol: "UDP" } } }, { ...PATIENT, ...PORTS }],
  [{ public: NLB, other: { listener: { loadBalancerOf: "public", port: 81 }, testPort: 82 } }, PATIENT],
  [{ public: { targetGroupArn: GROUP_ARN } }, { deploymentStrategy: { type: "ROLLING" } }],
  [{ public: ALB, api: { ...SHARED, rule: { ...RULE, priority: 50_000 } } }, {}],
])("traffic to %j can move", (balancers, changes) => expect(problemsOf(balancers, changes)).toEqual([]));

const LINEAR = { deploymentStrategy: { type: "LINEAR", bakeTimeInMinutes: 5, stepPercent: 50 } } as const;
const CANARY = { deploymentStrategy: { type: "CANARY", bakeTimeInMinutes: 5 } } as const;
const NAMED = { containers: [web({ containerPort: 8080, name: "http" })] };

test.each([LINEAR, CANARY])("traffic can move in parts with %j", (strategy) => {
  const services = { http: {} };
  expect(problemsOf({ public: BY_NAME }, strategy)).toEqual([]);
  expect(problemsOf({}, { ...strategy, ...NAMED, serviceConnect: { namespace: "shop", services } })).toEqual([]);
});

test.each([LINEAR, CANARY])("without traffic, none can move in parts with %j", (strategy) => {
  const { type } = strategy.deploymentStrategy;
  const fault = `it: deploymentStrategy: type ${type} moves traffic in parts, but the service has neither loadBalancers nor services in serviceConnect; give it one of them, or use BLUE_GREEN`;
  expect(lines(fargateService, balancedProps({}, strategy))).toEqual([fault]);
  const client = { serviceConnect: { namespace: "shop" } };
  expect(lines(fargateService, balancedProps({}, { ...strategy, ...client }))).toEqual([fault]);
});

const NEEDS_STRATEGY = "needs a deploymentStrategy that moves traffic; give one, or remove it";

test.each<[Balancers, Partial<PinnedFargateServiceProps>, string]>([
  [{ public: { ...BY_NAME, testRule: TEST } }, {}, `public: testRule ${NEEDS_STRATEGY}`],
  [{ public: { ...NLB, testPort: 9000 } }, {}, `public: testPort ${NEEDS_STRATEGY}`],
  [
    { public: { ...ALB, testRule: TEST } },
    { deploymentStrategy: { type: "ROLLING" } },
    `public: testRule ${NEEDS_STRATEGY}`,
  ],
  [
    { public: { targetGroupArn: GROUP_ARN } },
    BLUE_GREEN,
    "public: targetGroupArn is for rolling updates, but deploymentStrategy is BLUE_GREEN, which needs a second target group and a rule; give listener and rule instead, or change type",
  ],
  [
    { public: { ...ALB, testPort: 81 } },
    BLUE_GREEN,
    "public: testPort is for a Network Load Balancer; give testRule instead",
  ],
  [
    { public: { ...NLB, testRule: TEST } },
    PATIENT,
    "public: testRule is for an Application Load Balancer; give testPort instead",
  ],
  [
    { public: NLB, other: { listener: { loadBalancerOf: "public", port: 81 }, testRule: TEST } },
    PATIENT,
    "other: testRule is for an Application Load Balancer; give testPort instead",
  ],
  [
    { public: { ...BY_NAME, testRule: { ...TEST, priority: 10 } } },
    BLUE_GREEN,
    "public: what is tested and what is not have the same priority at the same listener; change one",
  ],
  [
    { public: { ...NLB, testPort: 8080 } },
    PATIENT,
    "public: what is tested and what is not use the same port of the same load balancer; change one",
  ],
  [
    { public: ALB, api: { ...SHARED, rule: { ...RULE, priority: 50_000 } } },
    BLUE_GREEN,
    'api: "public" and "api" have the same priority at the same listener; change one',
  ],
  [
    { public: { ...ALB, testRule: TEST }, api: { ...SHARED, rule: { ...RULE, priority: 9 } } },
    BLUE_GREEN,
    'api: "public" and "api" have the same priority at the same listener; change one',
  ],
  [
    { public: { ...NLB, testPort: 81 }, other: { listener: { loadBalancerOf: "public", port: 81 } } },
    PATIENT,
    'other: "public" and "other" use the same port of the same load balancer; change one',
  ],
])("traffic to %j cannot move with %j", (balancers, changes, message) =>
  expect(problemsOf(balancers, changes)).toEqual([message]),
);

test("ECS waits for a Network Load Balancer, and so must a deploy", () => {
  const found = lines(fargateService, balancedProps({ public: NLB }, BLUE_GREEN));
  expect(found).toEqual([
    'it: timeouts: update 20m is not enough: by its strategy, a deployment takes 25 minutes and what its tasks need to start; raise it: timeouts: { update: "45m" }',
  ]);
});

test("requests do not scale a service whose traffic moves between two target groups", () => {
  const scaling = { minCapacity: 1, maxCapacity: 2, targetTracking: { load: { requestsPerTarget: { target: 100 } } } };
  expect(lines(fargateService, balancedProps({ public: ALB }, { ...BLUE_GREEN, scaling }))).toEqual([
    "it: scaling: targetTracking: load: requestsPerTarget: is for rolling updates, but deploymentStrategy is BLUE_GREEN: it counts the requests of one target group, and traffic moves between two; remove it, and scale by cpu",
  ]);
});
