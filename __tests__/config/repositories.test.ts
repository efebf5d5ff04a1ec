import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";
import { rejection } from "../support/rejection";

const FOREIGN = `public.ecr.aws/nginx/nginx@sha256:${"a".repeat(64)}`;
const ACCOUNTS = [environment({ accountId: "111122223333" }), environment({ name: "qa", accountId: "444455556666" })];

const warningsOf = (changes: Partial<Config>): readonly string[] => resolveConfig(config(changes), {}).warnings;

describe("a registry in another region", () => {
  const environments = [environment(), environment({ name: "europe", region: "eu-west-1" })];

  test("is warned about for each environment, naming both regions", () =>
    expect(warningsOf({ environments })).toEqual([
      'warning: environment "europe": images are looked up in eu-west-1, but the registry is in us-east-1; replicate the repositories to eu-west-1 and add it to replicatedTo of the registry, or use one region',
    ]));

  test("is fine where no image is in the registry", () =>
    expect(warningsOf({ environments, services: [service({ containers: [container({ image: FOREIGN })] })] })).toEqual(
      [],
    ));
});

describe("environments of several accounts", () => {
  test("are warned about if the registry does not say which account holds the repositories", () =>
    expect(warningsOf({ environments: ACCOUNTS })).toEqual([
      "warning: registry: accountId is missing, and the environments are in 111122223333, 444455556666; set it to the account that holds the repositories",
    ]));

  test("are fine if it says so", () =>
    expect(warningsOf({ environments: ACCOUNTS, registry: registry({ accountId: "111122223333" }) })).toEqual([]));

  test("are fine where no image is in the registry", () =>
    expect(warningsOf({ environments: ACCOUNTS, services: [] })).toEqual([]));

  test("are not several if only one account is named", () => {
    const accountId = "111122223333";
    const environments = [
      environment({ accountId }),
      environment({ name: "qa", accountId }),
      environment({ name: "a" }),
    ];
    expect(warningsOf({ environments })).toEqual([]);
  });
});

test("an environment in a region that the repositories are replicated to is not warned about", () => {
  const environments = [environment({ region: "eu-west-1" }), environment({ name: "asia", region: "ap-south-1" })];
  const { warnings } = resolveConfig(config({ environments, registry: registry({ replicatedTo: ["eu-west-1"] }) }), {});

  expect(warnings.map((line) => line.replace(/:.*?:.*/, ""))).toEqual(["warning"]);
  expect(warnings[0]).toContain('environment "asia"');
});

describe("a repository that exists already", () => {
  const services = [
    service({
      containers: [
        container(),
        container({ name: "proxy", image: { repository: "docker-hub/library/nginx", tag: "1" } }),
      ],
    }),
  ];
  const resolved = (existing: string[], changes: Partial<Config> = {}) =>
    resolveConfig(config({ services, registry: registry({ existing }), ...changes }), {});

  test("is not created", () => {
    expect(resolved([]).registry.repositories).toEqual(["docker-hub/library/nginx", "team/web"]);
    expect(resolved(["docker-hub/library/nginx"]).registry.repositories).toEqual(["team/web"]);
    expect(resolved(["team/web", "docker-hub/library/nginx"]).registry.repositories).toEqual([]);
  });

  test("is looked up like any other", () =>
    expect(resolved(["docker-hub/library/nginx"]).services[0]?.service.containers[1]?.image).toEqual({
      repository: "docker-hub/library/nginx",
      tag: "1",
    }));

  test("still lets a registry in another region be warned about", () =>
    expect(
      resolved(["team/web", "docker-hub/library/nginx"], { environments: [environment({ region: "eu-west-1" })] })
        .warnings,
    ).toHaveLength(1));

  test("that nothing takes an image from is a typo, and rejected", () => {
    expect(rejection(() => resolved(["team/wbe"]))).toBe(
      'registry: existing: nothing takes an image from "team/wbe"; choose "docker-hub/library/nginx" or "team/web", or remove it',
    );
    expect(rejection(() => resolved(["team/web"], { services: [] }))).toBe(
      'registry: existing: nothing takes an image from "team/web"; remove it',
    );
  });
});
