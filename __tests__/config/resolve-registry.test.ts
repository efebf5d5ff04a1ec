import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";

const FOREIGN = `public.ecr.aws/nginx/nginx:1.27@sha256:${"a".repeat(64)}`;

/** The image of the one container of a config that has one. */
function onlyImage(changes: Partial<Config>): unknown {
  const [only] = resolveConfig(config(changes), {}).services;
  return only?.service.containers[0]?.image;
}

const repositories = (changes: Partial<Config>): readonly string[] =>
  resolveConfig(config(changes), {}).registry.repositories;

describe("the registry", () => {
  test("is a stack with what the config says of it", () => {
    const said = registry({
      accountId: "444455556666",
      scanOnPush: false,
      tags: { team: "web", environment: "shared" },
    });
    expect(resolveConfig(config({ registry: said }), {}).registry).toStrictEqual({
      stackName: "registry",
      region: "us-east-1",
      accountId: "444455556666",
      state: { backend: "local" },
      tags: { team: "web", environment: "shared", "managed-by": "ecs-pin" },
      repositories: ["team/web"],
      settings: { scanOnPush: false },
    });
  });

  test("has each repository of containers and overrides once, in alphabetical order", () => {
    const shop = service({
      containers: [container(), container({ name: "proxy", image: { repository: "proxy", tag: "1" } })],
      environments: {
        staging: { containers: { proxy: { image: { repository: "envoy", tag: "2" } }, web: { cpu: 1 } } },
      },
    });
    expect(repositories({ services: [shop, service({ name: "api" })] })).toEqual(["envoy", "proxy", "team/web"]);
  });

  test("has no repository for an image from another registry or another account", () => {
    const elsewhere = { repository: "theirs", tag: "1", registryId: "777788889999" };
    const shop = service({ containers: [container({ image: FOREIGN }), container({ name: "b", image: elsewhere })] });
    expect(repositories({ services: [shop] })).toEqual([]);
  });

  test("has no repository for an override of an image in another account", () => {
    const theirs = { repository: "theirs", tag: "1", registryId: "777788889999" };
    const environments = { staging: { containers: { web: { image: { repository: "also-theirs" } } } } };
    const shop = service({ containers: [container({ image: theirs })], environments });
    expect(repositories({ services: [shop] })).toEqual([]);
  });

  test("has no repository for an environment that the service is not deployed to", () => {
    const overrides = { qa: { containers: { web: { image: { repository: "unused" } } } } };
    const services = [service({ only: ["staging"], environments: overrides })];
    expect(repositories({ services, environments: [environment(), environment({ name: "qa" })] })).toEqual([
      "team/web",
    ]);
  });

  test("has a repository for an image that names the registry's own account", () => {
    const ours = { repository: "ours", tag: "1", registryId: "444455556666" };
    const shop = service({ containers: [container({ image: ours })] });
    expect(repositories({ services: [shop], registry: registry({ accountId: "444455556666" }) })).toEqual(["ours"]);
  });
});

describe("an image", () => {
  const image = { repository: "team/web", tag: "1.10" };

  test.each<[string, string | undefined, string | undefined, object]>([
    [
      "is looked up in the account of the registry, where that is another",
      "444455556666",
      "111122223333",
      { registryId: "444455556666" },
    ],
    [
      "is looked up in the account of the registry, where the environment names none",
      "444455556666",
      undefined,
      { registryId: "444455556666" },
    ],
    [
      "is looked up in the account that is deployed to, where that is the registry's",
      "111122223333",
      "111122223333",
      {},
    ],
    ["is looked up in the account that is deployed to, where the registry names none", undefined, "111122223333", {}],
  ])("%s", (_, ofRegistry, ofEnvironment, lookUp) => {
    const found = onlyImage({
      registry: registry({ accountId: ofRegistry }),
      environments: [environment({ accountId: ofEnvironment })],
    });
    expect(found).toStrictEqual({ ...image, ...lookUp });
  });

  test("is looked up in the account that it names itself", () => {
    const theirs = { ...image, registryId: "777788889999" };
    const found = onlyImage({
      services: [service({ containers: [container({ image: theirs })] })],
      registry: registry({ accountId: "444455556666" }),
    });
    expect(found).toStrictEqual(theirs);
  });

  test("of another registry stays as it is written", () => {
    const found = onlyImage({
      services: [service({ containers: [container({ image: FOREIGN })] })],
      registry: registry({ accountId: "444455556666" }),
    });
    expect(found).toBe(FOREIGN);
  });
});
