import { imageTagVariable, unknownImageTags, withImageTag, type ProcessEnvironment } from "../../src/config/image-tags";
import type { PinnedFargateServiceProps } from "../../src/model/service";
import { container, service, type Container } from "../support/config";

const FOREIGN = `public.ecr.aws/nginx/nginx:1.27@sha256:${"a".repeat(64)}`;

interface Tagged {
  readonly containers: readonly Container[];
  readonly rejected: readonly string[];
  readonly warned: readonly string[];
}

/** The containers of a service that no environment changes, and what was said. */
function tagged(name: string, containers: readonly Container[], variables: ProcessEnvironment): Tagged {
  const rejected: string[] = [];
  const warned: string[] = [];
  const written = service({ name, containers });
  const props: PinnedFargateServiceProps = {
    ...written,
    name: `${name}-qa`,
    cluster: "qa",
    network: { vpc: "default" },
  };
  const tagged = withImageTag(written, props, variables, {
    reject: (line) => rejected.push(line),
    warn: (line) => warned.push(line),
  });
  return { containers: tagged.containers, rejected, warned };
}

describe("the variable of a service", () => {
  test.each([
    ["demo", "DEMO_IMAGE_TAG"],
    ["order-api", "ORDER_API_IMAGE_TAG"],
    ["a-b-c2", "A_B_C2_IMAGE_TAG"],
  ])("%s is %s", (name, variable) => expect(imageTagVariable(name)).toBe(variable));
});

describe("<SERVICE>_IMAGE_TAG", () => {
  test("sets the tag of the first container, and of no other", () => {
    const image = { repository: "team/api", tag: "1.10", pinning: "label", registryId: "123456789012" } as const;
    const containers = [container({ name: "api", image, cpu: 128 }), container({ name: "proxy" })];
    expect(tagged("order-api", containers, { ORDER_API_IMAGE_TAG: "1.11" })).toStrictEqual({
      containers: [
        container({ name: "api", image: { ...image, tag: "1.11" }, cpu: 128 }),
        container({ name: "proxy" }),
      ],
      rejected: [],
      warned: [],
    });
  });

  test.each([{}, { SHOP_IMAGE_TAG: undefined }, { API_IMAGE_TAG: "1.11" }, { shop_image_tag: "1.11" }])(
    "changes nothing where it is not set: %j",
    (variables) => expect(tagged("shop", [container()], variables).containers).toStrictEqual([container()]),
  );

  test("may be set where only a later container is from another registry", () => {
    const containers = [container(), container({ name: "proxy", image: FOREIGN })];
    expect(tagged("shop", containers, { SHOP_IMAGE_TAG: "1.11" })).toMatchObject({
      containers: [{ image: { repository: "team/web", tag: "1.11" } }, { image: FOREIGN }],
      rejected: [],
    });
  });

  test("is rejected where the first container is from another registry", () =>
    expect(tagged("shop", [container({ image: FOREIGN })], { SHOP_IMAGE_TAG: "1.11" }).rejected).toEqual([
      'SHOP_IMAGE_TAG is set, but the image of container "web" is pinned in the config; unset SHOP_IMAGE_TAG, or give the image as { repository, tag }',
    ]));

  test.each(["", "1 10", ":1.10", "a".repeat(129)])("is rejected once as %j, outside the grammar of tags", (tag) => {
    const shown = tag.length > 80 ? `"${"a".repeat(75)}…"` : `"${tag}"`;
    expect(tagged("shop", [container()], { SHOP_IMAGE_TAG: tag })).toStrictEqual({
      containers: [container()],
      rejected: [
        `SHOP_IMAGE_TAG ${shown} is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"`,
      ],
      warned: [],
    });
  });
});

describe("a variable for the tag of a service that does not exist", () => {
  const services = [service({ name: "demo" }), service({ name: "order-api" })];

  test("is warned about by name, in alphabetical order", () =>
    expect(unknownImageTags(services, { ZOO_IMAGE_TAG: "1", DEMOO_IMAGE_TAG: "", ORDER_API_IMAGE_TAG: "1" })).toEqual([
      "warning: DEMOO_IMAGE_TAG is set, but no service has that name; choose DEMO_IMAGE_TAG or ORDER_API_IMAGE_TAG",
      "warning: ZOO_IMAGE_TAG is set, but no service has that name; choose DEMO_IMAGE_TAG or ORDER_API_IMAGE_TAG",
    ]));

  test("is not one that only contains the words, or that is not set", () =>
    expect(
      unknownImageTags(services, { DEMOO_IMAGE_TAGS: "1", IMAGE_TAG: "1", HOME: "/", DEMOO_IMAGE_TAG: undefined }),
    ).toEqual([]));
});
