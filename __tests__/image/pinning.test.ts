import { checkPinning, rejectIdentityLabels } from "../../src/image";
import { rejection, uncompiled } from "../support/rejection";

describe("a pinning", () => {
  test.each(["digest", "label"])("may be %s", (pinning) => expect(() => checkPinning(pinning)).not.toThrow());

  test.each<[unknown, string]>([
    ["tag", '"tag"'],
    ["Digest", '"Digest"'],
    ["", '""'],
    [undefined, "undefined"],
  ])("is rejected as %j", (pinning, shown) =>
    expect(rejection(() => checkPinning(uncompiled(pinning)))).toBe(
      `pinning ${shown} does not exist; choose digest or label`,
    ),
  );
});

describe("Docker labels of the user's own", () => {
  test("may be any but those two", () =>
    expect(() => rejectIdentityLabels({ team: "web", image: "a", image_tags: "b", IMAGE_TAG: "c" })).not.toThrow());

  test.each(["image_tag", "image_digest"])("are rejected with %s, even an empty one", (label) =>
    expect(rejection(() => rejectIdentityLabels({ team: "web", [label]: "" }))).toBe(
      `dockerLabels: "${label}" is written by the pinned image and cannot be set; remove it or choose another name`,
    ),
  );
});
