import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

import { Account } from "../../../src/constructs/iam/account";
import { Role } from "../../../src/constructs/iam/role";
import { PinnedImage } from "../../../src/constructs/task/pinned-image";
import type { EcrImage } from "../../../src/model/image";
import { rejection } from "../../support/rejection";
import { emptyStack, synthesized, variable, type Block, type SynthesizedStack } from "../../support/synthesized-stack";
import { addTask, containerProps, definitionOf } from "../../support/task-stack";

const pinned = (props: Partial<EcrImage> = {}): EcrImage => ({ repository: "team/demo", tag: "1.10", ...props });
const synthesizedImage = (props: Partial<EcrImage> = {}): SynthesizedStack =>
  synthesized((stack) => new PinnedImage(stack, "web-image", pinned(props)));

describe("the lookup", () => {
  test("finds the repository by name", () => {
    expect(synthesizedImage().data("aws_ecr_repository")).toEqual({ "web-image": { name: "team/demo" } });
  });

  test("finds the image by tag, in the repository that was found, and by nothing else", () => {
    expect(synthesizedImage().data("aws_ecr_image")).toEqual({
      "web-image": { repository_name: "${data.aws_ecr_repository.web-image.name}", image_tag: "1.10" },
    });
  });

  test.each<[string, Partial<EcrImage>]>([
    ["tag", { tag: "1.11" }],
    ["repository", { repository: "other" }],
  ])("keeps its address when the %s changes", (_what, props) => {
    expect(synthesizedImage(props).addresses()).toEqual(synthesizedImage().addresses());
  });

  test("has repository and tag in its path, which the cdktf command line prints when it fails", () => {
    const image = new PinnedImage(new Construct(emptyStack(), "Default"), "web-image", pinned({ repository: "demo" }));
    const [lookup] = image.node.children.filter((child) => child instanceof DataAwsEcrImage);
    expect(lookup?.toTerraform()).toMatchObject({
      data: { aws_ecr_image: { "web-image": { "//": { metadata: { path: "stack/web-image/demo:1.10" } } } } },
    });
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

  test.each([
    ["repository", { name: "${var.value}" }, { image_tag: "1.10" }],
    ["tag", { name: "team/demo" }, { image_tag: "${var.value}" }],
    ["registryId", { registry_id: "${var.value}" }, { registry_id: "${var.value}" }],
  ])("accepts a reference for %s", (property, repository, image) => {
    const stack = synthesized((scope) => {
      new PinnedImage(scope, "web-image", pinned({ [property]: variable(scope, "value").stringValue }));
    });
    expect(stack.data("aws_ecr_repository")).toMatchObject({ "web-image": repository });
    expect(stack.data("aws_ecr_image")).toMatchObject({ "web-image": image });
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

  test("has a reference to the tag if the tag is one", () => {
    const imageWith = (pinning: "digest" | "label"): Block =>
      synthesized((scope) => {
        const image = pinned({ tag: variable(scope, "tag").stringValue, pinning });
        addTask(scope, { containers: [containerProps({ image })] });
      }).container();
    expect(imageWith("digest")).toMatchObject({ dockerLabels: { image_tag: "${var.tag}" } });
    expect(imageWith("label")).toMatchObject({
      image: "${data.aws_ecr_repository.web-image.repository_url}:${var.tag}",
    });
  });
});

test.each(["digest", "label"] as const)("with pinning %s gives repository, digest and tag", (pinning) => {
  const stack = synthesized((scope) => {
    const { repositoryUrl, digest, tag } = new PinnedImage(scope, "web-image", pinned({ pinning }));
    new TerraformOutput(scope, "fields", { value: { repositoryUrl, digest, tag } });
  });
  expect(stack.output("fields")).toEqual({
    repositoryUrl: "${data.aws_ecr_repository.web-image.repository_url}",
    digest: "${data.aws_ecr_image.web-image.image_digest}",
    tag: "1.10",
  });
});

test("grantPull allows pulling from this repository, and nothing else", () => {
  const stack = synthesized((scope) => {
    const account = new Account(scope, "account");
    const role = new Role(scope, "role", { name: "demo-execution", policyName: "start-tasks", account });
    new PinnedImage(scope, "web-image", pinned()).grantPull(role);
  });
  expect(stack.statements()).toEqual([
    { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: ["${data.aws_ecr_repository.web-image.arn}"],
    },
  ]);
});

test("says whose property is rejected", () => {
  expect(rejection(() => new PinnedImage(emptyStack(), "web-image", pinned({ repository: "d" })))).toBe(
    'PinnedImage "web-image": repository "d" is not valid; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, without the registry host (registryId names another account)',
  );
});
