import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";
import { rejection, uncompiled } from "../support/rejection";

type Row = readonly [property: string, changes: Partial<Config>, message: string];

const NOTHING = uncompiled(undefined);
const NULL = uncompiled(null);
const TEXT = uncompiled("secret");

const shop = (changes: object): Partial<Config> => ({ services: [service(uncompiled(changes))] });
const web = (changes: object): Partial<Config> => shop({ containers: [container(uncompiled(changes))] });
const staging = (changes: object): Partial<Config> => ({ environments: [environment(uncompiled(changes))] });
const override = (changes: unknown): Partial<Config> => shop({ environments: { staging: changes } });

/** The compiler refuses all of these; a spread or a cast gets past it. */
describe("a config that is half written is rejected for", () => {
  test.each<Row>([
    ["services", { services: NOTHING }, "services is missing; write it as [ … ]"],
    ["services", { services: uncompiled({ shop: {} }) }, "services is not a list; write it as [ … ]"],
    ["a service", { services: [uncompiled(false)] }, "service is not an object; write it as { … }"],
    ["environments", { environments: NOTHING }, "environments is missing; write it as [ … ]"],
    ["an environment", { environments: [NULL] }, "environment is not an object; write it as { … }"],
    [
      "the registry",
      { registry: NOTHING },
      "registry: undefined is not an object; its properties are region, accountId, state, providerVersion, tags, imageTagMutability, scanOnPush, kmsKeyArn",
    ],
    [
      "the registry's state",
      { registry: registry({ state: NOTHING }) },
      "registry: state is missing; write it as { … }",
    ],
    [
      "the registry's tags",
      { registry: registry({ tags: NULL }) },
      "registry: tags is not an object; write it as { … }",
    ],
  ])("%s", (_, changes, message) => expect(rejection(() => resolveConfig(config(changes), {}))).toBe(message));

  test.each<Row>([
    ["network", staging({ network: NOTHING }), "network is missing; write it as { … }"],
    ["network", staging({ network: TEXT }), "network is not an object; write it as { … }"],
    ["state", staging({ state: NOTHING }), "state is missing; write it as { … }"],
    ["tags", staging({ tags: ["team"] }), "tags is not an object; write it as { … }"],
    [
      "cluster",
      staging({ cluster: NULL }),
      "cluster: null is not an object; its properties are containerInsights, existing",
    ],
  ])("%s of an environment", (_, changes, message) =>
    expect(rejection(() => resolveConfig(config(changes), {}))).toBe(`environment "staging": ${message}`),
  );

  test.each<Row>([
    ["containers", shop({ containers: NOTHING }), "containers is missing; write it as [ … ]"],
    ["containers", shop({ containers: { web: {} } }), "containers is not a list; write it as [ … ]"],
    ["a container", shop({ containers: [NULL] }), "container is not an object; write it as { … }"],
    ["ingress", shop({ ingress: NULL }), "ingress is not a list; write it as [ … ]"],
    ["environments", shop({ environments: NULL }), "environments is not an object; write it as { … }"],
    [
      "an override",
      override(undefined),
      "environments: staging: undefined is not an object; its properties are cpu, memory, containers, desiredCount, minimumHealthyPercent, maximumPercent, availabilityZoneRebalancing, waitForSteadyState, cpuArchitecture, ingress, logRetentionDays, logKmsKeyArn",
    ],
    ["an override", override({ ingress: {} }), "environments: staging: ingress is not a list; write it as [ … ]"],
    [
      "an override",
      override({ containers: [container()] }),
      "environments: staging: containers is not an object; write it as { … }",
    ],
    [
      "an override",
      override({ containers: { web: NULL } }),
      'environments: staging: container "web": override is not an object; write it as { … }',
    ],
    [
      "an override",
      override({ containers: { web: { environment: NULL } } }),
      'environments: staging: container "web": environment is not an object; write it as { … }',
    ],
    [
      "an override",
      override({ containers: { web: { image: {} } } }),
      'environments: staging: container "web": image: repository undefined is not valid in Amazon ECR; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, no registry host',
    ],
  ])("%s of a service", (_, changes, message) =>
    expect(rejection(() => resolveConfig(config(changes), {}))).toBe(`service "shop": ${message}`),
  );

  test.each<Row>([
    ["a missing image", web({ image: NOTHING }), "image undefined"],
    ["an image that is null", web({ image: NULL }), "image null"],
    ["a list for an image", web({ image: ["nginx"] }), 'image ["nginx"]'],
  ])("%s", (_, changes, image) =>
    expect(rejection(() => resolveConfig(config(changes), {}))).toBe(
      `service "shop": container "web": ${image} is not an image; write { repository, tag }, or a reference with its digest`,
    ),
  );

  test.each<[unknown, string]>([
    [{}, "undefined"],
    [{ tag: "1.10" }, "undefined"],
    [{ repository: "Demo", tag: "1.10" }, '"Demo"'],
    [{ repository: "a.io:80/demo", tag: "1.10" }, '"a.io:80/demo"'],
  ])("the repository of the image %j, naming the service that wants it", (image, shown) =>
    expect(rejection(() => resolveConfig(config(web({ image })), {}))).toBe(
      `service "shop": container "web": image: repository ${shown} is not valid in Amazon ECR; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, no registry host`,
    ),
  );

  test.each(["command", "entryPoint", "portMappings", "ulimits"])(
    "text for the list %s, never showing it",
    (property) =>
      expect(rejection(() => resolveConfig(config(web({ [property]: TEXT })), {}))).toBe(
        `service "shop": container "web": ${property} is not a list; write it as [ … ]`,
      ),
  );

  test.each(["environment", "dockerLabels", "healthCheck", "restartPolicy", "logging"])(
    "text for the object %s, never showing it",
    (property) =>
      expect(rejection(() => resolveConfig(config(web({ [property]: TEXT })), {}))).toBe(
        `service "shop": container "web": ${property} is not an object; write it as { … }`,
      ),
  );
});
