import { resolveConfig, type EnvironmentConfig, type ServiceConfig } from "../../src/config";
import { config, container, environment, service } from "../support/config";
import { rejections } from "../support/rejection";

const ACCOUNT = { accountId: "111122223333" };

const rejected = (services: ServiceConfig[], environments: EnvironmentConfig[] = [environment()]): string[] =>
  rejections(() => resolveConfig(config({ services, environments }), {}));
const accepted = (services: ServiceConfig[], environments: EnvironmentConfig[] = [environment()]): void =>
  expect(() => resolveConfig(config({ services, environments }), {})).not.toThrow();

const shopAndApi = (changes: Partial<ServiceConfig>): ServiceConfig[] => [
  service(changes),
  service({ name: "api", ...changes }),
];

describe("two services in one environment", () => {
  test.each([
    ["service", { service: "web" }, '"web"'],
    ["logGroup", { logGroup: "/web" }, '"/web"'],
    ["executionRole", { executionRole: "web" }, '"web"'],
    ["taskRole", { taskRole: "web" }, '"web"'],
    ["securityGroup", { securityGroup: "web" }, '"web"'],
  ])("cannot have the same names.%s", (property, names, name) =>
    expect(rejected(shopAndApi({ names }))).toEqual([
      `service "api" in "staging": names.${property}: ${name} is also a name of service "shop" in "staging"; give one of them another name`,
    ]),
  );

  test("may have the same family", () => accepted(shopAndApi({ names: { family: "web" } })));

  test("cannot have roles that differ in case only", () =>
    expect(
      rejected([service({ names: { taskRole: "web" } }), service({ name: "api", names: { executionRole: "Web" } })]),
    ).toHaveLength(1));

  test("cannot have the name that another one has without being given it", () =>
    expect(rejected([service(), service({ name: "api", names: { service: "shop-staging" } })])).toEqual([
      'service "api" in "staging": names.service: "shop-staging" is also a name of service "shop" in "staging"; give one of them another name',
    ]));

  const EBS: Partial<ServiceConfig> = {
    containers: [container({ mountPoints: { data: "/data" } })],
    volumes: { data: { ebs: { sizeInGiB: 10 } } },
  };
  const AUTHORITY = "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/0123";
  const TLS: Partial<ServiceConfig> = {
    containers: [container({ portMappings: [{ containerPort: 8080, name: "http" }] })],
    serviceConnect: { namespace: "shop", services: { http: { tls: { awsPcaAuthorityArn: AUTHORITY } } } },
  };

  test.each<[string, Partial<ServiceConfig>, string]>([
    ["for EBS volumes", EBS, "ebs"],
    ["for certificates", TLS, "infrastructure"],
  ])("cannot have the name of the role that another one has %s", (_, changes, ending) => {
    const taskRole = `shop-staging-${ending}`;
    const [shop, api] = [service(changes), service({ name: "api", names: { taskRole } })];
    expect(rejected([api, shop])).toEqual([
      `service "shop" in "staging": the name of its role "${taskRole}" is also a name of service "api" in "staging"; give that one another name`,
    ]);
    expect(rejected([shop, api])).toEqual([
      `service "api" in "staging": names.taskRole: "${taskRole}" is also a name of service "shop" in "staging"; give one of them another name`,
    ]);
    accepted([api, service()]);
  });

  test("cannot have the name of the role of a schedule", () => {
    const { name: _, extend, ...task } = service();
    const nightly = { ...task, name: "nightly", schedule: { expression: "rate(1 hour)" } };
    const services = [service({ names: { executionRole: "nightly-staging-scheduler" } })];
    expect(rejections(() => resolveConfig(config({ services, jobs: [nightly] }), {}))).toEqual([
      'job "nightly" in "staging": the name of its role "nightly-staging-scheduler" is also a name of service "shop" in "staging"; give that one another name',
    ]);
  });

  test("may share what exists already", () =>
    accepted(shopAndApi({ existing: { executionRole: "shared", taskRole: "shared", logGroup: "/shared" } })));

  test("may have the same name for a group in two VPCs", () =>
    accepted([
      service({ names: { securityGroup: "web" } }),
      service({ name: "api", names: { securityGroup: "web" }, network: { vpc: { id: "vpc-1" } } }),
    ]));
});

describe("a service in two environments", () => {
  const inTwo = (one: Partial<EnvironmentConfig>, other: Partial<EnvironmentConfig>): EnvironmentConfig[] => [
    environment(one),
    environment({ name: "production", ...other }),
  ];
  const shop = [service({ names: { service: "web", logGroup: "/web", taskRole: "web" } })];

  test("of one account and region cannot have one name, except in another cluster", () =>
    expect(rejected(shop, inTwo(ACCOUNT, ACCOUNT)).map((line) => line.replace(/ is also .*/, ""))).toEqual([
      'service "shop" in "production": names.logGroup: "/web"',
      'service "shop" in "production": names.taskRole: "web"',
    ]));

  test("of one account and two regions cannot have one role", () =>
    expect(rejected(shop, inTwo(ACCOUNT, { ...ACCOUNT, region: "eu-west-1" }))).toHaveLength(1));

  test("of two accounts may have one name", () => accepted(shop, inTwo(ACCOUNT, { accountId: "444455556666" })));

  test("of accounts that the config does not know may have one name", () => accepted(shop, inTwo({}, {})));
});
