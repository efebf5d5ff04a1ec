import { resolveConfig } from "../../src/config";
import { config, environment, service } from "../support/config";
import { rejection } from "../support/rejection";

const deploymentStrategy = { type: "BLUE_GREEN", bakeTimeInMinutes: 5 } as const;
const resolve = (providerVersion?: string) =>
  resolveConfig(
    config({
      services: [service({ deploymentStrategy })],
      environments: [environment(providerVersion === undefined ? {} : { providerVersion })],
    }),
    {},
  );

test.each([
  [undefined, "5.100.0"],
  ["5.100.0", "5.100.0"],
  ["6.4.0", "6.4.0"],
])("a strategy is rejected with the provider %s", (given, version) =>
  expect(rejection(() => resolve(given))).toBe(
    `service "shop" in "staging": deploymentStrategy needs AWS provider 6.25.0 or newer, but the environment has ${version}; give it providerVersion: "6.25.0"`,
  ),
);

test.each(["6.25.0", "6.54.1"])("a strategy is accepted with the provider %s", (version) =>
  expect(resolve(version).services[0]?.service).toMatchObject({ deploymentStrategy }),
);

test("an environment changes one number of a strategy, and of the circuit breaker", () => {
  const staging = { deploymentStrategy: { bakeTimeInMinutes: 0 }, deploymentAlarms: { enable: false } };
  const { services } = resolveConfig(
    config({
      services: [service({ deploymentStrategy, deploymentAlarms: { alarmNames: ["a"] }, environments: { staging } })],
      environments: [environment({ providerVersion: "6.25.0" })],
    }),
    {},
  );
  expect(services[0]?.service).toMatchObject({
    deploymentStrategy: { type: "BLUE_GREEN", bakeTimeInMinutes: 0 },
    deploymentAlarms: { alarmNames: ["a"], enable: false },
  });
});

test.each([{ type: "ROLLING" }, { type: "BLUE_GREEN", bakeTimeInMinutes: 1 }] as const)(
  "an environment goes over to the strategy %j",
  (other) => {
    const strategy = { type: "CANARY", bakeTimeInMinutes: 5, canaryPercent: 10 } as const;
    const given = config({
      services: [service({ deploymentStrategy: strategy, environments: { staging: { deploymentStrategy: other } } })],
      environments: [environment({ providerVersion: "6.25.0" })],
    });
    expect(resolveConfig(given, {}).services[0]?.service.deploymentStrategy).toEqual(other);
  },
);
test("an environment changes the rule for tests, and drops it with the listener that it belongs to", () => {
  const listener = { loadBalancer: { name: "shared" }, port: 443 };
  const rule = { priority: 20, hosts: ["shop.example.com"] };
  const loadBalancers = { public: { listener, rule, testRule: { ...rule, priority: 19 } } };
  const balanced = (staging: object) =>
    resolveConfig(
      config({
        services: [
          service({
            containers: [
              { name: "shop", image: { repository: "demo", tag: "1.10" }, portMappings: [{ containerPort: 80 }] },
            ],
            deploymentStrategy,
            loadBalancers,
            environments: { staging: { loadBalancers: { public: staging } } },
          }),
        ],
        environments: [environment({ providerVersion: "6.25.0" })],
      }),
      {},
    ).services[0]?.service.loadBalancers?.["public"];

  expect(balanced({ testRule: { priority: 18 } })).toMatchObject({ listener, testRule: { ...rule, priority: 18 } });
  const own = { scheme: "internal", ingress: [{ cidrIpv4: "10.0.0.0/8" }] };
  expect(Object.keys(balanced({ applicationLoadBalancer: own }) ?? {})).not.toContain("testRule");
});
