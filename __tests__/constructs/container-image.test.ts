import { containerImage, type ContainerImage } from "../../src/constructs/container-image";
import type { ExecutionRole } from "../../src/constructs/execution-role";
import { PinnedImage } from "../../src/constructs/pinned-image";
import { emptyStack } from "../support/synthesized-stack";
import { rejection } from "../support/rejection";
import { definitionOf } from "../support/task-stack";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const NGINX = "public.ecr.aws/docker/library/nginx";

const imageOf = (image: string): ContainerImage => containerImage(emptyStack(), "web-image", image);
const imageRejection = (image: string): string => rejection(() => imageOf(image));

test("an image in Amazon ECR is looked up", () => {
  expect(containerImage(emptyStack(), "web-image", { repository: "demo", tag: "1.10" })).toBeInstanceOf(PinnedImage);
});

describe("a reference that is pinned already", () => {
  test("keeps its digest, and its tag moves into the label", () => {
    expect(imageOf(`${NGINX}:1.27@${DIGEST}`)).toMatchObject({
      reference: `${NGINX}@${DIGEST}`,
      dockerLabels: { image_tag: "1.27" },
      repositoryUrl: NGINX,
      tag: "1.27",
      digest: DIGEST,
    });
  });

  test("reaches the container definition so", () => {
    expect(definitionOf({ image: `${NGINX}:1.27@${DIGEST}` })).toMatchObject({
      image: `${NGINX}@${DIGEST}`,
      dockerLabels: { image_tag: "1.27" },
    });
  });

  test("without tag has no tag and no label", () => {
    expect(imageOf(`${NGINX}@${DIGEST}`).dockerLabels).toStrictEqual({});
    expect(imageOf(`${NGINX}@${DIGEST}`)).toMatchObject({
      reference: `${NGINX}@${DIGEST}`,
      tag: undefined,
    });
  });

  test("without registry is left to the container runtime", () => {
    expect(imageOf(`nginx:1.27@${DIGEST}`)).toMatchObject({
      reference: `nginx@${DIGEST}`,
      repositoryUrl: "nginx",
      tag: "1.27",
    });
  });

  test("with a port in the registry keeps it", () => {
    expect(imageOf(`localhost:5000/web:1@${DIGEST}`)).toMatchObject({
      reference: `localhost:5000/web@${DIGEST}`,
      tag: "1",
    });
  });

  test.each(["dkr.ecr.example.com", "mirror.123456789012.dkr.ecr.example.com"])("may be in %s", (registry) => {
    const image = `${registry}/web@${DIGEST}`;
    expect(imageOf(image).reference).toBe(image);
  });

  test("looks nothing up and asks for no right to pull", () => {
    const stack = emptyStack();
    const allowPull = jest.fn();
    containerImage(stack, "web-image", `${NGINX}@${DIGEST}`).grantPull({
      allowPull,
    } as Partial<ExecutionRole> as never);
    expect(allowPull).not.toHaveBeenCalled();
    expect(stack.node.tryFindChild("web-image")).toBeUndefined();
  });
});

describe("rejects", () => {
  test("a reference without digest, and shows where it goes", () => {
    expect(imageRejection("nginx:1.27")).toBe(
      'image "nginx:1.27" is not pinned; add its digest (nginx:1.27@sha256:…), or write { repository, tag } for an image in Amazon ECR',
    );
  });

  test("a reference with registry and without digest", () => {
    expect(imageRejection(NGINX)).toBe(
      `image "${NGINX}" is not pinned; add its digest (${NGINX}@sha256:…), or write { repository, tag } for an image in Amazon ECR`,
    );
  });

  test.each([
    ["123456789012.dkr.ecr.us-east-1.amazonaws.com"],
    ["123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"],
    ["123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com"],
    ["123456789012.dkr-ecr.us-east-1.on.aws"],
  ])("the private Amazon ECR registry %s, and shows how to look it up", (host) => {
    expect(imageRejection(`${host}/a:1`)).toBe(
      `image "${host}/a:1" is in Amazon ECR; write { repository: "a", tag: … }, with registryId if another account owns it`,
    );
  });

  test("a digest of another length", () => {
    expect(imageRejection("nginx@sha256:abc")).toBe(
      'image "nginx@sha256:abc": digest "sha256:abc" is not valid; use "sha256:" and 64 lower-case hexadecimal digits',
    );
  });

  test("an empty reference", () => {
    expect(imageRejection("")).toBe(
      'image "": repository "" is not valid; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", at most 255 characters',
    );
  });
});
