import { TerraformElement } from "cdktf";

import type { ContainerImage } from "../../../src/constructs/task/container-image";
import { PinnedImage } from "../../../src/constructs/task/pinned-image";
import { container, type ContainerProps } from "../../../src/model/container";
import { parse } from "../../../src/model/problems";
import { emptyStack } from "../../support/synthesized-stack";
import { containerProps, definitionOf, imageOf as imageOfContainer, synthesizedTask } from "../../support/task-stack";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const NGINX = "public.ecr.aws/docker/library/nginx";
const LOOKED_UP = { repository: "demo", tag: "1.10" };

const imageOf = (image: ContainerProps["image"], stack = emptyStack()): ContainerImage =>
  imageOfContainer(stack, parse(container, containerProps({ image }), "container"));

describe("an image in Amazon ECR", () => {
  test("is looked up", () => {
    expect(imageOf(LOOKED_UP)).toBeInstanceOf(PinnedImage);
  });

  const addressesOf = (...names: string[]): string[] => {
    const containers = names.map((name, index) =>
      containerProps({ name, image: { ...LOOKED_UP, tag: String(index) } }),
    );
    return Object.keys(synthesizedTask({ containers }).data("aws_ecr_image"));
  };

  test("has the address <container>-image", () => {
    expect(addressesOf("web", "_agent")).toEqual(["_agent-image", "web-image"]);
  });

  test.each(["1web", "-web"])("of container %s has an address that Terraform accepts", (name) => {
    expect(addressesOf(name)).toEqual([`container-${name}_image`]);
  });

  test("never shares its address with that of another container", () => {
    expect(addressesOf("1", "container-1", "container_1", "1_image", "1-image")).toHaveLength(5);
  });
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

  test("reaches the container definition like that", () => {
    expect(definitionOf({ image: `${NGINX}:1.27@${DIGEST}` })).toMatchObject({
      image: `${NGINX}@${DIGEST}`,
      dockerLabels: { image_tag: "1.27" },
    });
  });

  test("without tag has no tag and no label", () => {
    expect(imageOf(`${NGINX}@${DIGEST}`).dockerLabels).toStrictEqual({});
    expect(imageOf(`${NGINX}@${DIGEST}`)).toMatchObject({ reference: `${NGINX}@${DIGEST}`, tag: undefined });
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

  test("looks nothing up and asks for no permission to pull", () => {
    const stack = emptyStack();
    const elements = () => stack.node.findAll().filter((each) => TerraformElement.isTerraformElement(each)).length;
    const before = elements();
    const allow = jest.fn();
    imageOf(`${NGINX}@${DIGEST}`, stack).grantPull({ allow } as never);
    expect(allow).not.toHaveBeenCalled();
    expect(elements()).toBe(before);
  });
});
