import { loadConfig, resolveConfig, type ResolvedConfig } from "../../src/config";
import { environments, registry } from "../../src/config/environments";
import { buildVariables } from "../../src/model/build-variables";
import { services } from "../../src/config/services";
import { synthesized } from "../support/synthesis";

const SERVICE = services[0]?.name ?? "";
const environmentsOfFirst = environments.filter(({ name }) => services[0]?.only?.includes(name) ?? true);

/** The variables of the process, which are put back after the test. */
function tagVariable(tag: string | undefined): void {
  jest.replaceProperty(process, "env", { ...process.env, [buildVariables(SERVICE).tag]: tag });
}

afterEach(() => jest.restoreAllMocks());

describe("the config that ships", () => {
  test("deploys the stacks that were reviewed", () => {
    tagVariable(undefined);
    expect(stackNames(loadConfig())).toMatchSnapshot();
  });

  test("gives no warning", () => expect(resolveConfig({ services, environments, registry }, {}).warnings).toEqual([]));

  test("writes a file for each of them, and the manifest", () => {
    tagVariable(undefined);
    expect([...synthesized({ services, environments, registry }).keys()].sort()).toEqual([
      "manifest.json",
      ...stackNames(loadConfig()).map((name) => `stacks/${name}/cdk.tf.json`),
    ]);
  });

  test("takes the tag from the config", () => {
    tagVariable(undefined);
    expect(tags()).toMatchSnapshot();
  });

  test("takes the tag from the variables of the process, in every environment", () => {
    tagVariable("from-ci");
    expect(tags()).toEqual(environmentsOfFirst.map(() => "from-ci"));
  });
});

function stackNames({ registry: repositories, clusters, services: deployed }: ResolvedConfig): string[] {
  return [repositories, ...clusters, ...deployed].map(({ stackName }) => stackName).sort();
}

/** The tag of the first container of the first service, by environment. */
function tags(): unknown[] {
  const { services: deployed } = loadConfig();
  return environmentsOfFirst.map(({ name }) => {
    const image = deployed.find(({ stackName }) => stackName === `${SERVICE}-${name}`)?.service.containers[0]?.image;
    return typeof image === "object" ? image.tag : image;
  });
}
