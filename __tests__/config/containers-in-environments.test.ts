import { resolveConfig, type EnvironmentConfig, type ResolvedService, type ServiceConfig } from "../../src/config";
import { config, container, environment, service } from "../support/config";

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
