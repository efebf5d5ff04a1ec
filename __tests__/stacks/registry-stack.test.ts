import { RegistryStack, type RegistryStackProps } from "../../src/stacks";
import { rejection } from "../support/rejection";
import { newApp, synthesizedStack } from "../support/synthesized-stack";

const PROPS: RegistryStackProps = {
  region: "us-east-1",
  state: { backend: "local" },
  tags: { "managed-by": "ecs-pin" },
  repositories: ["demo", "team/web"],
};

const registry = (props: Partial<RegistryStackProps> = {}) =>
  synthesizedStack(new RegistryStack(newApp(), "registry", { ...PROPS, ...props }));

describe("the registry stack", () => {
  test("has a repository for each name, scanned on push and encrypted", () => {
    const repositories = Object.values(registry().resources("aws_ecr_repository"));

    expect(repositories.map(({ name }) => name)).toEqual(["demo", "team/web"]);
    for (const repository of repositories) {
      expect(repository).toMatchObject({
        image_scanning_configuration: { scan_on_push: true },
        image_tag_mutability: "MUTABLE",
        encryption_configuration: [{ encryption_type: "AES256" }],
      });
    }
  });

  test("gives every repository the settings that are stated", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const stack = registry({ imageTagMutability: "IMMUTABLE", scanOnPush: false, kmsKeyArn });

    for (const repository of Object.values(stack.resources("aws_ecr_repository"))) {
      expect(repository).toMatchObject({
        image_scanning_configuration: { scan_on_push: false },
        image_tag_mutability: "IMMUTABLE",
        encryption_configuration: [{ encryption_type: "KMS", kms_key: kmsKeyArn }],
      });
    }
  });

  test("rejects a key of another region, which ECR cannot use", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";

    expect(rejection(() => registry({ kmsKeyArn }))).toBe(
      "kmsKeyArn is a key of eu-central-1; use one of us-east-1, where it is needed",
    );
  });

  test("rejects what is no key, also while there is no repository", () => {
    expect(rejection(() => registry({ kmsKeyArn: "1234abcd", repositories: [] }))).toBe(
      'kmsKeyArn "1234abcd" is not the ARN of a KMS key; use arn:aws:kms:REGION:ACCOUNT:key/ID',
    );
  });

  test("says by repository where to push to", () => {
    const stack = registry();

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
    const { size } = new Set(Object.keys(registry({ repositories: ["a/b", "a--b"] }).resources("aws_ecr_repository")));

    expect(size).toBe(2);
  });

  test("rejects a repository name that Amazon ECR does not take", () => {
    expect(rejection(() => registry({ repositories: ["Demo"] }))).toBe(
      'repository "Demo" is not valid in Amazon ECR; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, no registry host',
    );
  });
});
