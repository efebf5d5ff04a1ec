import { resolveConfig, type Config, type ResolvedGroup } from "../../src/config";
import { config, container, environment, service } from "../support/config";
import { rejection } from "../support/rejection";

const backend = (name: string, changes = {}) => service({ name, stack: "backend", ...changes });

function groupsOf(changes: Partial<Config>, variables = {}): [string, string[]][] {
  const { groups } = resolveConfig(config(changes), variables);
  return groups.map(({ stackName, services }) => [stackName, services.map(({ name }) => name)]);
}

const stacksOf = (changes: Partial<Config>): string[] =>
  resolveConfig(config(changes), {}).services.map(({ stackName }) => stackName);

describe("services that name the same stack", () => {
  const changes = {
    services: [backend("api"), service({ name: "web" }), backend("worker")],
    environments: [environment(), environment({ name: "production", region: "eu-west-1" })],
  };

  test("share one in each environment, in the order of the config", () =>
    expect(groupsOf(changes)).toEqual([
      ["backend-staging", ["api", "worker"]],
      ["backend-production", ["api", "worker"]],
    ]));

  test("have none of their own", () => expect(stacksOf(changes)).toEqual(["web-staging", "web-production"]));

  test("are called in AWS as they would be called in stacks of their own", () => {
    const [group] = resolveConfig(config(changes), {}).groups;
    expect(group?.services.map(({ service }) => service.name)).toEqual(["api-staging", "worker-staging"]);
  });

  test("have their images in the registry", () => {
    const services = [backend("api", { containers: [container({ image: { repository: "api", tag: "1" } })] })];
    expect(resolveConfig(config({ services }), {}).registry.repositories).toEqual(["api"]);
  });
});

test("a group is where its environment is, with the tags of the environment, but not of a service", () => {
  const staging = environment({ region: "eu-west-1", accountId: "111122223333", tags: { team: "web" } });
  const [group] = resolveConfig(config({ services: [backend("api")], environments: [staging] }), {}).groups;
  const { services, ...place } = group ?? ({} as ResolvedGroup);

  expect(place).toStrictEqual({
    stackName: "backend-staging",
    region: "eu-west-1",
    accountId: "111122223333",
    state: { backend: "local" },
    tags: { team: "web", environment: "staging", "managed-by": "ecs-pin" },
  });
  expect(services).toHaveLength(1);
});

test("the builds that CI names go to the service, whatever stack it is in", () => {
  const services = [backend("order-api"), backend("worker", { containers: [container({ name: "worker" })] })];
  const [group] = resolveConfig(config({ services }), { ORDER_API_IMAGE_TAG: "2.0" }).groups;
  const tags = group?.services.map(({ service }) => service.containers.map(({ image }) => image));

  expect(tags).toEqual([[{ repository: "team/web", tag: "2.0" }], [{ repository: "team/web", tag: "1.10" }]]);
});

test("an environment may put a service into another stack", () => {
  const environments = [environment(), environment({ name: "pr-*", fromVariable: "PR_NUMBER" })];
  const changes = {
    services: [
      service({ name: "web", environments: { "pr-*": { stack: "all" } } }),
      backend("api", { environments: { "pr-*": { stack: "all" } } }),
    ],
    environments,
  };
  expect(groupsOf(changes, { PR_NUMBER: "12" })).toEqual([
    ["all-pr-12", ["web", "api"]],
    ["backend-staging", ["api"]],
  ]);
  expect(stacksOf(changes)).toEqual(["web-staging"]);
});

test("what is added to a service is added in its group", () => {
  const added: string[] = [];
  const services = [backend("api", { extend: (_: unknown, name: string) => added.push(name) }), backend("worker")];
  const [group] = resolveConfig(config({ services }), {}).groups;
  group?.services.forEach(({ extend }) => extend?.({} as never));

  expect(added).toEqual(["staging"]);
  expect(group?.services[1]).not.toHaveProperty("extend");
});

test.each([
  ["a service", [backend("api"), service({ name: "backend" })]],
  ["another stack", [service({ name: "a", stack: "backend" }), service({ name: "b", stack: "cluster" })]],
])("a stack with the same name as that of %s is rejected", (_, services) => {
  expect(rejection(() => resolveConfig(config({ services }), {}))).toMatch(
    /^two stacks would be named "(backend|cluster)-staging"; rename a service, its stack, a job or an environment$/,
  );
});

test("two stacks that get the same name in different environments are not one", () => {
  const services = [
    service({ name: "one", stack: "a-b", only: ["c"] }),
    service({ name: "two", stack: "a", only: ["b-c"] }),
  ];
  const environments = [environment({ name: "c" }), environment({ name: "b-c" })];
  expect(rejection(() => resolveConfig(config({ services, environments }), {}))).toContain('"a-b-c"');
});

test("a name that no stack can have is rejected", () =>
  expect(rejection(() => resolveConfig(config({ services: [service({ stack: "Back_end" })] }), {}))).toBe(
    'service "shop": stack "Back_end" is not valid; use at most 128 lower-case letters, digits and single "-", beginning with a letter',
  ));
