import { resolveConfig, type Config, type ServiceConfig } from "../../src/config";
import { config, container, environment, service } from "../support/config";
import { rejections } from "../support/rejection";

const PULL_REQUEST = environment({ name: "pr-*", fromVariable: "PR_NUMBER", cluster: { existing: "staging" } });
const STAGING = environment();

function configWith(changes: Partial<ServiceConfig> = {}, environments = [STAGING, PULL_REQUEST]): Config {
  return config({ services: [service(changes)], environments });
}

const stackNames = (given: Config, variables = {}): string[] => {
  const { clusters, services } = resolveConfig(given, variables);
  return [...clusters, ...services].map(({ stackName }) => stackName);
};

describe("an environment whose name comes from a variable", () => {
  test("is called what the variable says", () => {
    const [, deployed] = resolveConfig(configWith(), { PR_NUMBER: "12" }).services;

    expect(deployed?.stackName).toBe("shop-pr-12");
    expect(deployed?.service).toMatchObject({ name: "shop-pr-12", cluster: "staging" });
    expect(deployed?.tags).toEqual({ service: "shop", environment: "pr-12", "managed-by": "ecs-pin" });
  });

  test.each([{}, { PR_NUMBER: undefined }, { PR_NUMBER: "" }])("is not there with the variables %j", (variables) =>
    expect(stackNames(configWith(), variables)).toEqual(["cluster-staging", "shop-staging"]),
  );

  test("has a cluster of its own if it names none", () =>
    expect(
      stackNames(configWith({}, [environment({ name: "pr-*", fromVariable: "PR_NUMBER" })]), { PR_NUMBER: "7" }),
    ).toEqual(["cluster-pr-7", "shop-pr-7"]));

  test("is overridden under the name with the *", () => {
    const given = configWith({ environments: { "pr-*": { desiredCount: 0 }, staging: { desiredCount: 3 } } });
    const counts = resolveConfig(given, { PR_NUMBER: "12" }).services.map(({ service }) => service.desiredCount);

    expect(counts).toEqual([3, 0]);
    expect(stackNames(given)).toEqual(["cluster-staging", "shop-staging"]);
  });

  test("can be the only one of a service, which is then deployed nowhere without the variable", () => {
    const given = configWith({ only: ["pr-*"] });

    expect(stackNames(given, { PR_NUMBER: "12" })).toEqual(["cluster-staging", "shop-pr-12"]);
    expect(stackNames(given)).toEqual(["cluster-staging"]);
  });

  test("can be left out by a service", () =>
    expect(stackNames(configWith({ only: ["staging"] }), { PR_NUMBER: "12" })).toEqual([
      "cluster-staging",
      "shop-staging",
    ]));

  test("is what extend is told", () => {
    const told: string[] = [];
    const extend = (_: unknown, name: string): number => told.push(name);
    const [, deployed] = resolveConfig(configWith({ extend }), { PR_NUMBER: "12" }).services;
    deployed?.extend?.({} as never);

    expect(told).toEqual(["pr-12"]);
  });

  test("can be named after a branch", () =>
    expect(stackNames(configWith(), { PR_NUMBER: "fix-login-2" })).toContain("shop-pr-fix-login-2"));
});

describe("a job", () => {
  const task = { cpu: 256, memory: 512, containers: [container()] } as const;
  const jobs = [
    { ...task, name: "report", environments: { "pr-*": { cpu: 512, memory: 1024 } } },
    { ...task, name: "cleanup", only: ["pr-*"] },
  ];
  const jobsOf = (variables: object): [string, number][] =>
    resolveConfig({ ...configWith(), jobs }, { ...variables }).jobs.map(({ stackName, job }) => [stackName, job.cpu]);

  test("is in the environment of the variable too, and overridden there", () => {
    expect(jobsOf({ PR_NUMBER: "12" })).toEqual([
      ["report-staging", 256],
      ["report-pr-12", 512],
      ["cleanup-pr-12", 256],
    ]);
    expect(jobsOf({})).toEqual([["report-staging", 256]]);
  });
});

describe("what is rejected", () => {
  test.each(["Feature", "a/b", "-1", "1-", "1--2", " 1", "1\n", "*", "ü", "a".repeat(61)])("the value %j", (value) =>
    expect(rejections(() => resolveConfig(configWith(), { PR_NUMBER: value }))).toEqual([
      `environment "pr-*": PR_NUMBER ${JSON.stringify(value)} is not valid; use at most 60 lower-case letters, digits and single "-"`,
    ]),
  );

  test("an environment that is there under the same name already", () =>
    expect(
      rejections(() =>
        resolveConfig(configWith({}, [environment({ name: "pr-12" }), PULL_REQUEST]), { PR_NUMBER: "12" }),
      ),
    ).toEqual(['two environments are named "pr-12"; give each a name of its own']));

  test.each([
    ["only", { only: ["pr-12"] }],
    ["environments", { environments: { "pr-12": {} } }],
  ])("a service that names the environment of one value, in %s", (property, changes) =>
    expect(rejections(() => resolveConfig(configWith(changes), { PR_NUMBER: "12" }))).toEqual([
      `service "shop": ${property}: there is no environment "pr-12"; choose "staging" or "pr-*"`,
    ]),
  );
});
