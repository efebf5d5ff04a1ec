import { loadConfig, resolveConfig } from "../../src/config";
import { environments, registry } from "../../src/config/environments";
import { services } from "../../src/config/services";
import { synthesized } from "../support/synthesis";

/** The variables of the process, which are put back after the test. */
function tagVariable(tag: string | undefined): void {
  jest.replaceProperty(process, "env", { ...process.env, DEMO_IMAGE_TAG: tag });
}

afterEach(() => jest.restoreAllMocks());

describe("the config that ships", () => {
  test("deploys the registry, the clusters that are ours, and the service in each environment", () => {
    tagVariable(undefined);
    const { registry: repositories, clusters, services: deployed } = loadConfig();
    expect([repositories, ...clusters, ...deployed].map(({ stackName }) => stackName).sort()).toEqual([
      "cluster-production",
      "cluster-staging",
      "demo-local",
      "demo-production",
      "demo-staging",
      "registry",
    ]);
  });

  test("gives no warning", () => expect(resolveConfig({ services, environments, registry }, {}).warnings).toEqual([]));

  test("writes a file for each of them, and the manifest", () =>
    expect([...synthesized({ services, environments, registry }).keys()].sort()).toEqual([
      "manifest.json",
      "stacks/cluster-production/cdk.tf.json",
      "stacks/cluster-staging/cdk.tf.json",
      "stacks/demo-local/cdk.tf.json",
      "stacks/demo-production/cdk.tf.json",
      "stacks/demo-staging/cdk.tf.json",
      "stacks/registry/cdk.tf.json",
    ]));

  test("takes the tag from the config", () => {
    tagVariable(undefined);
    expect(tags()).toEqual(["1.10", "1.10", "1.10"]);
  });

  test("takes the tag from the variables of the process, in every environment", () => {
    tagVariable("1.11");
    expect(tags()).toEqual(["1.11", "1.11", "1.11"]);
  });
});

function tags(): unknown[] {
  return loadConfig().services.map(({ containers }) => {
    const image = containers[0]?.image;
    return typeof image === "object" ? image.tag : image;
  });
}
