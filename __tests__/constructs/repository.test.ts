import { TerraformOutput } from "cdktf";

import { Repository, type RepositoryProps } from "../../src/constructs/repository";
import { emptyStack, synthesized, variable, type Block, type SynthesizedStack } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const synthesizedRepository = (props: Partial<RepositoryProps> = {}): SynthesizedStack =>
  synthesized((stack) => {
    const { url } = new Repository(stack, "repository", { name: "team/demo", ...props });
    new TerraformOutput(stack, "url", { value: url });
  });
const repositoryOf = (props: Partial<RepositoryProps> = {}): Block =>
  synthesizedRepository(props).resource("aws_ecr_repository");
const repositoryRejection = (props: object): string =>
  rejection(() => new Repository(emptyStack(), "repository", { name: "team/demo", ...props }));

test("is mutable, scanned and encrypted, and is not deleted with its images", () => {
  expect(repositoryOf()).toEqual({
    name: "team/demo",
    image_tag_mutability: "MUTABLE",
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [{ encryption_type: "AES256" }],
  });
});

test("may be immutable", () => {
  expect(repositoryOf({ imageTagMutability: "IMMUTABLE" })).toMatchObject({ image_tag_mutability: "IMMUTABLE" });
});

test("may be left unscanned", () => {
  expect(repositoryOf({ scanOnPush: false })).toMatchObject({ image_scanning_configuration: { scan_on_push: false } });
});

test("encrypts with a key of the user's own", () => {
  expect(repositoryOf({ kmsKeyArn: KEY })["encryption_configuration"]).toEqual([
    { encryption_type: "KMS", kms_key: KEY },
  ]);
});

test("gives the address to push to", () => {
  expect(synthesizedRepository().output("url")).toBe("${aws_ecr_repository.repository.repository_url}");
});

test("rejects a name that ECR does not take", () => {
  expect(repositoryRejection({ name: "Team/Demo" })).toBe(
    'repository "Team/Demo" is not valid in Amazon ECR; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, no registry host',
  );
});

test("rejects a mutability that does not exist", () => {
  expect(repositoryRejection({ imageTagMutability: "FROZEN" })).toBe(
    'imageTagMutability "FROZEN" is not valid; choose MUTABLE, IMMUTABLE',
  );
});

test("rejects text for whether to scan", () => {
  expect(repositoryRejection({ scanOnPush: "no" })).toBe('scanOnPush "no" is not valid; use true or false');
});

test("rejects a key that is no ARN", () => {
  expect(repositoryRejection({ kmsKeyArn: "1234abcd" })).toBe(
    'kmsKeyArn "1234abcd" is not the ARN of a KMS key; use arn:aws:kms:REGION:ACCOUNT:key/ID',
  );
});

test("takes a name, a mutability and a key that only Terraform knows", () => {
  const stack = synthesized((scope) => {
    const value = (name: string): string => variable(scope, name).stringValue;
    new Repository(scope, "repository", {
      name: value("name"),
      imageTagMutability: value("mutability") as "MUTABLE",
      kmsKeyArn: value("key"),
    });
  });
  expect(stack.resource("aws_ecr_repository")).toMatchObject({
    name: "${var.name}",
    image_tag_mutability: "${var.mutability}",
    encryption_configuration: [{ kms_key: "${var.key}" }],
  });
});
