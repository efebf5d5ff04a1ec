import { resolveConfig, type EnvironmentConfig, type ServiceConfig } from "../../src/config";
import { config, container, environment, service } from "../support/config";
import { rejections } from "../support/rejection";

const ACCOUNT = { accountId: "111122223333" };
const ID = "ns-0123456789abcdef";
const ARN = `arn:aws:servicediscovery:us-east-1:111122223333:namespace/${ID}`;

type Connect = NonNullable<ServiceConfig["serviceConnect"]>;
type Port = NonNullable<Connect["services"]>[string];

const rejected = (services: ServiceConfig[], environments: EnvironmentConfig[] = [environment()]): string[] =>
  rejections(() => resolveConfig(config({ services, environments }), {}));
const accepted = (services: ServiceConfig[], environments: EnvironmentConfig[] = [environment()]): void =>
  expect(() => resolveConfig(config({ services, environments }), {})).not.toThrow();

/** A service whose port `http` others reach. */
const connected = (name: string, port: Port = {}, namespace = "shop"): ServiceConfig =>
  service({
    name,
    containers: [container({ portMappings: [{ containerPort: 8080, name: "http" }] })],
    serviceConnect: { namespace, services: { http: port } },
  });
const discovered = (name: string, discovery: ServiceConfig["serviceDiscovery"] = {}): ServiceConfig =>
  service({ name, serviceDiscovery: { namespaceId: ID, ...discovery } });

describe("two services in one namespace", () => {
  test("cannot have one discoveryName", () =>
    expect(rejected([connected("shop"), connected("api", { discoveryName: "http" })])).toEqual([
      'service "api" in "staging": serviceConnect: services: http: discoveryName "http" is also a name of service "shop" in "staging" in the namespace "shop"; choose another',
    ]));

  test("may have two", () => accepted([connected("shop"), connected("api", { discoveryName: "api" })]));

  test("cannot have one alias", () =>
    expect(
      rejected([
        connected("shop", { discoveryName: "shop", clientAlias: { port: 80, dnsName: "web" } }),
        connected("api", { discoveryName: "api", clientAlias: { port: 80, dnsName: "web" } }),
      ]),
    ).toEqual([
      'service "api" in "staging": serviceConnect: services: http: clientAlias web:80 is also that of service "shop" in "staging" in the namespace "shop"; choose another',
    ]));

  test("cannot have an alias that another one has by default", () =>
    expect(
      rejected([
        connected("shop", { discoveryName: "shop" }),
        connected("api", { discoveryName: "api", clientAlias: { dnsName: "shop.shop" } }),
      ]),
    ).toEqual([expect.stringContaining('clientAlias shop.shop:8080 is also that of service "shop"')]));

  test("may have one alias at two ports", () =>
    accepted([
      connected("shop", { discoveryName: "shop", clientAlias: { port: 80, dnsName: "web" } }),
      connected("api", { discoveryName: "api", clientAlias: { port: 81, dnsName: "web" } }),
    ]));

  test("cannot have one Cloud Map service, whatever its case", () =>
    expect(rejected([discovered("shop", { name: "Web" }), discovered("api", { name: "web" })])).toEqual([
      `service "api" in "staging": serviceDiscovery: name "web" is also a name of service "shop" in "staging" in the namespace "${ID}"; choose another`,
    ]));

  test("cannot have the Cloud Map service that another one has by default", () =>
    expect(rejected([discovered("shop"), discovered("api", { name: "shop-staging" })])).toEqual([
      expect.stringContaining('serviceDiscovery: name "shop-staging" is also a name of service "shop"'),
    ]));

  test("cannot have one name for Service Connect and in DNS", () =>
    expect(rejected([connected("shop", {}, ARN), discovered("api", { name: "http" })])).toEqual([
      expect.stringContaining('serviceDiscovery: name "http" is also a name of service "shop"'),
    ]));

  test("may register with one Cloud Map service that exists", () => {
    const registryArn = "arn:aws:servicediscovery:us-east-1:111122223333:service/srv-0123";
    const both = ["shop", "api"].map((name) => service({ name, serviceDiscovery: { registryArn } }));
    accepted(both);
  });
});

describe("one name in two namespaces", () => {
  test.each<[string, string, string]>([
    ["by name", "shop", "other"],
    ["by ARN", ARN, ARN.replace("ns-0", "ns-1")],
  ])("%s is accepted", (_, one, other) => accepted([connected("shop", {}, one), connected("api", {}, other)]));

  test("of DNS is accepted", () =>
    accepted([discovered("shop", { name: "web" }), discovered("api", { name: "web", namespaceId: "ns-1" })]));
});

describe("a service in two environments", () => {
  const inTwo = (one: Partial<EnvironmentConfig>, other: Partial<EnvironmentConfig>): EnvironmentConfig[] => [
    environment(one),
    environment({ name: "production", ...other }),
  ];

  test("of one account and region cannot have one name", () =>
    expect(rejected([connected("shop")], inTwo(ACCOUNT, ACCOUNT))).toEqual([
      'service "shop" in "production": serviceConnect: services: http: discoveryName "http" is also a name of service "shop" in "staging" in the namespace "shop"; choose another',
    ]));

  test("cannot have one name in a namespace by its ARN, whose account and region it says", () =>
    expect(rejected([connected("shop", {}, ARN)], inTwo({}, {}))).toHaveLength(1));

  test.each<[string, Partial<EnvironmentConfig>, Partial<EnvironmentConfig>]>([
    ["of two regions", ACCOUNT, { ...ACCOUNT, region: "eu-west-1" }],
    ["of two accounts", ACCOUNT, { accountId: "444455556666" }],
    ["of accounts that the config does not know", {}, {}],
  ])("%s may have one name", (_, one, other) => accepted([connected("shop")], inTwo(one, other)));
});
