import type { RepositorySettings } from "../../src/model/registry";
import { RegistryStack } from "../../src/stacks";
import { newApp, synthesizedStack, type SynthesizedStack } from "../support/synthesized-stack";

const registry = (repositories: string[], settings: RepositorySettings = {}): SynthesizedStack =>
  synthesizedStack(
    new RegistryStack(newApp(), {
      stackName: "registry",
      region: "us-east-1",
      state: { backend: "local" },
      tags: {},
      repositories,
      settings,
    }),
  );

describe("the registry stack", () => {
  test("has each repository with the given settings", () => {
    const stack = registry(["demo", "team/web"], { imageTagMutability: "IMMUTABLE", scanOnPush: false });

    expect(Object.values(stack.resources("aws_ecr_repository"))).toMatchObject([
      { name: "demo", image_tag_mutability: "IMMUTABLE", image_scanning_configuration: { scan_on_push: false } },
      { name: "team/web", image_tag_mutability: "IMMUTABLE", image_scanning_configuration: { scan_on_push: false } },
    ]);
  });

  test("outputs where to push, by repository", () => {
    const stack = registry(["demo", "team/web"]);

    expect(stack.output("repository_urls")).toEqual(
      Object.fromEntries(
        Object.entries(stack.resources("aws_ecr_repository")).map(([id, { name }]) => [
          name,
          `\${aws_ecr_repository.${id}.repository_url}`,
        ]),
      ),
    );
  });

  test('tells "a/b" and "a--b" apart', () => {
    expect(registry(["a/b", "a--b"]).addresses()).toHaveLength(2);
  });

  test("without repositories has none", () => {
    expect(registry([]).addresses()).toEqual([]);
    expect(registry([]).output("repository_urls")).toEqual({});
  });
});
