import { resolveConfig, type Config, type ResolvedService } from "../../src/config";
import { config, container, environment, service } from "../support/config";
import { rejection, rejections } from "../support/rejection";

/** The one service stack of a config that has one service and one environment. */
function onlyStack(changes: Partial<Config>, variables = {}): ResolvedService | undefined {
  const { services } = resolveConfig(config(changes), variables);
  expect(services).toHaveLength(1);
  return services[0];
}

const onlyService = (changes: Partial<Config>, variables = {}): ResolvedService["service"] | undefined =>
  onlyStack(changes, variables)?.service;

const stackNames = (changes: Partial<Config>): string[] =>
  resolveConfig(config(changes), {}).services.map(({ stackName }) => stackName);

describe("a service in an environment", () => {
  test("is a stack of its own, with what the service and the environment say", () => {
    const staging = environment({
      region: "eu-west-1",
      accountId: "111122223333",
      providerVersion: "5.100.0",
      state: { backend: "s3", bucket: "states", prefix: "shop", region: "eu-west-1" },
      network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
    });
    const shop = service({ desiredCount: 2, logRetentionDays: 7 });
    expect(onlyStack({ services: [shop], environments: [staging] })).toStrictEqual({
      stackName: "shop-staging",
      region: "eu-west-1",
      accountId: "111122223333",
      providerVersion: "5.100.0",
      state: { backend: "s3", bucket: "states", prefix: "shop", region: "eu-west-1" },
      tags: { service: "shop", environment: "staging", "managed-by": "ecs-pin" },
      service: {
        name: "shop-staging",
        cluster: "staging",
        network: { subnets: ["subnet-1"], securityGroups: ["sg-1"], vpc: undefined },
        cpu: 256,
        memory: 512,
        desiredCount: 2,
        logRetentionDays: 7,
        containers: [container()],
      },
    });
  });

  test("is there for each service and each environment", () => {
    const services = [service(), service({ name: "api" })];
    const environments = [environment(), environment({ name: "production" })];
    expect(stackNames({ services, environments })).toEqual([
      "shop-staging",
      "shop-production",
      "api-staging",
      "api-production",
    ]);
  });

  test("is there only where the service says", () => {
    const services = [service({ only: ["production"] }), service({ name: "api" })];
    const environments = [environment(), environment({ name: "production" })];
    expect(stackNames({ services, environments })).toEqual(["shop-production", "api-staging", "api-production"]);
  });

  test("has the tags of the environment besides its own", () =>
    expect(onlyStack({ environments: [environment({ tags: { team: "web" } })] })?.tags).toEqual({
      team: "web",
      service: "shop",
      environment: "staging",
      "managed-by": "ecs-pin",
    }));

  test("runs in the existing cluster, if the environment names one", () =>
    expect(onlyService({ environments: [environment({ cluster: { existing: "shared" } })] })?.cluster).toBe("shared"));

  test("runs in the environment's own cluster, if only its settings differ", () =>
    expect(onlyService({ environments: [environment({ cluster: { containerInsights: "disabled" } })] })?.cluster).toBe(
      "staging",
    ));

  test("keeps an environment variable that is empty", () => {
    const shop = service({ containers: [container({ environment: { LEVEL: "" } })] });
    expect(onlyService({ services: [shop] })?.containers[0]?.environment).toEqual({ LEVEL: "" });
  });

  test("is extended by the function of the service, which gets the environment", () => {
    const extend = jest.fn();
    const pinned = { is: "the construct" };
    onlyStack({ services: [service({ extend })] })?.extend?.(pinned as never);
    expect(extend.mock.calls).toEqual([[pinned, "staging"]]);
  });
});

describe("an override by environment", () => {
  const overridden = service({
    desiredCount: 3,
    waitForSteadyState: true,
    ingress: [{ port: 80, cidrIpv4: "10.0.0.0/8" }],
    containers: [
      container({ environment: { LEVEL: "info" }, healthCheck: { command: ["CMD", "true"], interval: 10 } }),
    ],
    environments: {
      staging: {
        cpu: 512,
        memory: 1024,
        desiredCount: 0,
        waitForSteadyState: false,
        ingress: [],
        containers: {
          web: { environment: { COLOR: "red" }, cpu: 128, image: { tag: "1.11" }, healthCheck: { retries: 9 } },
        },
      },
    },
  });

  test("replaces what the service says, even with 0, false or an empty list", () =>
    expect(onlyService({ services: [overridden] })).toMatchObject({
      cpu: 512,
      memory: 1024,
      desiredCount: 0,
      waitForSteadyState: false,
      ingress: [],
    }));

  test("reaches into the containers by name, and merges property by property at every depth", () =>
    expect(onlyService({ services: [overridden] })?.containers).toStrictEqual([
      container({
        environment: { LEVEL: "info", COLOR: "red" },
        image: { repository: "team/web", tag: "1.11" },
        healthCheck: { command: ["CMD", "true"], interval: 10, retries: 9 },
        cpu: 128,
      }),
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
    expect(local?.service).toMatchObject({ name: "shop-local", cpu: 256, desiredCount: 3, waitForSteadyState: true });
    expect(local?.service.containers).toStrictEqual(overridden.containers);
  });

  test("may be of a container that is named like something that every object has", () => {
    const containers = [container({ name: "toString" }), container({ name: "constructor", essential: false })];
    const shop = service({ containers, environments: { staging: { containers: { constructor: { cpu: 64 } } } } });
    expect(onlyService({ services: [shop] })?.containers).toStrictEqual([
      container({ name: "toString" }),
      container({ name: "constructor", essential: false, cpu: 64 }),
    ]);
  });

  test("is rejected for an unknown container or environment, and lists the known ones", () => {
    const shop = service({ only: ["qa"], environments: { staging: { containers: { wbe: {} } }, stagign: {} } });
    expect(rejections(() => resolveConfig(config({ services: [shop] }), {}))).toEqual([
      'service "shop": only: there is no environment "qa"; choose "staging"',
      'service "shop": environments: there is no environment "stagign"; choose "staging"',
      'service "shop": environments: staging: containers: there is no container "wbe"; choose "web"',
    ]);
  });

  test("is rejected at the path where it is written", () => {
    const shop = service({
      environments: { staging: { containers: { web: { portMappings: [{ containerPort: 0 }] } } } },
    });
    expect(rejection(() => resolveConfig(config({ services: [shop] }), {}))).toBe(
      'service "shop": environments: staging: containers: web: portMappings[0]: containerPort 0 is not valid; use a whole number from 1 to 65535',
    );
  });

  test("is rejected for what only the merged service shows, naming service and environment", () => {
    const shop = service({ environments: { staging: { memory: 4096, containers: { web: { cpu: 1024 } } } } });
    expect(rejections(() => resolveConfig(config({ services: [shop] }), {}))).toEqual([
      'service "shop" in "staging": memory 4096 MiB is not valid with 256 cpu units; choose 512, 1024 or 2048',
      'service "shop" in "staging": the containers need 1024 cpu units in total, but the task has 256; lower their cpu or choose a larger task',
    ]);
  });
});

describe("the network of a service", () => {
  const environments = [environment({ network: { vpc: { tags: { Name: "qa" } }, subnetTags: { tier: "private" } } })];

  test("is the environment's with what the service says", () => {
    const shop = service({ network: { subnetTags: { tier: "public" }, assignPublicIp: true } });
    expect(onlyService({ services: [shop], environments })?.network).toStrictEqual({
      vpc: { tags: { Name: "qa" } },
      subnetTags: { tier: "public" },
      assignPublicIp: true,
    });
  });

  test("may be of the other form, and differ by environment", () => {
    const network = { subnets: ["subnet-1"], securityGroups: ["sg-1"] };
    const shop = service({ network: { assignPublicIp: true }, environments: { staging: { network } } });
    expect(onlyService({ services: [shop], environments })?.network).toStrictEqual({
      vpc: undefined,
      assignPublicIp: true,
      subnets: ["subnet-1"],
      securityGroups: ["sg-1"],
    });
  });
});

describe("<SERVICE>_IMAGE_TAG", () => {
  test("wins over the tag of the service and of the environment", () => {
    const shop = service({ environments: { staging: { containers: { web: { image: { tag: "1.10-staging" } } } } } });
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
    expect(services.map(({ stackName, service }) => [stackName, service.containers[0]?.image])).toEqual([
      ["api-staging", { repository: "team/web", tag: "1.10" }],
      ["api-production", { repository: "team/web", tag: "1.10" }],
      ["shop-staging", { repository: "team/web", tag: "1.11" }],
      ["shop-production", { repository: "team/web", tag: "1.11" }],
    ]);
  });

  describe("where one environment pins the first image by itself", () => {
    const pinned = `public.ecr.aws/nginx/nginx@sha256:${"a".repeat(64)}`;
    const environments = { staging: { containers: { web: { image: pinned } } } };

    test("keeps that image, and a warning says so", () => {
      const changes = {
        services: [service({ environments })],
        environments: [environment(), environment({ name: "production" })],
      };
      const { services, warnings } = resolveConfig(config(changes), { SHOP_IMAGE_TAG: "1.11" });
      expect(services.map(({ service }) => service.containers[0]?.image)).toEqual([
        pinned,
        { repository: "team/web", tag: "1.11" },
      ]);
      expect(warnings).toEqual([
        'warning: service "shop" in "staging": SHOP_IMAGE_TAG is set, but the image of container "web" is pinned for this environment; SHOP_IMAGE_TAG is ignored',
      ]);
    });

    test("says nothing where the variable is not set", () =>
      expect(resolveConfig(config({ services: [service({ environments })] }), {}).warnings).toEqual([]));
  });

  test("is rejected if it is not a valid tag, naming service, environment, variable and value", () =>
    expect(rejection(() => resolveConfig(config(), { SHOP_IMAGE_TAG: "" }))).toBe(
      'service "shop" in "staging": SHOP_IMAGE_TAG "" is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
    ));
});

test("there are no warnings for a valid config", () =>
  expect(resolveConfig(config(), { SHOP_IMAGE_TAG: "1.11" }).warnings).toEqual([]));

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
    expect(resolveConfig(config(), {}).clusters.map(({ cluster }) => cluster.name)).toEqual(["staging"]));

  test("is not created if one exists", () =>
    expect(
      resolveConfig(config({ environments: [environment({ cluster: { existing: "shared" } })] }), {}).clusters,
    ).toEqual([]));
});
