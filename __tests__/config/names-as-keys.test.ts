import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";
import { rejection } from "../support/rejection";
import { stacksOf } from "../support/shipped-stacks";
import type { SynthesizedStack } from "../support/synthesized-stack";

/** Names of what every object has. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");

function stack(name: string, changes: Partial<Config>): SynthesizedStack {
  const found = stacksOf(config(changes)).get(name);
  if (found) return found;
  throw new Error(`no stack ${name}`);
}

/** By each of these names, itself. */
const byName = (names = INHERITED): Record<string, string> => Object.fromEntries(names.map((name) => [name, name]));

describe("a name that every object has in JavaScript can be the name of", () => {
  test("a service and an environment, with overrides and a tag of its own", () => {
    const services = [service({ name: "constructor", environments: { constructor: { desiredCount: 2 } } })];
    const environments = [environment({ name: "constructor" }), environment()];

    const resolved = resolveConfig(config({ services, environments }), { CONSTRUCTOR_IMAGE_TAG: "1.11" });

    expect(resolved.warnings).toEqual([]);
    expect(resolved.services.map(({ stackName, service }) => [stackName, service.desiredCount])).toEqual([
      ["constructor-constructor", 2],
      ["constructor-staging", undefined],
    ]);
    expect(stacksOf(config({ services, environments })).size).toBe(5);
  });

  test("a repository", () => {
    const images = ["constructor", "team/constructor"].map((repository) => ({ repository, tag: "1" }));
    const containers = images.map((image, index) => container({ name: `web-${String(index)}`, image }));

    const found = stack("registry", { services: [service({ containers })] });

    const repositories = Object.entries(found.resources("aws_ecr_repository"));
    expect(repositories.map(([, { name }]) => name)).toEqual(["constructor", "team/constructor"]);
    expect(found.output("repository_urls")).toEqual(
      Object.fromEntries(repositories.map(([id, { name }]) => [name, `\${aws_ecr_repository.${id}.repository_url}`])),
    );
  });

  test("a repository whose running image is kept", () => {
    const services = [service({ containers: [container({ image: { repository: "constructor" } })] })];
    expect(stack("shop-staging", { services }).container()["name"]).toBe("web");
  });

  test("a container", () => {
    const names = INHERITED.slice(0, 10);
    const containers = names.map((name) => container({ name, image: { repository: "web", tag: name } }));

    const found = stack("shop-staging", { services: [service({ containers })] });

    expect(found.containers().map(({ name }) => name)).toEqual(names);
    expect(Object.keys(found.local("planned-images") as object)).toEqual([...names].sort());
    expect(found.containers().map(({ image }) => image)).toEqual(
      names.map((name) => expect.stringContaining(`.${name}-image`) as unknown),
    );
  });

  test("a variable, and a label", () => {
    const containers = [container({ environment: byName(), dockerLabels: byName() })];

    const found = stack("shop-staging", { services: [service({ containers })] }).container();

    expect(found["environment"]).toEqual([...INHERITED].sort().map((name) => ({ name, value: name })));
    expect(found["dockerLabels"]).toEqual({ ...byName(), image_tag: "1.10" });
  });

  test("a tag, of the registry, an environment, a VPC or a subnet", () => {
    const network = { vpc: { tags: byName() }, subnetTags: byName() };
    const changes = {
      registry: registry({ tags: byName() }),
      environments: [environment({ tags: byName(), network })],
    };

    const tagsOf = (name: string): unknown =>
      (stack(name, changes).provider()["default_tags"] as readonly { readonly tags: unknown }[])[0]?.tags;
    expect(tagsOf("registry")).toEqual({ ...byName(), "managed-by": "ecs-pin" });
    expect(tagsOf("shop-staging")).toMatchObject(byName());
    expect(stack("shop-staging", changes).lookup("aws_vpc")["tags"]).toEqual(byName());
    expect(stack("shop-staging", changes).lookup("aws_subnets")["tags"]).toEqual(byName());
  });

  test("nothing that refers to what is not there", () => {
    const services = [
      service({
        only: ["constructor"],
        environments: { toString: {}, staging: { containers: { valueOf: {} } } },
      }),
    ];
    expect(() => resolveConfig(config({ services }), {})).toThrow(
      [
        'service "shop": only: there is no environment "constructor"; choose "staging"',
        'service "shop": environments: there is no environment "toString"; choose "staging"',
        'service "shop": environments: staging: containers: there is no container "valueOf"; choose "web"',
      ].join("\n"),
    );
  });
});

describe("a name that JavaScript or CDKTF would lose is rejected:", () => {
  const MEANING = "has a special meaning in JavaScript or CDKTF; rename it";

  test.each(["__proto__", "_children"])("the container %s", (name) =>
    expect(
      rejection(() => resolveConfig(config({ services: [service({ containers: [container({ name })] })] }), {})),
    ).toBe(`service "shop": containers[0] "${name}": name "${name}" ${MEANING}`),
  );

  test("the tag _children, which makes CDKTF take the tags for a construct", () => {
    const tags = { _children: "a", _metadata: "b" };
    expect(rejection(() => resolveConfig(config({ environments: [environment({ tags })] }), {}))).toBe(
      `environment "staging": tags: name "_children" ${MEANING}`,
    );
  });
});

describe("without services or environments, a message names another way out", () => {
  test("than to choose one of no services", () =>
    expect(resolveConfig(config({ services: [] }), { SHOP_IMAGE_TAG: "1" }).warnings).toEqual([
      "warning: SHOP_IMAGE_TAG is set, but no service or job has that name; unset it",
    ]));

  test("than to choose one of no environments", () => {
    const services = [service({ only: ["qa"] })];
    expect(rejection(() => resolveConfig(config({ services, environments: [] }), {}))).toBe(
      'service "shop": only: there is no environment "qa"; write one into environments',
    );
  });
});
