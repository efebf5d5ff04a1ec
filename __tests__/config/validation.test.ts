import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";
import { rejection, uncompiled } from "../support/rejection";
import { synthesized } from "../support/synthesis";

function reject(changes: Partial<Config>): string {
  return rejection(() => resolveConfig(config(changes), {}));
}

/** What no name may be, and how it is shown. */
const NO_NAMES: [unknown, string][] = [
  ["", '""'],
  ["Shop", '"Shop"'],
  ["1shop", '"1shop"'],
  ["-shop", '"-shop"'],
  ["shop-", '"shop-"'],
  ["order--api", '"order--api"'],
  ["order_api", '"order_api"'],
  ["order api", '"order api"'],
  ["shop\n", '"shop\\n"'],
  [undefined, "undefined"],
  [null, "null"],
  [1, "1"],
];

describe("the name of a service", () => {
  test.each(["a", "order-api", "a1", "a-1-b", "a".repeat(32)])("may be %s", (name) =>
    expect(() => resolveConfig(config({ services: [service({ name })] }), {})).not.toThrow(),
  );

  test.each<[unknown, string]>([...NO_NAMES, ["a".repeat(33), `"${"a".repeat(33)}"`]])(
    "is rejected as %j",
    (name, shown) =>
      expect(reject({ services: [service({ name: uncompiled(name) })] })).toBe(
        `service name ${shown} is not valid; use at most 32 lower-case letters, digits and single "-", beginning with a letter`,
      ),
  );

  test("is rejected the second time", () =>
    expect(reject({ services: [service(), service({ name: "api" }), service()] })).toBe(
      'two services are named "shop"; give each a name of its own',
    ));
});

describe("the name of an environment", () => {
  test.each(["a", "us-east", "a".repeat(20)])("may be %s", (name) =>
    expect(() => resolveConfig(config({ environments: [environment({ name })] }), {})).not.toThrow(),
  );

  test.each<[unknown, string]>([...NO_NAMES, ["a".repeat(21), `"${"a".repeat(21)}"`]])(
    "is rejected as %j",
    (name, shown) =>
      expect(reject({ environments: [environment({ name: uncompiled(name) })] })).toBe(
        `environment name ${shown} is not valid; use at most 20 lower-case letters, digits and single "-", beginning with a letter`,
      ),
  );

  test("is rejected the second time", () =>
    expect(reject({ environments: [environment(), environment()] })).toBe(
      'two environments are named "staging"; give each a name of its own',
    ));
});

describe("the names of stacks", () => {
  test("fail if two services in two environments come to the same", () =>
    expect(
      reject({
        services: [service({ name: "a" }), service({ name: "a-b" })],
        environments: [environment({ name: "b-c" }), environment({ name: "c" })],
      }),
    ).toBe('two stacks would be named "a-b-c"; rename a service or an environment'));

  test("fail if a service comes to the same as a cluster", () =>
    expect(reject({ services: [service({ name: "cluster" })] })).toBe(
      'two stacks would be named "cluster-staging"; rename a service or an environment',
    ));

  test("allow a service that is named cluster, where the clusters are not ours", () =>
    expect(() =>
      resolveConfig(
        config({
          services: [service({ name: "cluster" })],
          environments: [environment({ cluster: { existing: "shared" } })],
        }),
        {},
      ),
    ).not.toThrow());
});

const SETTINGS =
  "desiredCount, minimumHealthyPercent, maximumPercent, availabilityZoneRebalancing, waitForSteadyState, cpuArchitecture, ingress, logRetentionDays, logKmsKeyArn";

describe("an unknown property is rejected", () => {
  test.each<[string, Partial<Config>, string]>([
    [
      "of the config",
      uncompiled({ service: [] }),
      'config: unknown property "service"; known are services, environments, registry',
    ],
    [
      "of the registry",
      { registry: registry(uncompiled({ acountId: "1" })) },
      'registry: unknown property "acountId"; known are region, accountId, state, providerVersion, tags, imageTagMutability, scanOnPush, kmsKeyArn',
    ],
    [
      "of an environment",
      { environments: [environment(uncompiled({ acountId: "1" }))] },
      'environment "staging": unknown property "acountId"; known are name, region, accountId, network, cluster, state, providerVersion, tags',
    ],
    [
      "of a cluster",
      { environments: [environment({ cluster: uncompiled({ insights: "enabled" }) })] },
      'environment "staging": cluster: unknown property "insights"; known are containerInsights, existing',
    ],
    [
      "of a service",
      { services: [service(uncompiled({ count: 1 }))] },
      `service "shop": unknown property "count"; known are name, environments, cpu, memory, containers, ${SETTINGS}`,
    ],
    [
      "of an override",
      { services: [service({ environments: { staging: uncompiled({ name: "a" }) } })] },
      `service "shop": environments: staging: unknown property "name"; known are cpu, memory, containers, ${SETTINGS}`,
    ],
  ])("%s", (_, changes, message) => expect(reject(changes)).toBe(message));

  const CONTAINER =
    "name, image, command, entryPoint, workingDirectory, user, environment, portMappings, healthCheck, essential, cpu, memory, memoryReservation, ulimits, stopTimeout, restartPolicy, dockerLabels, logging";

  test.each<[string, Partial<Config>, string]>([
    [
      "of a container",
      { services: [service({ containers: [container(uncompiled({ comand: [] }))] })] },
      `container "web": unknown property "comand"; known are ${CONTAINER}`,
    ],
    [
      "of a container's override",
      { services: [service({ environments: { staging: { containers: { web: uncompiled({ comand: [] }) } } } })] },
      `container "web": unknown property "comand"; known are ${CONTAINER}`,
    ],
    [
      "of a part of a container",
      { services: [service({ containers: [container({ portMappings: [uncompiled({ port: 80 })] })] })] },
      'container "web": portMappings: unknown property "port"; known are containerPort, protocol, name, appProtocol',
    ],
  ])("%s, once it is synthesized", (_, changes, message) =>
    expect(rejection(() => synthesized(config(changes)))).toBe(`shop-staging: ${message}`),
  );
});

describe("a config", () => {
  test("is rejected with an override for an environment that does not exist", () =>
    expect(
      reject({
        services: [service({ environments: { stagign: { cpu: 512 } } })],
        environments: [environment(), environment({ name: "production" })],
      }),
    ).toBe('service "shop": environments: there is no environment "stagign"; choose "staging" or "production"'));

  test("is rejected with settings for a cluster that somebody else looks after", () =>
    expect(
      reject({ environments: [environment({ cluster: { existing: "shared", containerInsights: "enabled" } })] }),
    ).toBe('environment "staging": cluster: containerInsights goes with a cluster of our own; remove it, or existing'));

  test("may have no service at all", () =>
    expect(resolveConfig(config({ services: [] }), {})).toMatchObject({
      services: [],
      registry: { repositories: [] },
    }));
});

describe("a tag of the user's own", () => {
  test.each([
    ["service", "service"],
    ["Environment", "environment"],
    ["MANAGED-BY", "managed-by"],
  ])("is rejected on an environment as %s, which every resource has", (key, ours) =>
    expect(reject({ environments: [environment({ tags: { team: "web", [key]: "other" } })] })).toBe(
      `environment "staging": tags: key "${key}" would clash with "${ours}", which every resource gets; rename it`,
    ),
  );

  test("is rejected on the registry as Managed-By, which every repository has", () =>
    expect(reject({ registry: registry({ tags: { "Managed-By": "me" } }) })).toBe(
      'registry: tags: key "Managed-By" would clash with "managed-by", which every resource gets; rename it',
    ));

  test("may be named much like ours", () => {
    const tags = { "service-owner": "web", env: "web" };
    expect(() => resolveConfig(config({ environments: [environment({ tags })] }), {})).not.toThrow();
  });
});

describe("an account id", () => {
  test.each<[string, unknown, string]>([
    ["11 digits", "11112222333", '"11112222333"'],
    ["13 digits", "1111222233334", '"1111222233334"'],
    ["letters", "demo", '"demo"'],
    ["a number", 111122223333, "111122223333"],
    ["nothing", "", '""'],
  ])("is rejected as %s, naming the stack", (_, accountId, shown) => {
    const message = `accountId ${shown} is not an AWS account id; use 12 digits in quotes`;
    const changes = { accountId: uncompiled(accountId) };
    expect(rejection(() => synthesized(config({ registry: registry(changes) })))).toBe(`registry: ${message}`);
    expect(rejection(() => synthesized(config({ environments: [environment(changes)] })))).toBe(
      `cluster-staging: ${message}`,
    );
  });

  test("may be 12 digits, a leading zero among them", () => {
    const changes = { accountId: "011122223333" };
    expect([
      ...synthesized(config({ registry: registry(changes), environments: [environment(changes)] })).keys(),
    ]).toHaveLength(4);
  });
});
