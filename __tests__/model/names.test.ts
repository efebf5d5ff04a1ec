import { SERVICE_CONFIG, environmentConfig } from "../../src/model/config";
import { fargateJob } from "../../src/model/job";
import {
  REGISTRY_STACK,
  clusterStack,
  executionRoleName,
  logGroupName,
  securityGroupPrefix,
  serviceNames,
  serviceStack,
  shortened,
  taskNamesOf,
  taskRoleName,
  workspaceName,
} from "../../src/model/names";
import { fargateService } from "../../src/model/service";
import { REFERENCE, describeProperties, lines } from "../support/problems";
import { VALID_SERVICE } from "../support/valid-service";

const ECS_NAME = 'use 1 to 255 letters, digits, "_" or "-"';
const ROLE = 'use 1 to 64 letters, digits or "_+=,.@-"';

test.each([
  ["the stack of the repositories", REGISTRY_STACK, "registry"],
  ["the stack of a cluster", clusterStack("staging"), "cluster-staging"],
  ["the stack of a service", serviceStack("shop", "staging"), "shop-staging"],
  ["a log group", logGroupName("shop-staging"), "/ecs/shop-staging"],
  ["an execution role", executionRoleName("shop-staging"), "shop-staging-execution"],
  ["a task role", taskRoleName("shop-staging"), "shop-staging-task"],
  ["a workspace", workspaceName("shop", "111122223333", "us-east-1", "api"), "shop-111122223333-us-east-1-api"],
  ["a security group, at its beginning,", securityGroupPrefix("shop-staging"), "shop-staging-"],
])("the name of %s stays the same: a new one would replace what is deployed", (_, name, expected) =>
  expect(name).toBe(expected),
);

const LONGEST = "a".repeat(236);

test("the longest name of a service fits into every name that is made from it", () => {
  expect(lines(fargateService.shape.name, LONGEST)).toEqual([]);
  for (const role of [executionRoleName(LONGEST), taskRoleName(LONGEST)]) {
    expect(role).toMatch(/^[\w+=,.@-]{1,64}$/);
  }
  expect(logGroupName(LONGEST)).toMatch(/^[\w./#-]{1,512}$/);
  expect(securityGroupPrefix(LONGEST)).toMatch(/^[\w-]{1,228}-$/);
});

test("the longest names of a service and an environment make the name of a service", () => {
  const service = "a".repeat(128);
  const environment = "a".repeat(63);
  expect(lines(SERVICE_CONFIG.name, service)).toEqual([]);
  expect(lines(environmentConfig.shape.name, environment)).toEqual([]);
  expect(lines(fargateService.shape.name, serviceStack(service, environment))).toEqual([]);
});

describe("a name that would be too long", () => {
  test("stays as it is up to the limit: what is deployed under it must not be replaced", () =>
    expect(executionRoleName("a".repeat(54))).toBe(`${"a".repeat(54)}-execution`));

  test("gets a hash in place of its end, and keeps its ending", () =>
    expect(executionRoleName("a".repeat(55))).toBe(`${"a".repeat(45)}-9f4390f8-execution`));

  test("differs from another one that begins alike", () =>
    expect(taskRoleName(`${"a".repeat(80)}-pr-12`)).not.toBe(taskRoleName(`${"a".repeat(80)}-pr-13`)));

  test("never has two hyphens in a row", () =>
    expect(shortened(`${"a".repeat(10)}-${"b".repeat(10)}`, "-task", 25)).toMatch(/^a{10}-[0-9a-f]{8}-task$/));
});

describe("a name of one's own", () => {
  const linesOf = (names: object, more: object = {}): string[] =>
    lines(fargateService, { ...VALID_SERVICE, names, ...more });

  describeProperties(serviceNames, {}, [
    ["service", ["a", "Web_1", "a".repeat(255)], ["", "a b", "a".repeat(256), REFERENCE], ECS_NAME],
    ["family", ["a", "Web_1", "a".repeat(255)], ["", "a.b", "a".repeat(256), REFERENCE], ECS_NAME],
    [
      "logGroup",
      ["/aws/ecs/web", "web.#1", "aws", "a".repeat(512)],
      ["", "aws/web", "a b", "a".repeat(513), REFERENCE],
      'use 1 to 512 letters, digits or "._-/#", not beginning with "aws/"',
    ],
    ["executionRole", ["a", "Web_+=,.@-", "a".repeat(64)], ["", "a/b", "a".repeat(65), REFERENCE], ROLE],
    ["taskRole", ["a", "Web_+=,.@-", "a".repeat(64)], ["", "a/b", "a".repeat(65), REFERENCE], ROLE],
    [
      "securityGroup",
      ["a", "Web tasks (1)", "defaults", "a".repeat(255)],
      ["", "sg-web", "default", " web", "web ", "a$b", "a".repeat(256), REFERENCE],
      'use 1 to 255 letters, digits, spaces or "._-:/()#,@[]+=&;!*", without a space at either end; "default" and what begins with "sg-" are reserved',
    ],
  ]);

  test("comes before the one that is made from the service's", () => {
    expect(taskNamesOf("shop")).toEqual({
      family: "shop",
      logGroup: "/ecs/shop",
      executionRole: "shop-execution",
      taskRole: "shop-task",
    });
    expect(taskNamesOf("shop", { family: "f", taskRole: "t" })).toEqual({
      family: "f",
      logGroup: "/ecs/shop",
      executionRole: "shop-execution",
      taskRole: "t",
    });
  });

  test.each([
    [{ taskRole: "web", executionRole: "Web" }, '"web" is the name of both the execution role and the task role'],
    [{ taskRole: "shop-execution" }, '"shop-execution" is the name of both the execution role and the task role'],
  ])("cannot be given to two roles: %j", (names, fault) =>
    expect(linesOf(names)).toEqual([`it: names: ${fault}; give one of them another name`]),
  );

  const AUTHORITY = "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/0123";
  const TLS = {
    containers: [{ ...VALID_SERVICE.containers[0], portMappings: [{ containerPort: 80, name: "http" }] }],
    serviceConnect: { namespace: "shop", services: { http: { tls: { awsPcaAuthorityArn: AUTHORITY } } } },
  };
  const MOUNTED = {
    containers: [{ ...VALID_SERVICE.containers[0], mountPoints: { data: "/data" } }],
    volumes: { data: { ebs: { sizeInGiB: 10 } } },
  };
  const HOOK = { functionArn: "arn:aws:lambda:us-east-1:111122223333:function:check", stages: ["PRE_SCALE_UP"] };
  const HOOKED = {
    deploymentStrategy: { type: "BLUE_GREEN", bakeTimeInMinutes: 5, lifecycleHooks: { check: HOOK } },
  };
  const BALANCED = {
    network: { vpc: "default", assignPublicIp: true },
    containers: [{ ...VALID_SERVICE.containers[0], portMappings: [{ containerPort: 80 }] }],
    loadBalancers: { public: { applicationLoadBalancer: { scheme: "internet-facing" } } },
    deploymentStrategy: { type: "BLUE_GREEN", bakeTimeInMinutes: 5 },
  };

  test.each<[string, object, string, string]>([
    ["EBS volumes", MOUNTED, "shop-ebs", "role for EBS volumes"],
    ["certificates", TLS, "shop-infrastructure", "infrastructure role"],
    ["functions", HOOKED, "shop-infrastructure", "infrastructure role"],
    ["the traffic", BALANCED, "Shop-Infrastructure", "infrastructure role"],
  ])("cannot be that of the role for %s", (_, more, name, what) => {
    expect(linesOf({ taskRole: name }, more)).toEqual([
      `it: names: "${name}" is the name of both the task role and the ${what}; give one of them another name`,
    ]);
    expect(linesOf({ taskRole: name })).toEqual([]);
  });

  test("cannot be that of the role of a schedule", () => {
    const job = { ...VALID_SERVICE, names: { executionRole: "shop-scheduler" } };
    expect(lines(fargateJob, job)).toEqual([]);
    expect(lines(fargateJob, { ...job, schedule: { expression: "rate(1 hour)" } })).toEqual([
      'it: names: "shop-scheduler" is the name of both the execution role and the role of the schedule; give one of them another name',
    ]);
  });

  test("may be that of a role that exists and is used instead", () => {
    const roleArn = "arn:aws:iam::111122223333:role/own";
    const tls = { awsPcaAuthorityArn: AUTHORITY, roleArn };
    const own = { ...TLS, serviceConnect: { namespace: "shop", services: { http: { tls } } } };
    expect(linesOf({ taskRole: "shop-infrastructure" }, own)).toEqual([]);
    const lifecycleHooks = { check: { ...HOOK, roleArn } };
    const hooked = { deploymentStrategy: { ...HOOKED.deploymentStrategy, lifecycleHooks } };
    expect(linesOf({ taskRole: "shop-infrastructure" }, hooked)).toEqual([]);
  });

  test("may be that of the role which is not made", () =>
    expect(linesOf({ taskRole: "shop-execution" }, { existing: { executionRole: "shared" } })).toEqual([]));

  test("for a security group needs one of the service's own", () =>
    expect(linesOf({ securityGroup: "web" }, { network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] } })).toEqual(
      [
        "it: names: securityGroup: the network names existing security groups, so the service has none of its own; remove this name",
      ],
    ));
});
