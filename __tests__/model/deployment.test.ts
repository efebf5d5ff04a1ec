import { bakeMinutes, deploymentStrategy } from "../../src/model/deployment-strategy";
import { alarmsOf, circuitBreakerOf } from "../../src/model/deployment";
import { fargateService } from "../../src/model/service";
import { REFERENCE, lines } from "../support/problems";
import { VALID_SERVICE } from "../support/valid-service";

const linesOf = (changes: object): string[] => lines(fargateService, { ...VALID_SERVICE, ...changes });
const parsed = (changes: object) => fargateService.parse({ ...VALID_SERVICE, ...changes });
const HOOK = { functionArn: "arn:aws:lambda:us-east-1:111122223333:function:check", stages: ["POST_SCALE_UP"] };
/** A port that others in a namespace reach, so that there is traffic to move. */
const REACHED = {
  containers: [{ ...VALID_SERVICE.containers[0], portMappings: [{ containerPort: 8080, name: "http" }] }],
  serviceConnect: { namespace: "shop", services: { http: {} } },
};
const BLUE_GREEN = { type: "BLUE_GREEN", bakeTimeInMinutes: 5 };

test.each<[object, object | undefined]>([
  [{}, { enable: true, rollback: true }],
  [{ deploymentCircuitBreaker: {} }, { enable: true, rollback: true }],
  [{ deploymentCircuitBreaker: { rollback: false } }, { enable: true, rollback: false }],
  [{ deploymentCircuitBreaker: { enable: false } }, { enable: false, rollback: false }],
  [{ deploymentStrategy: { type: "ROLLING" } }, { enable: true, rollback: true }],
  [{ deploymentStrategy: BLUE_GREEN }, undefined],
])("%j has the circuit breaker %j", (changes, breaker) => expect(circuitBreakerOf(parsed(changes))).toEqual(breaker));

test.each<[object, object | undefined]>([
  [{}, undefined],
  [{ deploymentAlarms: { alarmNames: ["a"] } }, { alarmNames: ["a"], enable: true, rollback: true }],
  [
    { deploymentAlarms: { alarmNames: ["a", "b"], rollback: false } },
    { alarmNames: ["a", "b"], enable: true, rollback: false },
  ],
  [{ deploymentAlarms: { alarmNames: ["a"], enable: false } }, { alarmNames: ["a"], enable: false, rollback: false }],
])("%j has the alarms %j", (changes, alarms) => expect(alarmsOf(parsed(changes))).toEqual(alarms));

test.each<object>([
  { deploymentAlarms: { alarmNames: [REFERENCE, "5xx of shop/web"] } },
  { deploymentStrategy: { type: "ROLLING" } },
  { deploymentStrategy: { ...BLUE_GREEN, bakeTimeInMinutes: 0 } },
  { deploymentStrategy: { ...BLUE_GREEN, lifecycleHooks: { smoke: HOOK } } },
  {
    deploymentStrategy: {
      ...BLUE_GREEN,
      lifecycleHooks: {
        a_1: { ...HOOK, functionArn: REFERENCE, roleArn: REFERENCE, details: { path: REFERENCE } },
        b: { ...HOOK, functionArn: `${HOOK.functionArn}:live`, stages: ["PRE_SCALE_UP", "POST_TEST_TRAFFIC_SHIFT"] },
      },
    },
  },
  {
    ...REACHED,
    deploymentStrategy: { type: "LINEAR", bakeTimeInMinutes: 0, stepPercent: 50, stepBakeTimeInMinutes: 1 },
  },
  {
    ...REACHED,
    deploymentStrategy: { type: "CANARY", bakeTimeInMinutes: 5, canaryPercent: 1, canaryBakeTimeInMinutes: 0 },
  },
  { deploymentStrategy: { ...BLUE_GREEN, bakeTimeInMinutes: 60 }, timeouts: { update: "1h20m" } },
  { deploymentStrategy: { ...BLUE_GREEN, bakeTimeInMinutes: 60 }, waitForSteadyState: false },
  { deploymentStrategy: BLUE_GREEN, deploymentAlarms: { alarmNames: ["a"] } },
])("may have %j", (changes) => expect(linesOf(changes)).toEqual([]));

test.each<[object, string]>([
  [
    { deploymentCircuitBreaker: { enable: false, rollback: true } },
    "deploymentCircuitBreaker: rollback needs enable; set enable: true, or remove rollback",
  ],
  [
    { deploymentCircuitBreaker: { enable: "no" } },
    'deploymentCircuitBreaker: enable "no" is not valid; use true or false',
  ],
  [{ deploymentAlarms: {} }, "deploymentAlarms: alarmNames is missing; write it as [ … ]"],
  [{ deploymentAlarms: { alarmNames: [] } }, "deploymentAlarms: alarmNames has 0 entries; give at least 1"],
  [{ deploymentAlarms: { alarmNames: ["a", "a"] } }, 'deploymentAlarms: alarmNames has "a" twice; remove one'],
  [
    { deploymentAlarms: { alarmNames: [""] } },
    'deploymentAlarms: alarmNames[0] "" is not valid; use the name of an alarm, of 1 to 255 characters',
  ],
  [
    { deploymentAlarms: { alarmNames: ["a"], enable: false, rollback: true } },
    "deploymentAlarms: rollback needs enable; set enable: true, or remove rollback",
  ],
  [
    { deploymentStrategy: { type: "BLUE" } },
    'deploymentStrategy: type "BLUE" is not valid; choose ROLLING, BLUE_GREEN, LINEAR or CANARY',
  ],
  [
    { deploymentStrategy: { type: "BLUE_GREEN" } },
    "deploymentStrategy: bakeTimeInMinutes is missing; say how long the old tasks stay, from 0 to 1440 minutes",
  ],
  [
    { deploymentStrategy: { ...BLUE_GREEN, stepPercent: 10 } },
    "deploymentStrategy: stepPercent is for LINEAR, but type is BLUE_GREEN; remove it, or change type",
  ],
  [
    { ...REACHED, deploymentStrategy: { type: "LINEAR", bakeTimeInMinutes: 0, stepPercent: 50, canaryPercent: 10 } },
    "deploymentStrategy: canaryPercent is for CANARY, but type is LINEAR; remove it, or change type",
  ],
  [
    { deploymentStrategy: { type: "LINEAR", bakeTimeInMinutes: 0, stepPercent: 2, stepBakeTimeInMinutes: 0 } },
    "deploymentStrategy: stepPercent 2 is not valid; use a whole number from 3 to 100",
  ],
  [
    { deploymentStrategy: { type: "ROLLING", bakeTimeInMinutes: 1 } },
    "deploymentStrategy: bakeTimeInMinutes is for the other strategies, but type is ROLLING; remove it, or change type",
  ],
  [
    { deploymentStrategy: { ...BLUE_GREEN, lifecycleHooks: { smoke: { ...HOOK, stages: [] } } } },
    "deploymentStrategy: lifecycleHooks: smoke: stages has 0 entries; give at least 1",
  ],
  [
    { deploymentStrategy: { ...BLUE_GREEN, lifecycleHooks: { smoke: { ...HOOK, functionArn: "check" } } } },
    'deploymentStrategy: lifecycleHooks: smoke: functionArn "check" is not valid; use the ARN of a Lambda function: arn:aws:lambda:REGION:ACCOUNT:function:NAME',
  ],
  [
    { deploymentStrategy: { ...BLUE_GREEN, lifecycleHooks: { "a b": HOOK } } },
    'deploymentStrategy: lifecycleHooks: name "a b" is not valid; use 1 to 64 letters, digits, "_" or "-"',
  ],
  [
    { deploymentStrategy: BLUE_GREEN, deploymentCircuitBreaker: { rollback: false } },
    "deploymentCircuitBreaker: is for rolling updates, but deploymentStrategy is BLUE_GREEN; remove it, and use deploymentAlarms",
  ],
  [
    { deploymentStrategy: { ...BLUE_GREEN, bakeTimeInMinutes: 20 } },
    'timeouts: update 20m is not enough: by its strategy, a deployment takes 20 minutes and what its tasks need to start; raise it: timeouts: { update: "40m" }',
  ],
  [
    { ...REACHED, deploymentStrategy: { type: "LINEAR", bakeTimeInMinutes: 0 }, timeouts: { update: "3240s" } },
    'timeouts: update 3240s is not enough: by its strategy, a deployment takes 54 minutes and what its tasks need to start; raise it: timeouts: { update: "74m" }',
  ],
])("may not have %j", (changes, message) => expect(linesOf(changes)).toEqual([`it: ${message}`]));

test.each<[object, number]>([
  [{ type: "ROLLING" }, 0],
  [BLUE_GREEN, 5],
  [{ type: "LINEAR", bakeTimeInMinutes: 1 }, 55],
  [{ type: "LINEAR", bakeTimeInMinutes: 1, stepPercent: 30, stepBakeTimeInMinutes: 10 }, 31],
  [{ type: "CANARY", bakeTimeInMinutes: 1 }, 11],
])("%j waits %i minutes", (strategy, minutes) => expect(bakeMinutes(deploymentStrategy.parse(strategy))).toBe(minutes));
