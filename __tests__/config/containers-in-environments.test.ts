import { resolveConfig, type EnvironmentConfig, type ResolvedService, type ServiceConfig } from "../../src/config";
import { config, container, environment, service } from "../support/config";
import { rejection } from "../support/rejection";

function resolved(shop: ServiceConfig, place: Partial<EnvironmentConfig> = {}): ResolvedService["service"] | undefined {
  return resolveConfig(config({ services: [shop], environments: [environment(place)] }), {}).services[0]?.service;
}

describe("logging in an environment", () => {
  const router = container({ name: "router", firelensConfiguration: { type: "fluentbit" } });
  const loggingOf = (logging: ServiceConfig["containers"][number]["logging"], changes: object): unknown => {
    const containers = [container({ logging }), router, container({ name: "log", logging: { driver: "awsfirelens" } })];
    const environments = { staging: { containers: { web: { logging: changes } } } };
    return resolved(service({ containers, environments }))?.containers[0]?.logging;
  };

  test("changes property by property", () =>
    expect(loggingOf({ streamPrefix: "web", mode: "blocking" }, { mode: "non-blocking" })).toEqual({
      streamPrefix: "web",
      mode: "non-blocking",
    }));

  test("changes option by option", () =>
    expect(
      loggingOf({ driver: "awsfirelens", options: { Name: "firehose", region: "a" } }, { options: { region: "b" } }),
    ).toEqual({ driver: "awsfirelens", options: { Name: "firehose", region: "b" } }));

  test("is that of the environment alone if it names another driver", () => {
    const options = { Name: "firehose" };
    expect(loggingOf({ streamPrefix: "web" }, { driver: "awsfirelens", options })).toEqual({
      driver: "awsfirelens",
      options,
    });
    expect(loggingOf({ driver: "awsfirelens", options }, { driver: "awslogs" })).toEqual({ driver: "awslogs" });
  });
});

describe("commands in the containers", () => {
  const sessions = { logGroup: "/exec/staging" };
  const executeCommandOf = (shop: Partial<ServiceConfig>, place: Partial<EnvironmentConfig> = {}): unknown =>
    resolved(service(shop), place)?.executeCommand;

  test("are logged as the cluster of the environment says", () => {
    expect(executeCommandOf({ executeCommand: true }, { cluster: { executeCommand: sessions } })).toEqual(sessions);
    const existing = { existing: "shared", executeCommand: sessions };
    expect(executeCommandOf({ executeCommand: true }, { cluster: existing })).toEqual(sessions);
  });

  test("are logged as the service says", () => {
    const executeCommand = { logging: "NONE" as const };
    expect(executeCommandOf({ executeCommand }, { cluster: { executeCommand: sessions } })).toEqual(executeCommand);
  });

  test("may be run where nothing is known of the cluster", () =>
    expect(executeCommandOf({ executeCommand: true })).toBe(true));

  test.each([undefined, false])("with %j may not be run, whatever the cluster does", (executeCommand) =>
    expect(executeCommandOf({ executeCommand }, { cluster: { executeCommand: sessions } })).toBe(executeCommand),
  );

  test("may be run in one environment", () => {
    const environments = { staging: { executeCommand: true } };
    expect(executeCommandOf({ environments }, { cluster: { executeCommand: sessions } })).toEqual(sessions);
  });

  test("are set up in the cluster of the environment", () => {
    const environments = [environment({ cluster: { executeCommand: sessions } })];
    expect(resolveConfig(config({ environments }), {}).clusters[0]?.cluster).toEqual({
      name: "staging",
      executeCommand: sessions,
    });
  });
});

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/exec";

test.each<[ServiceConfig["executeCommand"], EnvironmentConfig["cluster"], string]>([
  [
    true,
    { executeCommand: { logging: "OVERRIDE" } },
    'environment "staging": cluster: executeCommand: logging "OVERRIDE" needs a logGroup or an s3Bucket',
  ],
  [
    true,
    { existing: "shared", executeCommand: { kmsKeyArn: KEY } },
    'environment "staging": cluster: executeCommand: kmsKeyArn is in eu-west-1; use one in us-east-1, where it is needed',
  ],
  [
    { kmsKeyArn: KEY },
    undefined,
    'service "shop" in "staging": executeCommand: kmsKeyArn is in eu-west-1; use one in us-east-1, where it is needed',
  ],
])("executeCommand %j in the cluster %j is rejected", (executeCommand, cluster, line) => {
  const place = cluster && { cluster };
  expect(rejection(() => resolved(service({ executeCommand }), place))).toBe(line);
});
