import { SERVICE_CONFIG, environmentConfig, type EnvironmentConfig } from "../../src/model/config";
import { object } from "../../src/model/leaves";
import { REFERENCE, describeProperties, lines } from "../support/problems";

/** What no name of a service or an environment may be. */
const NO_NAMES = [
  ...["", "Shop", "1shop", "-shop", "shop-", "order--api", "order_api", "order api", "shop\n", REFERENCE],
  ...[null, 1],
];
const nameRule = (maximum: number): string =>
  `use at most ${maximum} lower-case letters, digits and single "-", beginning with a letter`;

describe("an environment", () => {
  const VALID: EnvironmentConfig = {
    name: "staging",
    region: "us-east-1",
    network: { vpc: "default" },
    state: { backend: "local" },
  };
  const linesOf = (properties: object): string[] => lines(environmentConfig, { ...VALID, ...properties });

  test("has defaults", () =>
    expect(environmentConfig.parse(VALID)).toStrictEqual({
      ...VALID,
      network: { vpc: "default", assignPublicIp: false },
      cluster: {},
      tags: {},
    }));

  test("without its parts has a line for each", () =>
    expect(lines(environmentConfig, {}).map((line) => line.replace(/;.*/, ""))).toEqual([
      "it: name is missing",
      "it: region is missing",
      "it: state is missing",
      "it: network is missing",
    ]));

  describeProperties(environmentConfig, VALID, [
    ["name", ["a", "us-east", "a-1-b", "a".repeat(63)], [...NO_NAMES, "a".repeat(64), "*", "a-*-*"], nameRule(63)],
    [
      "fromVariable",
      [undefined],
      ["", "pr_number", "1PR", "PR-NUMBER", "A".repeat(129), REFERENCE],
      'use upper-case letters, digits and "_", like "PR_NUMBER"',
    ],
  ]);

  test.each(["pr-*", "a*", "a-*-b", `${"a".repeat(62)}*`])("may be called %j after a variable", (name) =>
    expect(linesOf({ name, fromVariable: "PR_NUMBER" })).toEqual([]),
  );

  test.each([undefined, "111122223333", REFERENCE])(
    "with the account %s may have an existing cluster there",
    (accountId) =>
      expect(
        linesOf({ accountId, cluster: { existing: "arn:aws:ecs:us-east-1:111122223333:cluster/shared" } }),
      ).toEqual([]),
  );

  test("may set everything", () =>
    expect(
      linesOf({
        accountId: "012345678901",
        providerVersion: "5.100.0",
        network: { subnets: ["subnet-1"], securityGroups: ["sg-1"] },
        cluster: { existing: "default" },
        state: { backend: "s3", bucket: "states", prefix: "shop", region: "eu-central-1" },
        tags: { team: "web", "service-owner": "web" },
      }),
    ).toEqual([]));

  test.each<[object, string]>([
    [{ network: {} }, "network: neither vpc nor subnets; give a vpc, or subnets and securityGroups"],
    [{ network: "default" }, "network is not an object; write it as { … }"],
    [
      { cluster: { existing: "a", containerInsights: "enabled" } },
      "cluster: containerInsights is for the environment's own cluster; remove it, or remove existing",
    ],
    [{ name: "pr-*" }, 'name "pr-*" has a "*"; say which variable replaces it: fromVariable: "PR_NUMBER"'],
    [
      { fromVariable: "PR_NUMBER" },
      'fromVariable has no place in name "staging"; write a "*" where its value goes: "pr-*"',
    ],
    [
      { cluster: { existing: "arn:aws:ecs:eu-west-1:111122223333:cluster/shared" } },
      "cluster: existing is in eu-west-1; use one in us-east-1, where it is needed",
    ],
    [
      { cluster: { existing: "arn:aws:ecs:us-east-1:111122223333:cluster/shared" }, accountId: "444455556666" },
      "cluster: existing is a cluster in account 111122223333, but accountId is 444455556666; correct one of them",
    ],
    [{ cluster: null }, "cluster is not an object; write it as { … }"],
    [{ tags: ["team"] }, "tags is not an object; write it as { … }"],
    [{ accountId: 111122223333 }, "accountId 111122223333 is not valid; use the 12 digits of an AWS account in quotes"],
    [
      { state: { backend: "s3", bucket: "states", prefix: "shop", region: "eu-central-1" } },
      "accountId is missing; state in S3 is kept by account, so give its 12 digits, in quotes",
    ],
    [{ acountId: "1" }, 'unknown property "acountId"; did you mean "accountId"?'],
  ])("rejects %j", (properties, message) => expect(linesOf(properties)).toEqual([`it: ${message}`]));

  test("rejects the tag service, which every resource has", () =>
    expect(linesOf({ tags: { service: "other" } })).toEqual([
      'it: tags has the key "service", which every resource has already; rename or remove it',
    ]));

  test.each([
    ["Environment", "environment"],
    ["MANAGED-BY", "managed-by"],
  ])("rejects the tag %s, which differs in case only from one that every resource has", (key, ours) =>
    expect(linesOf({ tags: { [key]: "other" } })).toEqual([
      `it: tags has the key "${key}", which IAM treats as the same as "${ours}"; rename or remove it`,
    ]),
  );
});

describe("a service", () => {
  const serviceConfig = object(SERVICE_CONFIG);
  const VALID = {
    name: "shop",
    cpu: 256,
    memory: 512,
    containers: [{ name: "web", image: { repository: "demo", tag: "1.10" } }],
  };
  const linesOf = (properties: object): string[] =>
    lines(serviceConfig, { ...VALID, ...properties }).map((line) => line.replace(/choose .*/, "choose …"));
  const linesOfStaging = (override: unknown): string[] => linesOf({ environments: { staging: override } });

  describeProperties(serviceConfig, VALID, [
    ["name", ["a", "order-api", "a-1-b", "a".repeat(128)], [...NO_NAMES, "a".repeat(129)], nameRule(128)],
  ]);

  test.each<[string, object]>([
    ["nothing more", {}],
    ["a part of a network", { network: { subnetTags: { tier: "private" } } }],
    ["some of the environments", { only: ["staging", "production"] }],
    ["nothing that differs", { environments: { staging: {} } }],
    ["a size and a count that differ", { environments: { staging: { cpu: 512, memory: 1024, desiredCount: 0 } } }],
    [
      "containers that differ, by name and in a part",
      {
        environments: {
          staging: {
            containers: { web: { cpu: 0, image: { tag: "2" }, healthCheck: { interval: 5 }, environment: { A: "" } } },
          },
        },
      },
    ],
    ["a network that differs", { environments: { staging: { network: { assignPublicIp: true } } } }],
  ])("may have %s", (_, properties) => expect(linesOf(properties)).toEqual([]));

  test.each<[object, string]>([
    [{ only: [] }, "only has 0 entries; give at least 1"],
    [{ only: ["a", "a"] }, 'only has "a" twice; remove one'],
    [{ only: [""] }, 'only[0] "" is not valid; name an environment'],
    [{ network: { vpc: "main" } }, 'network: vpc "main" is not valid; use "default", { id: … } or { tags: { … } }'],
    [
      { network: { vpc: { id: "main" } } },
      'network: vpc: id "main" is not valid; use an id like vpc-0123456789abcdef0',
    ],
    [{ ingress: null }, "ingress is not a list; write it as [ … ]"],
    [{ containers: { web: {} } }, "containers is not a list; write it as [ … ]"],
    [{ environments: [] }, "environments is not an object; write it as { … }"],
    [{ environments: { "": {} } }, 'environments: name "" is not valid; name an environment'],
    [{ desired: 1 }, 'unknown property "desired"; choose …'],
    [{ cluster: "default" }, 'unknown property "cluster"; choose …'],
  ])("rejects %j", (properties, message) => expect(linesOf(properties)).toEqual([`it: ${message}`]));

  test.each<[unknown, string]>([
    [undefined, " is missing; write it as { … }"],
    [{ desiredCount: -1 }, ': desiredCount -1 is not valid; use a whole number from 0 to 5000, or "keep"'],
    [{ ingress: {} }, ": ingress is not a list; write it as [ … ]"],
    [{ containers: [{ name: "web" }] }, ": containers is not an object; write it as { … }"],
    [
      { containers: { "my web": {} } },
      ': containers: name "my web" is not valid; use 1 to 255 letters, digits, "_" or "-"',
    ],
    [{ containers: { web: null } }, ": containers: web is not an object; write it as { … }"],
    [
      { containers: { web: { environment: null } } },
      ": containers: web: environment is not an object; write it as { … }",
    ],
    [
      { containers: { web: { image: { tag: "a b" } } } },
      ': containers: web: image: tag "a b" is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
    ],
    [{ containers: { web: { comand: [] } } }, ': containers: web: unknown property "comand"; did you mean "command"?'],
    [{ containers: { web: { name: "proxy" } } }, ': containers: web: unknown property "name"; choose …'],
    [
      { network: { vpc: { id: "main" } } },
      ': network: vpc: id "main" is not valid; use an id like vpc-0123456789abcdef0',
    ],
    [{ name: "api" }, ': unknown property "name"; did you mean "names"?'],
    [{ only: ["staging"] }, ': unknown property "only"; choose …'],
  ])("rejects %j as what differs", (override, message) =>
    expect(linesOfStaging(override)).toEqual([`it: environments: staging${message}`]),
  );
});
