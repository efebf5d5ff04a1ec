import { DataAwsEcrImage } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";

import { Account } from "../../../src/constructs/iam/account";
import { Role } from "../../../src/constructs/iam/role";
import { PinnedImage } from "../../../src/constructs/task/pinned-image";
import type { EcrImage } from "../../../src/model/image";
import { rejection } from "../../support/rejection";
import {
  emptyStack,
  synthesized,
  variable,
  type Block,
  type Blocks,
  type SynthesizedStack,
} from "../../support/synthesized-stack";
import { addTask, containerProps, definitionOf } from "../../support/task-stack";

const pinned = (props: Partial<EcrImage> = {}): EcrImage => ({ repository: "team/demo", tag: "1.10", ...props });
const synthesizedImage = (props: Partial<EcrImage> = {}): SynthesizedStack =>
  synthesized((stack) => new PinnedImage(stack, "web-image", pinned(props)));

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("the lookup", () => {
  test.each<[string, Partial<EcrImage>, Block]>([
    ["tag", { tag: "1.10" }, { image_tag: "1.10" }],
    ["digest", { tag: undefined, digest: DIGEST }, { image_digest: DIGEST }],
    ["tag and digest, which must agree", { tag: "1.10", digest: DIGEST }, { image_tag: "1.10", image_digest: DIGEST }],
  ])("finds the image by %s, and by nothing else", (_what, build, found) => {
    expect(synthesizedImage(build).data("aws_ecr_image")).toEqual({
      "web-image": { repository_name: "team/demo", ...found },
    });
  });

  test("is the only one: that of a repository would list all of its images", () => {
    expect(synthesizedImage().addresses()).toEqual(["data.aws_ecr_image.web-image"]);
  });

  test.each<[string, Partial<EcrImage>]>([
    ["tag", { tag: "1.11" }],
    ["digest", { digest: DIGEST }],
    ["repository", { repository: "other" }],
  ])("keeps its address when the %s changes", (_what, props) => {
    expect(synthesizedImage(props).addresses()).toEqual(synthesizedImage().addresses());
  });

  const pathOf = (props: Partial<EcrImage>, stack = emptyStack()): unknown => {
    const image = new PinnedImage(
      new Construct(stack, "Default"),
      "web-image",
      pinned({ repository: "demo", ...props }),
    );
    const [lookup] = image.node.children.filter((child) => child instanceof DataAwsEcrImage);
    return (lookup?.toTerraform() as { data: Blocks }).data["aws_ecr_image"]?.["web-image"]?.["//"];
  };

  test.each<[Partial<EcrImage>, string]>([
    [{ tag: "1.10" }, "demo:1.10"],
    [{ tag: undefined, digest: DIGEST }, `demo@${DIGEST}`],
    [{ tag: "1.10", digest: DIGEST }, `demo:1.10@${DIGEST}`],
  ])("by %j has %s in its path, which the cdktf command line prints when it fails", (build, name) => {
    expect(pathOf(build)).toMatchObject({ metadata: { path: `stack/web-image/${name}` } });
  });

  test("has no reference in its path", () => {
    const stack = emptyStack();
    const digest = variable(stack, "digest").stringValue;
    expect(pathOf({ digest }, stack)).toMatchObject({ metadata: { path: "stack/web-image/demo:1.10@…" } });
  });

  test("reads the registry of another account", () => {
    expect(synthesizedImage({ registryId: "012345678901" }).lookup("aws_ecr_image")).toMatchObject({
      registry_id: "012345678901",
    });
  });

  const addressesOf = (first: Partial<EcrImage>, second: Partial<EcrImage>): string[] =>
    synthesized((scope) => {
      new PinnedImage(scope, "web-image", pinned(first));
      new PinnedImage(scope, "worker-image", pinned(second));
    }).addresses();

  test("of one image is shared, however it is pinned", () => {
    expect(addressesOf({ pinning: "digest" }, { pinning: "label" })).toEqual(["data.aws_ecr_image.web-image"]);
  });

  test.each<Partial<EcrImage>>([
    { repository: "other" },
    { tag: "1.11" },
    { digest: DIGEST },
    { registryId: "012345678901" },
  ])("of an image with another %j is another one", (difference) => {
    expect(addressesOf({}, difference)).toEqual(["data.aws_ecr_image.web-image", "data.aws_ecr_image.worker-image"]);
  });

  test("of one image in two stacks is one in each", () => {
    expect(synthesizedImage().addresses()).toEqual(synthesizedImage().addresses());
  });

  test.each([
    ["repository", "repository_name"],
    ["tag", "image_tag"],
    ["digest", "image_digest"],
    ["registryId", "registry_id"],
  ])("accepts a reference for %s", (property, argument) => {
    const stack = synthesized((scope) => {
      new PinnedImage(scope, "web-image", pinned({ [property]: variable(scope, "value").stringValue }));
    });
    expect(stack.lookup("aws_ecr_image")).toMatchObject({ [argument]: "${var.value}" });
  });
});

describe("a build that is kept", () => {
  const kept = (pinning: "digest" | "label"): SynthesizedStack =>
    synthesized((scope) => {
      const running = { tag: variable(scope, "tag").stringValue, digest: variable(scope, "digest").stringValue };
      const image = new PinnedImage(scope, "web-image", { repository: "demo", pinning }, running);
      const { reference, dockerLabels, tag } = image;
      new TerraformOutput(scope, "image", { value: { reference, dockerLabels, tag } });
    });

  test("is looked up by its digest: its tag may have moved on", () => {
    expect(kept("digest").lookup("aws_ecr_image")).toEqual({
      repository_name: "demo",
      image_digest: "${var.digest}",
    });
  });

  test("keeps its tag, in the label or in the image", () => {
    expect(kept("digest").output("image")).toEqual({
      reference: "${data.aws_ecr_image.web-image.image_uri}",
      dockerLabels: { image_tag: "${var.tag}" },
      tag: "${var.tag}",
    });
    expect(kept("label").output("image")).toEqual({
      reference: "${local.web-image_reference_761B39BD}",
      dockerLabels: { image_digest: "${data.aws_ecr_image.web-image.image_digest}" },
      tag: "${var.tag}",
    });
    expect(kept("label").local("web-image_reference_761B39BD")).toBe(
      '${contains(data.aws_ecr_image.web-image.image_tags, var.tag) ? "${local.web-image_repository-url}:${var.tag}" : (var.tag == "-") ? data.aws_ecr_image.web-image.image_uri : "${local.web-image_repository-url}:${var.tag}@${data.aws_ecr_image.web-image.image_digest}"}',
    );
  });
});

describe("the image of a container", () => {
  test("is repository and digest, and the label carries the tag", () => {
    expect(definitionOf({ image: pinned() })).toMatchObject({
      image: "${data.aws_ecr_image.web-image.image_uri}",
      dockerLabels: { image_tag: "1.10" },
    });
  });

  test("that is named by digest alone has - for a tag in its label, which is no tag", () => {
    expect(definitionOf({ image: pinned({ tag: undefined, digest: DIGEST }) })).toMatchObject({
      image: "${data.aws_ecr_image.web-image.image_uri}",
      dockerLabels: { image_tag: "-" },
    });
  });

  test("is the same with pinning digest", () => {
    expect(definitionOf({ image: pinned({ pinning: "digest" }) })).toEqual(definitionOf({ image: pinned() }));
  });

  test("with pinning label is repository and tag, and the label carries the digest", () => {
    expect(definitionOf({ image: pinned({ pinning: "label" }) })).toMatchObject({
      image: "${local.web-image_repository-url}:1.10",
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
      image: "${local.web-image_repository-url}:${var.tag}",
    });
  });
});

test.each(["digest", "label"] as const)("with pinning %s gives repository, digest and tag", (pinning) => {
  const stack = synthesized((scope) => {
    const { repositoryUrl, digest, tag } = new PinnedImage(scope, "web-image", pinned({ pinning }));
    new TerraformOutput(scope, "fields", { value: { repositoryUrl, digest, tag } });
  });
  expect(stack.output("fields")).toEqual({
    repositoryUrl: "${local.web-image_repository-url}",
    digest: "${data.aws_ecr_image.web-image.image_digest}",
    tag: "1.10",
  });
});

test("a repository is given by its address, as the lookup returns it, without the digest", () => {
  expect(synthesizedImage().local("web-image_repository-url")).toBe(
    '${element(split("@", data.aws_ecr_image.web-image.image_uri), 0)}',
  );
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
      Resource: [
        "arn:${data.aws_partition.account_partition_32ACE770.partition}:ecr:us-east-1:${data.aws_ecr_image.web-image.registry_id}:repository/team/demo",
      ],
    },
  ]);
});

test("an image that names no build is rejected", () => {
  expect(rejection(() => new PinnedImage(emptyStack(), "web-image", { repository: "demo" }))).toBe(
    'PinnedImage "web-image": names neither tag nor digest; add one of them',
  );
});

test("says whose property is rejected", () => {
  expect(rejection(() => new PinnedImage(emptyStack(), "web-image", pinned({ repository: "d" })))).toBe(
    'PinnedImage "web-image": repository "d" is not valid; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, without the registry host (registryId names another account)',
  );
});
