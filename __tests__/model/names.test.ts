import { SERVICE_CONFIG, environmentConfig } from "../../src/model/config";
import {
  REGISTRY_STACK,
  clusterStack,
  executionRoleName,
  logGroupName,
  securityGroupPrefix,
  serviceStack,
  shortened,
  taskRoleName,
  workspaceName,
} from "../../src/model/names";
import { fargateService } from "../../src/model/service";
import { lines } from "../support/problems";

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
