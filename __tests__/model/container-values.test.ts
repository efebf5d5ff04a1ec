import { container } from "../../src/model/container";
import { lines } from "../support/problems";

describe("a value with the tag of the image", () => {
  const DIGEST = `sha256:${"a".repeat(64)}`;
  const VALUES = { environment: { V: { image: "tag" } }, dockerLabels: { "com.example.v": { image: "tag" } } };
  const linesOf = (image: unknown): string[] => lines(container, { name: "web", image, ...VALUES });

  test.each([[{ repository: "demo", tag: "1" }], [{ repository: "demo" }], [`nginx:1@${DIGEST}`]])(
    "is fine with %j",
    (image) => expect(linesOf(image)).toEqual([]),
  );

  test.each([[{ repository: "demo", digest: DIGEST }], [`nginx@${DIGEST}`]])(
    "is rejected with %j, which has none",
    (image) => {
      const message =
        'has the tag of the image, which is named by digest alone; add the tag, or use { image: "digest" }';
      expect(linesOf(image)).toEqual([
        `it: environment: V: ${message}`,
        `it: dockerLabels: "com.example.v": ${message}`,
      ]);
    },
  );
});
