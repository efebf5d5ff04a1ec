import { resolveConfig, type EnvironmentConfig, type ServiceConfig } from "../../src/config";
import { config, environment, service } from "../support/config";
import { rejection } from "../support/rejection";

const SPOT = { capacityProviderStrategy: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 3 } } };

const resolve = (changes: Partial<ServiceConfig>, cluster: EnvironmentConfig["cluster"]) =>
  resolveConfig(config({ services: [service(changes)], environments: [environment({ cluster })] }), {});

test("a strategy is accepted if the environment's own cluster has the capacity providers", () => {
  const { services, clusters } = resolve(SPOT, { capacityProviders: ["FARGATE_SPOT", "FARGATE"] });
  expect(services[0]?.service).toMatchObject(SPOT);
  expect(clusters[0]?.cluster).toEqual({ name: "staging", capacityProviders: ["FARGATE_SPOT", "FARGATE"] });
});

test.each([undefined, {}, { capacityProviders: ["FARGATE" as const] }])(
  "a strategy is rejected if the cluster is %j",
  (cluster) =>
    expect(rejection(() => resolve(SPOT, cluster))).toMatch(
      /^service "shop" in "staging": capacityProviderStrategy uses FARGATE(_SPOT)?, which the cluster of the environment does not have; add it to that environment: cluster: \{ capacityProviders: \["FARGATE", "FARGATE_SPOT"\] \}$/,
    ),
);

test("the default strategy is rejected if the cluster has none", () =>
  expect(rejection(() => resolve({ capacityProviderStrategy: "default" }, { capacityProviders: ["FARGATE"] }))).toBe(
    'service "shop" in "staging": capacityProviderStrategy is "default", but the cluster of the environment has no defaultCapacityProviderStrategy; give it one, or write the strategy here',
  ));

test("the default strategy is that of the environment's own cluster", () =>
  expect(
    resolve(
      { capacityProviderStrategy: "default" },
      { capacityProviders: ["FARGATE"], defaultCapacityProviderStrategy: { FARGATE: { weight: 1 } } },
    ).services[0]?.service,
  ).toMatchObject({ capacityProviderStrategy: "default" }));

test.each(["default" as const, SPOT.capacityProviderStrategy])(
  "nobody knows what an existing cluster has, so %j is accepted",
  (capacityProviderStrategy) =>
    expect(resolve({ capacityProviderStrategy }, { existing: "shared" }).services).toHaveLength(1),
);

test("an environment changes one number of a strategy", () =>
  expect(
    resolve(
      { ...SPOT, environments: { staging: { capacityProviderStrategy: { FARGATE_SPOT: { weight: 1 } } } } },
      { existing: "shared" },
    ).services[0]?.service,
  ).toMatchObject({
    capacityProviderStrategy: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 1 } },
  }));
