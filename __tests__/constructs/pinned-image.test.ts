import { TerraformOutput } from "cdktf";

import { CurrentAccount } from "../../src/constructs/current-account";
import { ExecutionRole } from "../../src/constructs/execution-role";
import { PinnedImage, type PinnedImageProps } from "../../src/constructs/pinned-image";
import { emptyStack, synthesized, variable, type Block, type SynthesizedStack } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";
import { addTask, definitionOf } from "../support/task-stack";

const DEMO: PinnedImageProps = { repository: "team/demo", tag: "1.10" };

const pinned = (props: Partial<PinnedImageProps> = {}) => ({ ...DEMO, ...props });
const synthesizedImage = (props: Partial<PinnedImageProps> = {}): SynthesizedStack =>
  synthesized((stack) => new PinnedImage(stack, "web-image", pinned(props)));
const imageRejection = (props: object): string =>
  rejection(() => new PinnedImage(emptyStack(), "web-image", pinned(props)));

const REPOSITORY_RULE =
  'use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, no registry host';
const TAG_RULE = 'use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"';

describe("the lookup", () => {
  test("finds the repository by name", () => {
    expect(synthesizedImage().data("aws_ecr_repository")).toEqual({ "web-image": { name: "team/demo" } });
  });

  test("finds the image by tag, in the repository that was found, and by nothing else", () => {
    expect(synthesizedImage().data("aws_ecr_image")).toEqual({
      "web-image": { repository_name: "${data.aws_ecr_repository.web-image.name}", image_tag: "1.10" },
    });
  });

  test("keeps its address when the tag changes", () => {
    const addresses = (tag: string) => Object.keys(synthesizedImage({ tag }).data("aws_ecr_image"));
    expect(addresses("1.11")).toEqual(addresses("1.10"));
  });

  test("keeps its address when the repository changes", () => {
    const addresses = (repository: string) => Object.keys(synthesizedImage({ repository }).data("aws_ecr_image"));
    expect(addresses("other")).toEqual(addresses("team/demo"));
  });

  test("has repository and tag in its construct id, which the cdktf command line prints when it fails", () => {
    const stack = emptyStack();
    const image = new PinnedImage(stack, "web-image", pinned({ repository: "demo" }));
    expect(image.node.children.map(({ node }) => node.id)).toEqual(["Default", "demo:1.10"]);
  });

  test("reads the registry of another account", () => {
    const stack = synthesizedImage({ registryId: "012345678901" });
    expect(stack.lookup("aws_ecr_repository")).toMatchObject({ registry_id: "012345678901" });
    expect(stack.lookup("aws_ecr_image")).toMatchObject({ registry_id: "012345678901" });
  });

  test("of two images in one scope has two addresses", () => {
    const stack = synthesized((scope) => {
      new PinnedImage(scope, "web-image", pinned());
      new PinnedImage(scope, "worker-image", pinned());
    });
    expect(Object.keys(stack.data("aws_ecr_image"))).toEqual(["web-image", "worker-image"]);
  });
});

describe("the image of a container", () => {
  test("is repository and digest, and the label carries the tag", () => {
    expect(definitionOf({ image: pinned() })).toMatchObject({
      image: "${data.aws_ecr_image.web-image.image_uri}",
      dockerLabels: { image_tag: "1.10" },
    });
  });

  test("is the same with pinning digest", () => {
    expect(definitionOf({ image: pinned({ pinning: "digest" }) })).toEqual(definitionOf({ image: pinned() }));
  });

  test("with pinning label is repository and tag, and the label carries the digest", () => {
    expect(definitionOf({ image: pinned({ pinning: "label" }) })).toMatchObject({
      image: "${data.aws_ecr_repository.web-image.repository_url}:1.10",
      dockerLabels: { image_digest: "${data.aws_ecr_image.web-image.image_digest}" },
    });
  });

  test.each(["digest", "label"] as const)("with pinning %s has one label only", (pinning) => {
    expect(Object.keys(definitionOf({ image: pinned({ pinning }) })["dockerLabels"] as object)).toHaveLength(1);
  });
});

describe("its public fields", () => {
  const fieldsOf = (props: Partial<PinnedImageProps> = {}): unknown =>
    synthesized((stack) => {
      const { repositoryUrl, digest, tag } = new PinnedImage(stack, "web-image", pinned(props));
      new TerraformOutput(stack, "fields", { value: { repositoryUrl, digest, tag } });
    }).output("fields");

  test.each(["digest", "label"] as const)("with pinning %s give repository, digest and tag", (pinning) => {
    expect(fieldsOf({ pinning })).toEqual({
      repositoryUrl: "${data.aws_ecr_repository.web-image.repository_url}",
      digest: "${data.aws_ecr_image.web-image.image_digest}",
      tag: "1.10",
    });
  });
});

test("grantPull allows pulling from the repository", () => {
  const stack = synthesized((scope) => {
    const account = new CurrentAccount(scope, "account", { region: "us-east-1" });
    new PinnedImage(scope, "web-image", pinned()).grantPull(
      new ExecutionRole(scope, "role", { name: "demo-execution", account }),
    );
  });
  const { policy } = stack.resource("aws_iam_role_policy");
  expect(JSON.parse(String(policy))).toMatchObject({
    Statement: [
      { Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
      { Resource: ["${data.aws_ecr_repository.web-image.arn}"] },
    ],
  });
});

describe("rejects", () => {
  test.each([
    ["an upper-case repository", "Demo"],
    ["a repository with a registry host", "registry.example.com:443/demo"],
    ["a repository of one character", "d"],
    ["a repository that ends with a slash", "demo/"],
    ["an empty repository", ""],
  ])("%s", (_, repository) => {
    expect(imageRejection({ repository })).toBe(
      `repository ${JSON.stringify(repository)} is not valid in Amazon ECR; ${REPOSITORY_RULE}`,
    );
  });

  test.each([
    ["digest", "d".repeat(211), "1", "repository"],
    ["label", "d".repeat(110), "1".repeat(100), "repository and tag"],
  ] as const)("with pinning %s, a name that ECS does not take", (pinning, repository, tag, what) => {
    expect(imageRejection({ pinning, repository, tag })).toBe(
      `${what} "${"d".repeat(75)}…" has 211 characters; Amazon ECS takes 210 after the address of the registry`,
    );
    expect(() => synthesizedImage({ pinning, repository: repository.slice(1), tag })).not.toThrow();
  });

  test("a repository of 257 characters", () => {
    expect(imageRejection({ repository: "d".repeat(257) })).toBe(
      `repository "${"d".repeat(75)}…" is not valid in Amazon ECR; ${REPOSITORY_RULE}`,
    );
  });

  test.each([
    ["an empty tag", ""],
    ["a tag that begins with a dot", ".1"],
    ["a tag with a colon", "demo:1"],
    ["a tag that brings its digest", "1.10@sha256:abc"],
  ])("%s", (_, tag) => {
    expect(imageRejection({ tag })).toBe(`tag ${JSON.stringify(tag)} is not valid; ${TAG_RULE}`);
  });

  test("a tag that is a number", () => {
    expect(imageRejection({ tag: 1.1 })).toBe(`tag 1.1 is not valid; ${TAG_RULE}`);
  });

  test("a pinning that does not exist", () => {
    expect(imageRejection({ pinning: "tag" })).toBe('pinning "tag" does not exist; choose digest or label');
  });

  test.each([["12345678901"], ["1234567890123"], ["12345678901a"]])("registryId %s", (registryId) => {
    expect(imageRejection({ registryId })).toBe(
      `registryId "${registryId}" is not an AWS account id; use 12 digits in quotes`,
    );
  });

  test("a registryId that is a number", () => {
    expect(imageRejection({ registryId: 123456789012 })).toBe(
      "registryId 123456789012 is not an AWS account id; use 12 digits in quotes",
    );
  });

  test("an unknown property", () => {
    expect(imageRejection({ mostRecent: true })).toBe(
      'unknown property "mostRecent"; known are repository, tag, pinning, registryId',
    );
  });
});

test("takes a repository of 2 and of 210 characters, and a tag of 128", () => {
  for (const repository of ["dd", "d".repeat(210)]) {
    const tag = "1".repeat(128);
    expect(synthesizedImage({ repository, tag }).lookup("aws_ecr_image")["image_tag"]).toBe(tag);
  }
});

describe("what only Terraform knows", () => {
  test.each([
    ["repository", { name: "${var.value}" }, { image_tag: "1.10" }],
    ["tag", { name: "team/demo" }, { image_tag: "${var.value}" }],
    ["registryId", { registry_id: "${var.value}" }, { registry_id: "${var.value}" }],
  ])("may be the %s", (property, repository, image) => {
    const stack = synthesized((scope) => {
      new PinnedImage(scope, "web-image", pinned({ [property]: variable(scope, "value").stringValue }));
    });
    expect(stack.data("aws_ecr_repository")).toMatchObject({ "web-image": repository });
    expect(stack.data("aws_ecr_image")).toMatchObject({ "web-image": image });
  });

  test("may be the tag that stands in image or label", () => {
    const imageWith = (pinning: "digest" | "label"): Block =>
      synthesized((scope) => {
        const image = pinned({ tag: variable(scope, "tag").stringValue, pinning });
        addTask(scope, { containers: [{ name: "web", image }] });
      }).container();
    expect(imageWith("digest")).toMatchObject({ dockerLabels: { image_tag: "${var.tag}" } });
    expect(imageWith("label")).toMatchObject({
      image: "${data.aws_ecr_repository.web-image.repository_url}:${var.tag}",
    });
  });
});
