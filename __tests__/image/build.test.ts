import { formatBuild, parseBuild } from "../../src/image";
import { rejection } from "../support/rejection";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  ["1.11", { tag: "1.11" }],
  ["a".repeat(128), { tag: "a".repeat(128) }],
  [`1.11@${DIGEST}`, { tag: "1.11", digest: DIGEST }],
])("%s is a build, and is written like that", (text, build) => {
  expect(parseBuild(text)).toStrictEqual(build);
  expect(formatBuild(build)).toBe(text);
});

test("a build may be written as its digest", () => expect(formatBuild({ digest: DIGEST })).toBe(DIGEST));

test.each(["", "a b", ".1", `@${DIGEST}`, DIGEST, "demo:1.11"])("%j has no valid tag", (text) =>
  expect(rejection(() => parseBuild(text))).toBe(
    'is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
  ),
);

test.each(["1.11@", `1.11@${DIGEST}0`, `1@${DIGEST}@${DIGEST}`])("%j has no valid digest", (text) =>
  expect(rejection(() => parseBuild(text))).toMatch(
    /^has a digest ".*" that is not valid; use "sha256:" and 64 lower-case hexadecimal digits$/,
  ),
);
