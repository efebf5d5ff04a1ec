import fc from "fast-check";

import type { Config, EnvironmentConfig, RegistryConfig, ServiceConfig } from "../../src/config";
import { balanced, loadBalancers } from "./any-load-balancers";
import { assumeRole, cloudState } from "./any-place";
import { anySecrets } from "./any-secrets";
import { anyRoles } from "./any-roles";
import { containerStorage, taskVolumes } from "./any-volumes";
import { anyAlarms, anyScaling } from "./any-scaling";
import { wildText, wildNumber, mostly, oneOf, number, optional, texts } from "./any-values";
import type { Container } from "./config";

const accountId = oneOf("111122223333", "012345678901");
const digest = fc.constant(`@sha256:${"a".repeat(64)}`);

const ecrImage = fc
  .tuple(
    fc.record({ repository: oneOf("demo", "team/demo", "a__b", "constructor"), tag: oneOf("1.10", "latest") }),
    optional({ pinning: oneOf("digest", "label"), registryId: accountId }),
  )
  .map(([required, others]) => ({ ...required, ...others }));

const foreignImage = fc
  .tuple(oneOf("public.ecr.aws/", "localhost:5000/", ""), oneOf("nginx", "a/b"), oneOf("", ":1.27"), digest)
  .map((pieces) => pieces.join(""));

const words = fc.array(mostly(fc.string(), wildText), { maxLength: 3 });
const healthCheck = fc.tuple(
  fc.record({ command: fc.array(oneOf("CMD", "CMD-SHELL"), { minLength: 2, maxLength: 3 }) }),
  optional({ interval: number(5, 300), timeout: number(2, 60), retries: number(1, 10), startPeriod: number(0, 300) }),
);

const image = fc.oneof(ecrImage, foreignImage);

const ulimit = fc.record({ name: oneOf("nofile", "core"), softLimit: number(1, 10), hardLimit: number(-1, 10) });

const logging = fc.oneof(
  optional({
    driver: oneOf("awslogs"),
    mode: oneOf("non-blocking"),
    maxBufferSize: oneOf("1m", "25m"),
    logGroup: oneOf("/ecs/shared", "a.b#1"),
    streamPrefix: oneOf("web", "shop/${x}"),
    multilinePattern: mostly(fc.constantFrom("^\\d{4}-", "^[^ \\t]", "${"), wildText),
  }),
  fc.record({ datetimeFormat: mostly(fc.constantFrom("%Y-%m-%d", "[%{Y]"), wildText) }),
  fc.record({
    driver: oneOf("splunk"),
    options: texts.map((others) => ({ ...others, "splunk-url": "https://splunk:8088" })),
    secretOptions: fc.constant({ "splunk-token": { ssmParameter: "/splunk/token" } }),
  }),
);

const containerParts = {
  command: words,
  entryPoint: words,
  workingDirectory: oneOf("/", "/srv"),
  user: oneOf("app", "1000:1000"),
  environment: texts,
  ...anySecrets(oneOf),
  portMappings: fc.array(
    fc
      .tuple(
        fc.record({ containerPort: number(80, 443, 65_535) }),
        optional({ protocol: oneOf("tcp", "udp"), hostPort: mostly(fc.constant(undefined), fc.constant(80)) }),
      )
      .map(([port, others]) => ({ ...port, ...others })),
    { maxLength: 1 },
  ),
  healthCheck: healthCheck.map(([required, others]) => ({ ...required, ...others })),
  essential: fc.boolean(),
  cpu: number(0, 16, 64),
  memory: number(64, 128),
  memoryReservation: number(6, 32),
  stopTimeout: number(2, 120),
  ulimits: fc.array(ulimit, { maxLength: 1 }),
  restartPolicy: fc.record({ enabled: fc.boolean(), restartAttemptPeriod: number(60, 1800) }),
  dockerLabels: texts,
  logging,
};

const container: fc.Arbitrary<Container> = fc
  .tuple(
    fc.record({ name: oneOf("web", "proxy", "toString"), image }),
    optional({ ...containerParts, essential: mostly(fc.constant(true), fc.boolean()) }),
    fc.oneof({ arbitrary: fc.constant({}), weight: 2 }, optional(containerStorage)),
  )
  .map(([required, ...others]) => Object.assign({}, ...others, required) as Container);

const sessions = fc.oneof(
  optional({ logging: oneOf("DEFAULT", "NONE"), kmsKeyArn: oneOf("arn:aws:kms:us-east-1:111122223333:key/a") }),
  fc
    .tuple(
      fc.record({ s3Bucket: oneOf("sessions") }),
      optional({ logGroup: oneOf("/exec"), s3KeyPrefix: oneOf("a/b"), s3EncryptionEnabled: fc.boolean() }),
    )
    .map(([required, others]) => ({ ...required, ...others })),
);

const tags = fc.dictionary(oneOf("team", "cost:center", "constructor"), mostly(oneOf("web", "a b"), fc.constant("")), {
  maxKeys: 2,
});

const settings = optional({
  executeCommand: fc.oneof(fc.boolean(), sessions),
  alarms: anyAlarms({ oneOf, number }),
  desiredCount: fc.oneof(number(0, 1, 3, 5000), fc.constant("keep" as const)),
  minimumHealthyPercent: number(0, 50, 100),
  maximumPercent: number(150, 200),
  availabilityZoneRebalancing: oneOf("ENABLED", "DISABLED"),
  capacityProviderStrategy: fc.oneof(
    optional({
      FARGATE: optional({ base: number(0, 1), weight: number(1) }),
      FARGATE_SPOT: optional({ weight: number(0, 3) }),
    }),
    fc.constant("default" as const),
  ),
  platformVersion: oneOf("LATEST", "1.4.0"),
  deploymentCircuitBreaker: optional({ enable: fc.constant(true), rollback: fc.boolean() }),
  deploymentAlarms: fc.record({ alarmNames: fc.constant(["5xx"]), enable: fc.constant(true) }),
  serviceConnect: fc.record({ namespace: oneOf("shop", "shop.local"), logging: fc.boolean() }),
  serviceDiscovery: fc.oneof(
    fc.record({ registryArn: oneOf("arn:aws:servicediscovery:us-east-1:111122223333:service/srv-1") }),
    fc.record({ namespaceId: oneOf("ns-1"), ttl: number(0, 60) }),
  ),
  waitForSteadyState: fc.boolean(),
  timeouts: optional({ create: oneOf("30m", "1h30m"), update: oneOf("90s"), delete: oneOf("20m") }),
  cpuArchitecture: oneOf("X86_64", "ARM64"),
  logRetentionDays: number(1, 30, 3653),
  logKmsKeyArn: oneOf("arn:aws:kms:us-east-1:111122223333:key/a"),
  stack: oneOf("backend", "constructor"),
  tags,
});

const ingressRule = fc
  .tuple(
    fc.record({ port: number(80, 443), toPort: number(81, 8080) }, { requiredKeys: ["port"] }),
    fc.oneof(
      oneOf("10.0.0.0/8", "0.0.0.0/0").map((cidrIpv4) => ({ cidrIpv4 })),
      oneOf("::/0").map((cidrIpv6) => ({ cidrIpv6 })),
      oneOf("sg-1").map((securityGroup) => ({ securityGroup })),
    ),
  )
  .map(([ports, source]) => ({ ...ports, ...source }));

const tagFilter = fc.dictionary(oneOf("Name", "tier", "toString"), oneOf("staging", "private"), { maxKeys: 2 });

const networkOverride = optional({
  subnetTags: tagFilter,
  assignPublicIp: fc.boolean(),
  securityGroups: mostly<string[]>(fc.constant(["sg-3"]), fc.constant([])),
});

const SIZES = [256, 512, 1024, 2048].map((cpu) => ({ cpu, memory: cpu * 4 }));
const size = mostly<{ cpu: number; memory: number }>(
  fc.constantFrom(...SIZES),
  fc.record({ cpu: wildNumber, memory: wildNumber }),
);

const override = fc
  .tuple(
    settings,
    mostly<object>(fc.constant({}), anyRoles),
    mostly(fc.constant({}), size),
    optional({ containers: overridesOf("web", "proxy", "wbe"), network: networkOverride }),
  )
  .map((parts) => Object.assign({}, ...parts) as object);

function overridesOf(...names: string[]): fc.Arbitrary<Record<string, Partial<Omit<Container, "name">>>> {
  return fc.dictionary(fc.constantFrom(...names), optional({ image, ...containerParts }), { maxKeys: 1 });
}

const service: fc.Arbitrary<ServiceConfig> = fc
  .tuple(
    fc.option(loadBalancers, { nil: undefined, freq: 1 }),
    fc.record({
      name: oneOf("shop", "order-api", "a"),
      containers: fc.array(container, { minLength: 1, maxLength: 2 }),
    }),
    size,
    settings,
    anyRoles,
    fc.oneof({ arbitrary: fc.constant({}), weight: 3 }, taskVolumes),
    fc.option(fc.record({ desiredCount: fc.constant("keep" as const), scaling: anyScaling({ oneOf, number }) }), {
      nil: {},
    }),
    optional({
      ingress: fc.array(ingressRule, { maxLength: 2 }),
      environments: fc.dictionary(oneOf("staging"), override, { maxKeys: 1 }),
      only: mostly<string[]>(fc.constant(["staging"]), fc.constant(["elsewhere"])),
      network: networkOverride,
    }),
  )
  .map(([balancers, ...parts]) => balanced(Object.assign({}, ...parts) as ServiceConfig, balancers));

const region = fc.oneof(
  { arbitrary: fc.constant("us-east-1"), weight: 8 },
  { arbitrary: oneOf("cn-north-1", "us-gov-west-1"), weight: 1 },
);
const s3State = fc
  .tuple(
    fc.record({ backend: fc.constant("s3" as const), bucket: oneOf("states"), prefix: oneOf("shop", "a/b"), region }),
    optional({ kmsKeyArn: oneOf("arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-44cd-96ef-1234567890ab") }),
  )
  .map(([required, others]) => ({ ...required, ...others }));
/** With the account, without which there is no state in S3. */
const state = fc.oneof(
  fc.record({ state: fc.constant({ backend: "local" } as const) }),
  optional({ assumeRole: assumeRole("111122223333") }).chain((role) =>
    fc.record({ state: cloudState, accountId: fc.constant("111122223333") }).map((place) => ({ ...place, ...role })),
  ),
  fc.record({ state: s3State, accountId: mostly<string | undefined>(accountId, fc.constant(undefined)) }),
);
const boundary = oneOf("arn:aws:iam::aws:policy/limit");
const place = optional({ providerVersion: oneOf("5.100.0"), tags });

const vpc = fc.oneof(
  fc.constant("default" as const),
  fc.record({ id: oneOf("vpc-1") }),
  fc.record({ tags: fc.dictionary(oneOf("Name"), oneOf("staging"), { minKeys: 1, maxKeys: 2 }) }),
);
const network = fc
  .tuple(
    fc.oneof(
      fc.record({ vpc }),
      fc.record({
        subnets: fc.uniqueArray(oneOf("subnet-1", "subnet-2"), { minLength: 1, maxLength: 2 }),
        securityGroups: fc.uniqueArray(oneOf("sg-1", "sg-2"), { minLength: 1, maxLength: 2 }),
      }),
    ),
    optional({ assignPublicIp: fc.boolean() }),
  )
  .map(([form, others]) => ({ ...form, ...others }));

const environment: fc.Arbitrary<EnvironmentConfig> = fc
  .tuple(
    fc.record({ region, network }),
    state,
    place,
    optional({
      permissionsBoundary: boundary,
      cluster: fc.oneof(
        optional({
          containerInsights: oneOf("enabled", "enhanced", "disabled"),
          executeCommand: sessions,
          capacityProviders: mostly<("FARGATE" | "FARGATE_SPOT")[]>(
            fc.constant(["FARGATE", "FARGATE_SPOT"]),
            fc.constant([]),
          ),
          defaultCapacityProviderStrategy: fc.constant({ FARGATE_SPOT: { weight: 1 } }),
        }),
        fc.record({ existing: oneOf("default"), executeCommand: sessions }),
      ),
    }),
    fc.record({ name: mostly(fc.constant("staging"), oneOf("local")) }),
  )
  .map((parts) => Object.assign({}, ...parts) as EnvironmentConfig);

const registry: fc.Arbitrary<RegistryConfig> = fc
  .tuple(
    fc.record({ region }),
    state,
    place,
    optional({
      imageTagMutability: oneOf("MUTABLE", "IMMUTABLE"),
      scanOnPush: fc.boolean(),
      kmsKeyArn: oneOf("arn:aws:kms:us-east-1:111122223333:key/a"),
    }),
  )
  .map((parts) => Object.assign({}, ...parts) as RegistryConfig);

/** Any config that the compiler takes: most are in order, and the others are wrong in a place or two. */
export const anyConfig: fc.Arbitrary<Config> = fc.record({
  services: fc.uniqueArray(service, { selector: ({ name }) => name, maxLength: 2 }),
  environments: fc.uniqueArray(environment, { selector: ({ name }) => name, minLength: 1, maxLength: 2 }),
  registry,
});
