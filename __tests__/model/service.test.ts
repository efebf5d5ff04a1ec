import type { IngressRule } from "../../src/model/network";
import { timeouts } from "../../src/model/deployment";
import type { Scaling } from "../../src/model/scaling";
import { fargateService, type PinnedFargateServiceProps } from "../../src/model/service";
import { countOf } from "../../src/model/task-count";
import { NUMBER_REFERENCE, REFERENCE, describeProperties, lines } from "../support/problems";
import { VALID_SERVICE } from "../support/valid-service";

const linesOf = (properties: object): string[] => lines(fargateService, { ...VALID_SERVICE, ...properties });

test("a service has defaults", () =>
  expect(fargateService.parse(VALID_SERVICE)).toMatchObject({
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    availabilityZoneRebalancing: "ENABLED",
    waitForSteadyState: true,
    ingress: [],
    network: { assignPublicIp: false },
  }));

test("a service with everything missing gets a line for each property", () =>
  expect(lines(fargateService, {}).map((line) => line.replace(/;.*/, ""))).toEqual([
    "it: name is missing",
    "it: cluster is missing",
    "it: network is missing",
    "it: cpu is missing",
    "it: memory is missing",
    "it: containers is missing",
  ]));

describeProperties(fargateService, VALID_SERVICE, [
  [
    "name",
    ["a", "Shop_1-a", "1", "sg", "a".repeat(54)],
    ["", "my shop", "a.b", "sg-shop", "a".repeat(237), "a\n", REFERENCE],
    'use 1 to 236 letters, digits, "_" or "-", not beginning with "sg-", which EC2 reserves for ids',
  ],
  [
    "cluster",
    ["default", REFERENCE],
    ["my cluster"],
    'use the ARN of a cluster, or its name: 1 to 255 letters, digits, "_" or "-"',
  ],
  [
    "desiredCount",
    [0, 1, 5000, "keep"],
    [-1, 5001, 1.5, "1", "kept", null, NUMBER_REFERENCE],
    'use a whole number from 0 to 5000, or "keep"',
  ],
  ["minimumHealthyPercent", [0, 100], [-1, 101], "use a whole number from 0 to 100"],
  ["maximumPercent", [200], [99, 201], "use a whole number from 100 to 200"],
  ["availabilityZoneRebalancing", ["ENABLED", "DISABLED"], [true, "enabled"], "choose ENABLED or DISABLED"],
  ["waitForSteadyState", [true, false], ["false", 0], "use true or false"],
]);

describe("the timeouts of a service", () => {
  test("may be left out, each or all", () => {
    expect(fargateService.parse(VALID_SERVICE)).not.toHaveProperty("timeouts");
    expect(linesOf({ timeouts: {} })).toEqual([]);
    expect(linesOf({ timeouts: { create: "1h", update: "30m", delete: "5m" } })).toEqual([]);
  });

  test("are no others", () =>
    expect(linesOf({ timeouts: { read: "5m" } })).toEqual([
      'it: timeouts: unknown property "read"; choose create, update or delete',
    ]));
});

describeProperties(timeouts, {}, [
  [
    "update",
    ["30m", "90s", "1h30m", "2h0m30s", "100h", "999999h"],
    ["", "30", 30, "0s", "0h0m", "30 m", "30min", "1.5h", "30m1h", "-5m", "500ms", "1000000s", "30m\n", REFERENCE],
    'use hours, minutes and seconds above 0, like "30m", "90s" or "1h30m"',
  ],
]);

test("0 and false are kept as they are", () => {
  const nothing = { desiredCount: 0, minimumHealthyPercent: 0, waitForSteadyState: false };
  expect(fargateService.parse({ ...VALID_SERVICE, ...nothing })).toMatchObject(nothing);
});

test("problems of the task, its containers and the network are those of the service", () => {
  expect(linesOf({ memory: 4096 })).toEqual([
    "it: memory 4096 MiB is not valid with 256 cpu units; choose 512, 1024 or 2048",
  ]);
  expect(linesOf({ network: { vpc: { id: "main" } }, containers: [{ name: "web", image: "nginx" }] })).toEqual([
    'it: network: vpc: id "main" is not valid; use an id like vpc-0123456789abcdef0',
    'it: containers[0] "web": image "nginx" is not pinned; add its digest (nginx@sha256:…), or write { repository, tag } for an image in Amazon ECR',
  ]);
});

describe("the ingress of a service", () => {
  const rule: IngressRule = { port: 80, cidrIpv4: "10.0.0.0/8" };

  test("may be rules that differ", () =>
    expect(
      linesOf({
        ingress: [
          rule,
          { ...rule, port: 81 },
          { ...rule, toPort: 90 },
          { ...rule, toPort: 91 },
          { ...rule, cidrIpv4: "10.0.0.0/9" },
          { ...rule, protocol: "udp" },
          { port: 80, securityGroup: "sg-1" },
          { port: 80, cidrIpv4: REFERENCE },
        ],
      }),
    ).toEqual([]));

  test.each<[IngressRule, string]>([
    [rule, 'port 80/tcp from "10.0.0.0/8"'],
    [{ port: 53, protocol: "udp", cidrIpv6: "::/0" }, 'port 53/udp from "::/0"'],
    [{ port: 80, securityGroup: "sg-1" }, 'port 80/tcp from "sg-1"'],
    [{ port: 80, toPort: 90, securityGroup: "sg-1" }, 'port 80-90/tcp from "sg-1"'],
  ])("rejects %j the second time", (twice, shown) =>
    expect(linesOf({ ingress: [twice, { ...rule, port: 81 }, { protocol: "tcp", ...twice }] })).toEqual([
      `it: ingress[2]: ${shown} is listed twice; remove one`,
    ]),
  );

  test("names the rule that is wrong", () =>
    expect(linesOf({ ingress: [rule, { port: 80 }, { port: 0, cidr: "10.0.0.0/8" }] })).toEqual([
      "it: ingress[1]: 0 sources; give exactly one of cidrIpv4, cidrIpv6, securityGroup and prefixList",
      "it: ingress[2]: port 0 is not valid; use a whole number from 1 to 65535",
      'it: ingress[2]: unknown property "cidr"; choose port, toPort, protocol, cidrIpv4, cidrIpv6, securityGroup or prefixList',
    ]));

  const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"] };

  test("is rejected where the service has no security group of its own", () =>
    expect(linesOf({ network, ingress: [rule] })).toEqual([
      "it: ingress: the network names existing security groups, so the service has none of its own; add the rules to those, or move ingress to the environments whose network has a vpc: environments: { staging: { ingress: [ … ] } }",
    ]));

  test("may be empty there", () => expect(linesOf({ network, ingress: [] })).toEqual([]));
});

describe("the number of tasks", () => {
  const scaling: Scaling = { minCapacity: 2, maxCapacity: 4, targetTracking: { load: { cpu: 60 } } };
  const count = (changes: Partial<PinnedFargateServiceProps>) =>
    countOf(fargateService.parse({ ...VALID_SERVICE, ...changes }));

  test.each<[Partial<PinnedFargateServiceProps>, number, boolean]>([
    [{}, 1, false],
    [{ desiredCount: 0 }, 0, false],
    [{ desiredCount: 3 }, 3, false],
    [{ desiredCount: "keep" }, 1, true],
    [{ scaling }, 2, true],
    [{ scaling, desiredCount: "keep" }, 2, true],
  ])("of %j", (changes, atFirst, isKept) => expect(count(changes)).toEqual({ atFirst, isKept }));

  test.each([0, 1, 2])("is not %d where there is scaling", (desiredCount) =>
    expect(linesOf({ scaling, desiredCount })).toEqual([
      `it: desiredCount ${desiredCount}: scaling sets the number of tasks; remove one of them, or set desiredCount: "keep" where there is scaling`,
    ]),
  );

  test("leaves room to deploy even if it is the least", () => {
    const percents = { minimumHealthyPercent: 100, maximumPercent: 150 };
    expect(linesOf({ ...percents, scaling })).toEqual([]);
    expect(linesOf({ ...percents, scaling: { ...scaling, minCapacity: 1 } })).toEqual([
      "it: minimumHealthyPercent 100 and maximumPercent 150 leave no room to deploy with minCapacity 1 (at least 1 stay up, at most 1 run); lower the first or raise the second",
    ]);
  });

  test("has its problems named where they are", () =>
    expect(linesOf({ scaling: { ...scaling, targetTracking: { load: { cpu: 0 } } } })).toEqual([
      "it: scaling: targetTracking: load: cpu 0 is not valid; use a number from 1 to 100, with at most 4 decimal places",
    ]));
});

describe("the percentages of a deployment", () => {
  const DISABLED = { availabilityZoneRebalancing: "DISABLED" };

  test.each([
    [0, 50, 100],
    [1, 0, 100],
    [2, 50, 100],
    [1, 100, 200],
    [2, 100, 150],
    [9, 100, 112],
  ])("may leave a whole task to stop or to start: %d at %d to %d percent", (desiredCount, minimum, maximum) =>
    expect(linesOf({ ...DISABLED, desiredCount, minimumHealthyPercent: minimum, maximumPercent: maximum })).toEqual([]),
  );

  test.each([0, 1, 4])("may not be the same, with %d tasks", (desiredCount) =>
    expect(linesOf({ ...DISABLED, desiredCount, minimumHealthyPercent: 100, maximumPercent: 100 })).toEqual([
      "it: minimumHealthyPercent 100 and maximumPercent 100 leave no room to deploy; lower the first or raise the second",
    ]),
  );

  test.each([
    [1, 50, 100, 1, 1],
    [1, 100, 150, 1, 1],
    [3, 67, 100, 3, 3],
    [9, 100, 111, 9, 9],
  ])("may not leave less than a task: %d at %d to %d percent", (desiredCount, minimum, maximum, up, running) =>
    expect(linesOf({ ...DISABLED, desiredCount, minimumHealthyPercent: minimum, maximumPercent: maximum })).toEqual([
      `it: minimumHealthyPercent ${minimum} and maximumPercent ${maximum} leave no room to deploy with desiredCount ${desiredCount} (at least ${up} stay up, at most ${running} run); lower the first or raise the second`,
    ]),
  );

  test("may leave less than a task of a number that is not known", () =>
    expect(linesOf({ ...DISABLED, desiredCount: "keep", minimumHealthyPercent: 50, maximumPercent: 100 })).toEqual([]));

  test("leave room for rebalancing", () => {
    const percents = { desiredCount: 100, minimumHealthyPercent: 50 };
    expect(linesOf({ ...percents, maximumPercent: 101 })).toEqual([]);
    expect(linesOf({ ...percents, maximumPercent: 100 })).toEqual([
      'it: maximumPercent 100 leaves no room for availabilityZoneRebalancing; raise it, or set "DISABLED"',
    ]);
  });
});
