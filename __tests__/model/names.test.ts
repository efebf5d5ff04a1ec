import { SERVICE_CONFIG, environmentConfig } from "../../src/model/config";
import {
  REGISTRY_STACK,
  clusterStack,
  executionRoleName,
  logGroupName,
  serviceStack,
  taskRoleName,
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
])("the name of %s stays the same: a new one would replace what is deployed", (_, name, expected) =>
  expect(name).toBe(expected),
);

const LONGEST = "a".repeat(54);

test("the longest name of a service fits into every name that is made from it", () => {
  expect(lines(fargateService.shape.name, LONGEST)).toEqual([]);
  for (const role of [executionRoleName(LONGEST), taskRoleName(LONGEST)]) {
    expect(role).toMatch(/^[\w+=,.@-]{1,64}$/);
  }
  expect(logGroupName(LONGEST)).toMatch(/^[\w./#-]{1,512}$/);
});

test("the longest names of a service and an environment make the name of a service", () => {
  const service = "a".repeat(32);
  const environment = "a".repeat(20);
  expect(lines(SERVICE_CONFIG.name, service)).toEqual([]);
  expect(lines(environmentConfig.shape.name, environment)).toEqual([]);
  expect(lines(fargateService.shape.name, serviceStack(service, environment))).toEqual([]);
});
