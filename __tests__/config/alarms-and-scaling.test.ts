import { resolveConfig, type ServiceConfig } from "../../src/config";
import { config, environment, service } from "../support/config";
import { rejection, rejections } from "../support/rejection";

const TOPIC = "arn:aws:sns:us-east-1:111122223333:on-call";
const SCALING = { minCapacity: 1, maxCapacity: 4, targetTracking: { load: { cpu: 60 } } };

const BACKLOG = {
  metric: {
    expression: "depth / running",
    metrics: { depth: { namespace: "Shop", name: "Orders" }, running: "runningTasks" },
  },
} as const;

const shop = (changes: Partial<ServiceConfig>) => config({ services: [service(changes)] });
const resolved = (changes: Partial<ServiceConfig>) => resolveConfig(shop(changes), {}).services[0]?.service;

test("an environment changes some of it, by name and at any depth", () => {
  const environments = {
    staging: {
      desiredCount: "keep" as const,
      scaling: { maxCapacity: 2, targetTracking: { load: { cpu: 80 }, more: { memory: 70 } } },
      alarms: { cpu: { minutes: 10 } },
    },
  };
  const alarms = { topics: [TOPIC], cpu: { threshold: 80 }, memory: 90 };
  expect(resolved({ scaling: SCALING, alarms, environments })).toMatchObject({
    desiredCount: "keep",
    scaling: { minCapacity: 1, maxCapacity: 2, targetTracking: { load: { cpu: 80 }, more: { memory: 70 } } },
    alarms: { topics: [TOPIC], cpu: { threshold: 80, minutes: 10 }, memory: 90 },
  });
});

test("what does not fit together in an environment is said there", () => {
  const environments = { staging: { scaling: { minCapacity: 5 }, alarms: { cpu: 80 } } };
  expect(rejections(() => resolved({ scaling: SCALING, environments }))).toEqual([
    'service "shop" in "staging": scaling: minCapacity 5 is more than maxCapacity 4; lower it',
    'service "shop" in "staging": alarms: topics is missing; write it as [ … ]',
  ]);
});

test("a topic must be in the region of the environment", () =>
  expect(rejection(() => resolved({ alarms: { topics: [TOPIC.replace("us-east-1", "eu-west-1")], cpu: 80 } }))).toBe(
    'service "shop" in "staging": alarms: topics[0] is in eu-west-1; use one in us-east-1, where it is needed',
  ));

describe("what needs Container Insights", () => {
  const watching: Partial<ServiceConfig> = {
    alarms: { topics: [TOPIC], runningTasks: { minutes: 3 } },
    scaling: {
      ...SCALING,
      targetTracking: { backlog: { ...BACKLOG, target: 10 } },
      stepScaling: { steps: { ...BACKLOG, above: [{ from: 50, adjustment: 1 }] } },
    },
  };
  const inCluster = (containerInsights: "enabled" | "enhanced" | "disabled") => () =>
    resolveConfig({ ...shop(watching), environments: [environment({ cluster: { containerInsights } })] }, {});

  test("is rejected where the cluster disables it", () =>
    expect(rejections(inCluster("disabled"))).toEqual(
      [
        'scaling: targetTracking: backlog: metric: "runningTasks"',
        'scaling: stepScaling: steps: metric: "runningTasks"',
        "alarms: runningTasks",
      ].map(
        (path) =>
          `service "shop" in "staging": ${path} needs Container Insights, which the cluster of the environment disables; enable it`,
      ),
    ));

  test.each(["enabled", "enhanced"] as const)("is accepted where it is %s", (containerInsights) =>
    expect(inCluster(containerInsights)().services).toHaveLength(1),
  );
});
