import { identityLabels } from "../../src/image";

const DIGEST = `sha256:${"a".repeat(64)}`;

describe("the labels of an image", () => {
  test("carry the tag if image carries the digest", () =>
    expect(identityLabels("digest", { tag: "1.10", digest: DIGEST })).toStrictEqual({ image_tag: "1.10" }));

  test("carry the digest if image carries the tag", () =>
    expect(identityLabels("label", { tag: "1.10", digest: DIGEST })).toStrictEqual({ image_digest: DIGEST }));

  test("carry nothing for an image that was given by digest alone", () =>
    expect(identityLabels("digest", { tag: undefined, digest: DIGEST })).toStrictEqual({}));
});
