import { TerraformOutput } from "cdktf";

import { Repository } from "../../../src/constructs/registry/repository";
import type { RepositoryProps } from "../../../src/model/registry";
import { rejection } from "../../support/rejection";
import { emptyStack, synthesized, variable, type Block, type SynthesizedStack } from "../../support/synthesized-stack";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const synthesizedRepository = (props: Partial<RepositoryProps> = {}): SynthesizedStack =>
  synthesized((stack) => {
    const { url } = new Repository(stack, "repository", { name: "team/demo", ...props });
    new TerraformOutput(stack, "url", { value: url });
  });
const repositoryOf = (props: Partial<RepositoryProps> = {}): Block =>
  synthesizedRepository(props).resource("aws_ecr_repository");

test("is mutable, scanned and encrypted, and is not deleted with its images", () => {
  expect(repositoryOf()).toEqual({
    name: "team/demo",
    image_tag_mutability: "MUTABLE",
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [{ encryption_type: "AES256" }],
  });
});

test("may be immutable and not scanned", () => {
  expect(repositoryOf({ imageTagMutability: "IMMUTABLE", scanOnPush: false })).toMatchObject({
    image_tag_mutability: "IMMUTABLE",
    image_scanning_configuration: { scan_on_push: false },
  });
});

test("encrypts with the user's own key", () => {
  expect(repositoryOf({ kmsKeyArn: KEY })["encryption_configuration"]).toEqual([
    { encryption_type: "KMS", kms_key: KEY },
  ]);
});

test("gives the address to push to", () => {
  expect(synthesizedRepository().output("url")).toBe("${aws_ecr_repository.repository.repository_url}");
});

test("accepts references for name and key", () => {
  const stack = synthesized((scope) => {
    const value = (name: string): string => variable(scope, name).stringValue;
    new Repository(scope, "repository", { name: value("name"), kmsKeyArn: value("key") });
  });
  expect(stack.resource("aws_ecr_repository")).toMatchObject({
    name: "${var.name}",
    encryption_configuration: [{ kms_key: "${var.key}" }],
  });
});

test("exposes its resource", () => {
  const stack = synthesized((scope) => {
    new Repository(scope, "repository", { name: "demo" }).resource.addOverride("force_delete", true);
  });
  expect(stack.resource("aws_ecr_repository")).toMatchObject({ force_delete: true });
});

test("says whose property is rejected", () => {
  expect(rejection(() => new Repository(emptyStack(), "repository", { name: "demo", kmsKeyArn: "1234abcd" }))).toBe(
    'Repository "repository": kmsKeyArn "1234abcd" is not valid; use the ARN of a KMS key: arn:aws:kms:REGION:ACCOUNT:key/ID',
  );
});
