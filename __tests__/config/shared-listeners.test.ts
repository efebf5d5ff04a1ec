import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, service } from "../support/config";
import { BY_NAME, LISTENER_ARN, RULE, type Balancers } from "../support/load-balancers";
import { rejection } from "../support/rejection";

const balanced = (name: string, loadBalancers: Balancers) =>
  service({ name, loadBalancers, containers: [container({ portMappings: [{ containerPort: 8080 }] })] });

const resolve = (first: Balancers, second: Balancers, changes: Partial<Config> = {}) =>
  resolveConfig(config({ services: [balanced("shop", first), balanced("cart", second)], ...changes }), {});

const BY_ARN = { listener: { arn: LISTENER_ARN }, rule: RULE };

test.each([
  ["a listener by its load balancer", BY_NAME],
  ["a listener by its ARN", BY_ARN],
])("two services cannot have the same priority at %s", (_, entry) =>
  expect(rejection(() => resolve({ public: entry }, { web: entry }))).toBe(
    'service "cart" in "staging": loadBalancers: web: rule: priority 10 is also that of service "shop" in "staging" at the same listener; choose another',
  ),
);

test.each<[string, Balancers]>([
  ["another priority", { public: { ...BY_NAME, rule: { ...RULE, priority: 11 } } }],
  ["another port", { public: { ...BY_NAME, listener: { loadBalancer: { name: "shared" }, port: 80 } } }],
  ["another load balancer", { public: BY_ARN }],
])("two services may have %s", (_, second) => expect(resolve({ public: BY_NAME }, second).services).toHaveLength(2));

describe("in two environments", () => {
  const resolveBoth = (entry: Balancers[string]) =>
    resolveConfig(
      config({
        services: [balanced("shop", { public: entry })],
        environments: [environment(), environment({ name: "production" })],
      }),
      {},
    );

  test("a load balancer that is looked up may be another one", () =>
    expect(resolveBoth(BY_NAME).services).toHaveLength(2));

  test("a listener by its ARN is the same one", () =>
    expect(rejection(() => resolveBoth(BY_ARN))).toBe(
      'service "shop" in "production": loadBalancers: public: rule: priority 10 is also that of service "shop" in "staging" at the same listener; choose another',
    ));
});
