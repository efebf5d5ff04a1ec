import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";
import { rejection, rejections } from "../support/rejection";

const rejected = (changes: Partial<Config>): string => rejection(() => resolveConfig(config(changes), {}));

describe("two things with the same name are rejected", () => {
  test.each<[string, Partial<Config>, string]>([
    [
      "services",
      { services: [service(), service({ name: "api" }), service()] },
      'two services are named "shop"; give each a name of its own',
    ],
    [
      "environments",
      { environments: [environment(), environment()] },
      'two environments are named "staging"; give each a name of its own',
    ],
    [
      "stacks of two services in two environments",
      {
        services: [service({ name: "a" }), service({ name: "a-b" })],
        environments: [environment({ name: "b-c" }), environment({ name: "c" })],
      },
      'two stacks would be named "a-b-c"; rename a service, its stack, a job or an environment',
    ],
    [
      "stacks of a service and a cluster",
      { services: [service({ name: "cluster" })] },
      'two stacks would be named "cluster-staging"; rename a service, its stack, a job or an environment',
    ],
  ])("%s", (_, changes, message) => expect(rejected(changes)).toBe(message));

  test("but a service may be named cluster, where the clusters are not ours", () =>
    expect(() =>
      resolveConfig(
        config({
          services: [service({ name: "cluster" })],
          environments: [environment({ cluster: { existing: "shared" } })],
        }),
        {},
      ),
    ).not.toThrow());
});

describe("an invalid config", () => {
  test("is rejected with a line for each problem, of every kind", () =>
    expect(
      rejections(() =>
        resolveConfig(
          config({
            registry: registry({ region: "mars" }),
            environments: [environment({ accountId: "1" })],
            services: [
              service({ cpu: 300, containers: [container({ stopTimeout: 1 })] }),
              service({ name: "api", desiredCount: -1 }),
            ],
          }),
          {},
        ),
      ),
    ).toEqual([
      'registry: region "mars" is not valid; use an AWS region like "us-east-1"',
      'environment "staging": accountId "1" is not valid; use the 12 digits of an AWS account in quotes',
      'service "shop": cpu 300 is not valid; choose 256, 512, 1024, 2048, 4096, 8192, 16384 or 32768',
      'service "shop": containers[0] "web": stopTimeout 1 is not valid; use a whole number from 2 to 120',
      'service "api": desiredCount -1 is not valid; use a whole number from 0 to 5000, or "keep"',
    ]));

  test("is rejected for a key that is in another region than what it encrypts", () => {
    const logKmsKeyArn = "arn:aws:kms:us-west-2:111122223333:key/a";
    expect(rejected({ services: [service({ logKmsKeyArn })] })).toBe(
      'service "shop" in "staging": logKmsKeyArn is in us-west-2; use one in us-east-1, where it is needed',
    );
  });
});

test("a config may have no service at all", () =>
  expect(resolveConfig(config({ services: [] }), {})).toMatchObject({ services: [], registry: { repositories: [] } }));
