import { resolvedPorts } from "../../src/model/service-connect";
import { fargateService } from "../../src/model/service";
import { REFERENCE, lines } from "../support/problems";
import { VALID_SERVICE } from "../support/valid-service";

const PORTS = [
  { containerPort: 8080, name: "http", appProtocol: "http" },
  { containerPort: 6379, name: "redis" },
  { containerPort: 53, protocol: "udp", name: "dns" },
];

const withConnect = (serviceConnect: unknown, portMappings: object[] = PORTS) => ({
  ...VALID_SERVICE,
  containers: [{ ...VALID_SERVICE.containers[0], portMappings }],
  serviceConnect,
});
const linesOf = (connect: unknown, ports?: object[]): string[] => lines(fargateService, withConnect(connect, ports));
const CA = "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/a-1";

test("a service only reaches others by default, and the proxy logs", () =>
  expect(fargateService.parse(withConnect({ namespace: "shop" })).serviceConnect).toEqual({
    namespace: "shop",
    services: {},
    logging: true,
  }));

test.each<object>([
  { namespace: REFERENCE },
  { namespace: "arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-abc123" },
  { namespace: "shop.local", services: { http: {} }, logging: false },
  {
    namespace: "shop",
    services: {
      http: {
        discoveryName: "orders",
        clientAlias: { port: 80, dnsName: "orders" },
        ingressPortOverride: 8443,
        timeout: { idleTimeoutSeconds: 0, perRequestTimeoutSeconds: 60 },
        tls: {
          awsPcaAuthorityArn: CA,
          kmsKey: "arn:aws:kms:us-east-1:111122223333:key/1",
          roleArn: "arn:aws:iam::111122223333:role/tls",
        },
      },
      redis: { timeout: { idleTimeoutSeconds: 60 }, tls: { awsPcaAuthorityArn: REFERENCE, roleArn: REFERENCE } },
    },
  },
])("may be %j", (connect) => expect(linesOf(connect)).toEqual([]));

test.each<[object, string]>([
  [
    {},
    "namespace is missing; use the name of a Cloud Map namespace, or its ARN: arn:aws:servicediscovery:REGION:ACCOUNT:namespace/ns-ID",
  ],
  [
    { namespace: "my shop" },
    'namespace "my shop" is not valid; use the name of a Cloud Map namespace, or its ARN: arn:aws:servicediscovery:REGION:ACCOUNT:namespace/ns-ID',
  ],
  [
    { namespace: "shop", services: { web: {} } },
    'services: web: no port mapping is named "web"; choose "http", "redis" or "dns"',
  ],
  [
    { namespace: "shop", services: { dns: {} } },
    "services: dns: is a UDP port, which Service Connect does not support; remove it",
  ],
  [
    { namespace: "shop", services: { http: { discoveryName: "-a" } } },
    'services: http: discoveryName "-a" is not valid; use 1 to 64 lower-case letters, digits, "_" or "-", not beginning with "-"',
  ],
  [
    { namespace: "shop", services: { http: { clientAlias: { dnsName: "Orders" } } } },
    'services: http: clientAlias: dnsName "Orders" is not valid; use 1 to 127 lower-case letters, digits, "_", "-" or ".", not beginning with "-"',
  ],
  [
    { namespace: "shop", services: { http: { ingressPortOverride: 6379 } } },
    "services: http: ingressPortOverride 6379 is the port of a container; choose another",
  ],
  [
    { namespace: "shop", services: { redis: { timeout: { perRequestTimeoutSeconds: 1 } } } },
    "services: redis: timeout: perRequestTimeoutSeconds needs an appProtocol of the port mapping; give it one, or remove it",
  ],
  [
    { namespace: "shop", services: { http: { tls: {} } } },
    "services: http: tls: awsPcaAuthorityArn is missing; use the ARN of a certificate authority: arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID",
  ],
  [
    {
      namespace: "shop",
      services: {
        http: { clientAlias: { port: 80, dnsName: "a" } },
        redis: { clientAlias: { port: 80, dnsName: "a" } },
      },
    },
    "services: redis: clientAlias a:80 is another one's already; change one",
  ],
  [
    { namespace: "shop", services: { http: {}, redis: { discoveryName: "http" } } },
    'services: redis: discoveryName "http" is another one\'s already; change one',
  ],
])("may not be %j", (connect, message) => expect(linesOf(connect)).toEqual([`it: serviceConnect: ${message}`]));

test("a port mapping that needs a name is asked for one", () =>
  expect(linesOf({ namespace: "shop", services: { http: {} } }, [{ containerPort: 80 }])).toEqual([
    'it: serviceConnect: services: http: no port mapping is named "http"; give one a name',
  ]));

test("where the name of a port mapping is a reference, only the port of the alias must be given", () => {
  const ports = [{ containerPort: 80, name: REFERENCE }];
  expect(linesOf({ namespace: "shop", services: { http: { clientAlias: { port: 80 } } } }, ports)).toEqual([]);
  expect(linesOf({ namespace: "shop", services: { http: {} } }, ports)).toEqual([
    "it: serviceConnect: services: http: clientAlias: port is missing, and the name of the port mapping is a reference; give it",
  ]);
});

test("clients connect to the port of the container unless the alias has another", () => {
  const connect = {
    namespace: "shop",
    services: { http: { clientAlias: { dnsName: "a" } }, redis: { clientAlias: { port: 1 } } },
  };
  const { serviceConnect, containers } = fargateService.parse(withConnect(connect));
  expect(serviceConnect && resolvedPorts(serviceConnect, containers)).toMatchObject([
    { portName: "http", alias: { port: 8080, dnsName: "a" }, hasRequests: true },
    { portName: "redis", alias: { port: 1, dnsName: "redis.shop" }, hasRequests: false },
  ]);
});

describe("the header of requests for the new tasks", () => {
  const VALID = { name: "X-Test", value: "yes" };
  const withHeader = (testHeader: object, port = "http") => ({
    namespace: "shop",
    services: { [port]: { clientAlias: { testHeader } } },
  });
  const BLUE_GREEN = { type: "BLUE_GREEN", bakeTimeInMinutes: 5 };
  const ofHeader = (testHeader: object, deploymentStrategy: object = BLUE_GREEN, port?: string): string[] =>
    lines(fargateService, { ...withConnect(withHeader(testHeader, port)), deploymentStrategy });

  test.each([
    VALID,
    { name: "x_test", value: 'a "b"' },
    { name: "X".repeat(40), value: "v".repeat(128) },
    { name: REFERENCE, value: REFERENCE },
  ])("may be %j", (header) => expect(ofHeader(header)).toEqual([]));

  const AT = "it: serviceConnect: services: http: clientAlias: testHeader:";
  const VALUE = 'use 1 to 128 printable ASCII characters without "${" or "%{"';
  test.each([
    [{ value: "yes" }, `${AT} name is missing; use 1 to 40 letters, digits, "-" or "_": "X-Test"`],
    [
      { ...VALID, name: "X Test" },
      `${AT} name "X Test" is not valid; use 1 to 40 letters, digits, "-" or "_": "X-Test"`,
    ],
    [{ name: "X-Test" }, `${AT} value is missing; ${VALUE}`],
    [{ ...VALID, value: "${x}" }, `${AT} value "\${x}" is not valid; ${VALUE}`],
    [{ ...VALID, value: "ä" }, `${AT} value "ä" is not valid; ${VALUE}`],
  ])("may not be %j", (header, line) => expect(ofHeader(header)).toEqual([line]));

  const NEEDS = "testHeader needs a deploymentStrategy that moves traffic; give one, or remove it";
  test("needs a strategy that moves traffic", () => {
    expect(linesOf(withHeader(VALID))).toEqual([`it: serviceConnect: services: http: ${NEEDS}`]);
    expect(ofHeader(VALID, { type: "ROLLING" })).toEqual([`it: serviceConnect: services: http: ${NEEDS}`]);
    const slow = { timeouts: { update: "5h" }, deploymentStrategy: { type: "LINEAR", bakeTimeInMinutes: 5 } };
    expect(lines(fargateService, { ...withConnect(withHeader(VALID)), ...slow })).toEqual([]);
  });

  test("needs a port whose requests the proxy sees", () =>
    expect(ofHeader(VALID, BLUE_GREEN, "redis")).toEqual([
      "it: serviceConnect: services: redis: testHeader needs an appProtocol of the port mapping; give it one, or remove it",
    ]));
});
