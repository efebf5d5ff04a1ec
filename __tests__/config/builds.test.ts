import { unknownBuilds, withNamedBuild } from "../../src/config/builds";
import { withRegistry } from "../../src/config/repositories";
import type { ProcessEnvironment } from "../../src/model/build-variables";
import type { PinnedFargateServiceProps } from "../../src/model/service";
import { config, container, environment, registry, service, type Container } from "../support/config";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const FOREIGN = `public.ecr.aws/nginx/nginx:1.27@${DIGEST}`;
const HOST = "012345678901.dkr.ecr.us-east-1.amazonaws.com";

interface Named {
  readonly containers: readonly Container[];
  readonly rejected: readonly string[];
  readonly warned: readonly string[];
}

interface Accounts {
  readonly registry?: string;
  readonly environment?: string;
}

/** The containers of a service that no environment changes, and what was said. */
function named(
  name: string,
  containers: readonly Container[],
  variables: ProcessEnvironment,
  accounts: Accounts = {},
): Named {
  const rejected: string[] = [];
  const warned: string[] = [];
  const written = service({ name, containers });
  const props: PinnedFargateServiceProps = {
    ...written,
    name: `${name}-qa`,
    cluster: "qa",
    network: { vpc: "default" },
  };
  const [inRegistry, inEnvironment] = [
    registry({ accountId: accounts.registry }),
    environment({ accountId: accounts.environment }),
  ];
  const located = withRegistry(props, inRegistry, inEnvironment);
  const owner = {
    name,
    container: located.containers[0],
    isPinned: typeof containers[0]?.image === "string",
  };
  const { containers: result } = withNamedBuild(owner, located, {
    variables,
    registry: inRegistry,
    environment: inEnvironment,
    reject: (line) => rejected.push(line),
    warn: (line) => warned.push(line),
  });
  return { containers: result, rejected, warned };
}

const withImage = (image: Container["image"], name = "web"): Container => container({ name, image });
const imagesOf = ({ containers }: Named): unknown => containers.map(({ image }) => image);

describe("a build that CI names", () => {
  const image = { repository: "team/api", tag: "1.10", pinning: "label", registryId: "123456789012" } as const;

  test("replaces the tag of the first container, and nothing else of it", () => {
    const containers = [container({ name: "api", image, cpu: 128 }), container({ name: "proxy" })];
    expect(named("order-api", containers, { ORDER_API_IMAGE_TAG: "1.11" })).toEqual({
      containers: [
        container({ name: "api", image: { ...image, tag: "1.11" }, cpu: 128 }),
        container({ name: "proxy" }),
      ],
      rejected: [],
      warned: [],
    });
  });

  test("replaces tag and digest together: those of two builds would not agree", () => {
    const byBoth = withImage({ repository: "demo", tag: "1.10", digest: DIGEST });
    expect(imagesOf(named("shop", [byBoth], { SHOP_IMAGE_TAG: "1.11" }))).toEqual([
      { repository: "demo", tag: "1.11" },
    ]);
    expect(imagesOf(named("shop", [byBoth], { SHOP_IMAGE_DIGEST: DIGEST }))).toEqual([
      { repository: "demo", digest: DIGEST },
    ]);
  });

  test("names the build of an image that has none", () =>
    expect(imagesOf(named("shop", [withImage({ repository: "demo" })], { SHOP_IMAGE_TAG: `1.11@${DIGEST}` }))).toEqual([
      { repository: "demo", tag: "1.11", digest: DIGEST },
    ]));

  test("moves all containers of the repository together", () => {
    const containers = [
      withImage({ repository: "demo", tag: "1.10" }),
      withImage(FOREIGN, "proxy"),
      withImage({ repository: "demo", tag: "1.10", pinning: "label" }, "worker"),
      withImage({ repository: "other", tag: "1.10" }, "other"),
      withImage({ repository: "demo", tag: "1.10", registryId: "111122223333" }, "theirs"),
    ];
    expect(imagesOf(named("shop", containers, { SHOP_IMAGE_TAG: "1.11" }))).toEqual([
      { repository: "demo", tag: "1.11" },
      FOREIGN,
      { repository: "demo", tag: "1.11", pinning: "label" },
      { repository: "other", tag: "1.10" },
      { repository: "demo", tag: "1.10", registryId: "111122223333" },
    ]);
  });

  test.each<[string, Accounts]>([
    ["the registry's", { registry: "111122223333", environment: "444455556666" }],
    ["the environment's", { environment: "111122223333" }],
  ])("moves them together where one of them spells %s account out", (_whose, accounts) => {
    const demo = { repository: "demo", tag: "1.10" };
    const containers = [withImage(demo), withImage({ ...demo, registryId: "111122223333" }, "worker")];
    const images = imagesOf(named("shop", containers, { SHOP_IMAGE_TAG: "1.11" }, accounts)) as { tag: string }[];
    expect(images.map(({ tag }) => tag)).toEqual(["1.11", "1.11"]);
  });

  test("is rejected where the containers of the repository run different builds", () => {
    const containers = [
      withImage({ repository: "demo", tag: "web-1.10" }),
      withImage({ repository: "demo", tag: "worker-1.10" }, "worker"),
    ];
    expect(named("shop", containers, { SHOP_IMAGE_TAG: "web-1.11" })).toEqual({
      containers,
      rejected: [
        'CI names one build of repository "demo", but container "worker" runs another one than the first container; give them the same tag and digest, or none',
      ],
      warned: [],
    });
  });

  test.each([{}, { SHOP_IMAGE_TAG: undefined }, { API_IMAGE_TAG: "1.11" }, { shop_image_tag: "1.11" }])(
    "is none where no variable is set: %j",
    (variables) => expect(named("shop", [container()], variables).containers).toStrictEqual([container()]),
  );

  test("that is not valid is rejected once, and changes nothing", () =>
    expect(named("shop", [container()], { SHOP_IMAGE_TAG: "a b" })).toStrictEqual({
      containers: [container()],
      rejected: [expect.stringMatching(/^SHOP_IMAGE_TAG "a b" is not valid; use 1 to 128 letters/)],
      warned: [],
    }));

  test("is rejected where the first container is from another registry", () =>
    expect(named("shop", [withImage(FOREIGN)], { SHOP_IMAGE: `demo@${DIGEST}` }).rejected).toEqual([
      'SHOP_IMAGE is set, but the image of container "web" is pinned in the config; unset SHOP_IMAGE, or give the image as { repository, tag }',
    ]));
});

describe("the account of a whole reference", () => {
  const rejectedIn = (accounts: Accounts, registryId?: string): readonly string[] =>
    named("shop", [withImage({ repository: "demo", registryId })], { SHOP_IMAGE: `${HOST}/demo:1.11` }, accounts)
      .rejected;
  const fault = (account: string): string =>
    `SHOP_IMAGE "${HOST}/demo:1.11" is in account 012345678901, but the service takes its image from ${account}; add the digest, or correct one of them`;

  test.each<[string, Accounts, string | undefined]>([
    ["the image's", { registry: "111122223333", environment: "111122223333" }, "012345678901"],
    ["the registry's", { registry: "012345678901", environment: "111122223333" }, undefined],
    ["the environment's", { environment: "012345678901" }, undefined],
    ["not known", {}, undefined],
  ])("may be %s", (_what, accounts, registryId) => expect(rejectedIn(accounts, registryId)).toEqual([]));

  test("must be that of the repository", () => {
    expect(rejectedIn({}, "111122223333")).toEqual([fault("111122223333")]);
    expect(rejectedIn({ registry: "444455556666", environment: "012345678901" })).toEqual([fault("444455556666")]);
    expect(rejectedIn({ environment: "777788889999" })).toEqual([fault("777788889999")]);
  });
});

describe("a variable for the build of a service that does not exist", () => {
  const services = [service({ name: "demo" }), service({ name: "order-api" })];

  test("is warned about by name, in alphabetical order", () =>
    expect(
      unknownBuilds(config({ services }), {
        ZOO_IMAGE_TAG: "1",
        DEMOO_IMAGE_TAG: "",
        ORDER_API_IMAGE_TAG: "1",
        DEMOO_IMAGE_DIGEST: "x",
        DEMOO_IMAGE: `${HOST}/team/web:1.11`,
        DEMO_IMAGE: `${HOST}/team/web:1.11`,
      }),
    ).toEqual([
      "warning: DEMOO_IMAGE_TAG is set, but no service or job has that name; choose DEMO_IMAGE_TAG or ORDER_API_IMAGE_TAG",
      "warning: ZOO_IMAGE_TAG is set, but no service or job has that name; choose DEMO_IMAGE_TAG or ORDER_API_IMAGE_TAG",
      "warning: DEMOO_IMAGE_DIGEST is set, but no service or job has that name; choose DEMO_IMAGE_DIGEST or ORDER_API_IMAGE_DIGEST",
      "warning: DEMOO_IMAGE is set, but no service or job has that name; choose DEMO_IMAGE or ORDER_API_IMAGE",
    ]));

  test("is not one that only looks like it, or that is not set", () =>
    expect(
      unknownBuilds(config({ services }), {
        DEMOO_IMAGE_TAGS: "1",
        IMAGE_TAG: "1",
        HOME: "/",
        DEMOO_IMAGE_TAG: undefined,
        CI_JOB_IMAGE: "node:20",
        RUNNER_IMAGE: "not a reference",
      }),
    ).toEqual([]));
});
