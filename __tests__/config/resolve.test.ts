import { resolveConfig, type Config, type ResolvedService } from "../../src/config";
import { config, container, environment, service } from "../support/config";
import { rejection } from "../support/rejection";

/** The one service stack of a config that has one service and one environment. */
function onlyService(changes: Partial<Config>, variables = {}): ResolvedService | undefined {
  const { services } = resolveConfig(config(changes), variables);
  expect(services).toHaveLength(1);
  return services[0];
}

describe("a service in an environment", () => {
  test("is a stack of its own, with what the service and the environment say", () => {
    const staging = environment({
      region: "eu-west-1",
      accountId: "111122223333",
      providerVersion: "5.100.0",
      state: { backend: "s3", bucket: "states", region: "eu-west-1" },
      network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
    });
    const shop = service({ desiredCount: 2, logRetentionDays: 7 });
    expect(onlyService({ services: [shop], environments: [staging] })).toStrictEqual({
      stackName: "shop-staging",
      region: "eu-west-1",
      accountId: "111122223333",
      providerVersion: "5.100.0",
      state: { backend: "s3", bucket: "states", region: "eu-west-1" },
      tags: { service: "shop", environment: "staging", "managed-by": "ecs-pin" },
      cluster: "staging",
      network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
      cpu: 256,
      memory: 512,
      desiredCount: 2,
      logRetentionDays: 7,
      containers: [container()],
    });
  });

  test("is there for each service and each environment", () => {
    const { services } = resolveConfig(
      config({
        services: [service(), service({ name: "api" })],
        environments: [environment(), environment({ name: "production" })],
      }),
      {},
    );
    expect(services.map(({ stackName }) => stackName)).toEqual([
      "shop-staging",
      "shop-production",
      "api-staging",
      "api-production",
    ]);
  });

  test("has the tags of the environment beside its own", () =>
    expect(onlyService({ environments: [environment({ tags: { team: "web" } })] })?.tags).toEqual({
      team: "web",
      service: "shop",
      environment: "staging",
      "managed-by": "ecs-pin",
    }));

  test("runs in the cluster that exists, where the environment names one", () =>
    expect(onlyService({ environments: [environment({ cluster: { existing: "shared" } })] })?.cluster).toBe("shared"));

  test("runs in the environment's own cluster, where that is only set up otherwise", () =>
    expect(onlyService({ environments: [environment({ cluster: { containerInsights: "disabled" } })] })?.cluster).toBe(
      "staging",
    ));
});

describe("an override by environment", () => {
  const overridden = service({
    desiredCount: 3,
    waitForSteadyState: true,
    ingress: [{ port: 80, cidrIpv4: "10.0.0.0/8" }],
    containers: [container({ environment: { LEVEL: "info" } })],
    environments: {
      staging: {
        cpu: 512,
        memory: 1024,
        desiredCount: 0,
        waitForSteadyState: false,
        ingress: [],
        containers: { web: { environment: { COLOR: "red" }, cpu: 128 } },
      },
    },
  });

  test("replaces what the service says, by 0, false and nothing too", () =>
    expect(onlyService({ services: [overridden] })).toMatchObject({
      cpu: 512,
      memory: 1024,
      desiredCount: 0,
      waitForSteadyState: false,
      ingress: [],
    }));

  test("reaches into the containers, by name", () =>
    expect(onlyService({ services: [overridden] })?.containers).toStrictEqual([
      container({ environment: { LEVEL: "info", COLOR: "red" }, cpu: 128 }),
    ]));

  test("replaces nothing where it is undefined", () => {
    const staging = { cpu: undefined, desiredCount: undefined, waitForSteadyState: undefined, ingress: undefined };
    const shop = { ...overridden, environments: { staging } };
    expect(onlyService({ services: [shop] })).toMatchObject({
      cpu: 256,
      desiredCount: 3,
      waitForSteadyState: true,
      ingress: [{ port: 80, cidrIpv4: "10.0.0.0/8" }],
    });
  });

  test("is for its environment only", () => {
    const environments = [environment({ name: "local" }), environment()];
    const [local] = resolveConfig(config({ services: [overridden], environments }), {}).services;
    expect(local).toMatchObject({ stackName: "shop-local", cpu: 256, desiredCount: 3, waitForSteadyState: true });
    expect(local?.containers).toStrictEqual([container({ environment: { LEVEL: "info" } })]);
  });

  test("fails for a container that does not exist, naming stack and container", () => {
    const shop = service({ environments: { staging: { containers: { wbe: { cpu: 128 } } } } });
    expect(rejection(() => resolveConfig(config({ services: [shop] }), {}))).toBe(
      'shop-staging: containers: there is no container "wbe"; choose "web"',
    );
  });
});

describe("<SERVICE>_IMAGE_TAG", () => {
  test("wins over the tag of the service and of the environment", () => {
    const image = { repository: "team/web", tag: "1.10-staging" };
    const shop = service({ environments: { staging: { containers: { web: { image } } } } });
    expect(onlyService({ services: [shop] }, { SHOP_IMAGE_TAG: "1.11" })?.containers).toStrictEqual([
      container({ image: { repository: "team/web", tag: "1.11" } }),
    ]);
  });

  test("sets the tag of its own service only, in every environment", () => {
    const { services } = resolveConfig(
      config({
        services: [service({ name: "api" }), service()],
        environments: [environment(), environment({ name: "production" })],
      }),
      { SHOP_IMAGE_TAG: "1.11" },
    );
    expect(services.map(({ stackName, containers }) => [stackName, containers[0]?.image])).toEqual([
      ["api-staging", { repository: "team/web", tag: "1.10" }],
      ["api-production", { repository: "team/web", tag: "1.10" }],
      ["shop-staging", { repository: "team/web", tag: "1.11" }],
      ["shop-production", { repository: "team/web", tag: "1.11" }],
    ]);
  });

  describe("where one environment pins the first image by itself", () => {
    const pinned = `public.ecr.aws/nginx/nginx@sha256:${"a".repeat(64)}`;
    const environments = { staging: { containers: { web: { image: pinned } } } };

    test("leaves that image, and a line says so", () => {
      const changes = {
        services: [service({ environments })],
        environments: [environment(), environment({ name: "production" })],
      };
      const { services, warnings } = resolveConfig(config(changes), { SHOP_IMAGE_TAG: "1.11" });
      expect(services.map(({ containers }) => containers[0]?.image)).toEqual([
        pinned,
        { repository: "team/web", tag: "1.11" },
      ]);
      expect(warnings).toEqual([
        'warning: shop-staging: SHOP_IMAGE_TAG is set, but the image of container "web" is pinned for this environment, and stays',
      ]);
    });

    test("says nothing where the variable is not set", () =>
      expect(resolveConfig(config({ services: [service({ environments })] }), {}).warnings).toEqual([]));

    test("fails where the service pins it too", () => {
      const shop = service({ containers: [container({ image: pinned })], environments });
      expect(rejection(() => resolveConfig(config({ services: [shop] }), { SHOP_IMAGE_TAG: "1.11" }))).toBe(
        'shop-staging: SHOP_IMAGE_TAG is set, but the image of container "web" is pinned in the config; unset SHOP_IMAGE_TAG, or give the image as { repository, tag }',
      );
    });
  });

  test("fails outside the grammar of tags, naming stack, variable and value", () =>
    expect(rejection(() => resolveConfig(config(), { SHOP_IMAGE_TAG: "" }))).toBe(
      'shop-staging: SHOP_IMAGE_TAG: tag "" is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
    ));
});

describe("warnings", () => {
  test("are none for a config that is in order", () =>
    expect(resolveConfig(config(), { SHOP_IMAGE_TAG: "1.11" }).warnings).toEqual([]));

  test("name stack, container and variable of an empty environment variable, which is left out", () => {
    const shop = service({ containers: [container({ environment: { LEVEL: "", COLOR: "red" } })] });
    const { services, warnings } = resolveConfig(config({ services: [shop] }), {});
    expect(warnings).toEqual([
      'warning: shop-staging: container "web": environment: "LEVEL" is empty and left out; give it a value or remove it',
    ]);
    expect(services[0]?.containers).toStrictEqual([container({ environment: { COLOR: "red" } })]);
  });

  test("begin with the variables of services that do not exist", () => {
    const shop = service({ containers: [container({ environment: { LEVEL: "" } })] });
    expect(resolveConfig(config({ services: [shop] }), { SHPO_IMAGE_TAG: "1" }).warnings).toEqual([
      "warning: SHPO_IMAGE_TAG is set, and no service has that name; known are SHOP_IMAGE_TAG",
      'warning: shop-staging: container "web": environment: "LEVEL" is empty and left out; give it a value or remove it',
    ]);
  });

  test("are said once, though two containers of a name give the same", () => {
    const twin = container({ environment: { LEVEL: "" } });
    const shop = service({ containers: [twin, twin] });
    expect(resolveConfig(config({ services: [shop] }), {}).warnings).toHaveLength(1);
  });
});

describe("the cluster of an environment", () => {
  test("is a stack of its own, with what the environment says", () => {
    const staging = environment({
      accountId: "111122223333",
      providerVersion: "5.100.0",
      cluster: { containerInsights: "enhanced" },
      tags: { team: "web" },
    });
    expect(resolveConfig(config({ environments: [staging] }), {}).clusters).toStrictEqual([
      {
        stackName: "cluster-staging",
        region: "us-east-1",
        accountId: "111122223333",
        providerVersion: "5.100.0",
        state: { backend: "local" },
        tags: { team: "web", environment: "staging", "managed-by": "ecs-pin" },
        cluster: { name: "staging", containerInsights: "enhanced" },
      },
    ]);
  });

  test("is there without being mentioned", () =>
    expect(resolveConfig(config(), {}).clusters.map(({ cluster }) => cluster)).toStrictEqual([{ name: "staging" }]));

  test("is not ours where one exists", () =>
    expect(
      resolveConfig(config({ environments: [environment({ cluster: { existing: "shared" } })] }), {}).clusters,
    ).toEqual([]));
});
