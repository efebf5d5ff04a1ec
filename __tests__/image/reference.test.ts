import fc from "fast-check";

import { formatImageReference, parseImageReference, type ImageReference } from "../../src/image";
import { InvalidInputError } from "../../src/errors";
import { ONE_LINE, rejection } from "../support/rejection";

const HEX = "0123456789abcdef".repeat(4);
const DIGEST = `sha256:${HEX}`;
const TAG_RULE = 'use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"';
const REPOSITORY_RULE =
  'use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", at most 255 characters';

describe("an image reference", () => {
  test.each<[string, ImageReference]>([
    ["nginx", { repository: "nginx" }],
    ["nginx:1.27", { repository: "nginx", tag: "1.27" }],
    [`nginx@${DIGEST}`, { repository: "nginx", digest: DIGEST }],
    [`nginx:1.27@${DIGEST}`, { repository: "nginx", tag: "1.27", digest: DIGEST }],
    ["library/nginx", { repository: "library/nginx" }],
    ["localhost", { repository: "localhost" }],
    ["localhost:5000", { repository: "localhost", tag: "5000" }],
    ["localhost/nginx", { registry: "localhost", repository: "nginx" }],
    ["localhost:5000/nginx:1.27", { registry: "localhost:5000", repository: "nginx", tag: "1.27" }],
    ["host:5000/a/b", { registry: "host:5000", repository: "a/b" }],
    [
      `public.ecr.aws/docker/library/nginx:1.27@${DIGEST}`,
      { registry: "public.ecr.aws", repository: "docker/library/nginx", tag: "1.27", digest: DIGEST },
    ],
    ["localhosts/nginx", { repository: "localhosts/nginx" }],
    ["a/b.c:d", { repository: "a/b.c", tag: "d" }],
  ])("%s is taken apart", (text, reference) => expect(parseImageReference(text)).toStrictEqual(reference));

  test.each<[string, string]>([
    ["", `repository "" is not valid; ${REPOSITORY_RULE}`],
    ["a.io/", `repository "" is not valid; ${REPOSITORY_RULE}`],
    ["/nginx", `repository "/nginx" is not valid; ${REPOSITORY_RULE}`],
    ["Nginx", `repository "Nginx" is not valid; ${REPOSITORY_RULE}`],
    [":1.27", `repository "" is not valid; ${REPOSITORY_RULE}`],
    ["nginx:", `tag "" is not valid; ${TAG_RULE}`],
    ["nginx:1.27 ", `tag "1.27 " is not valid; ${TAG_RULE}`],
    ["nginx:1:2", `tag "1:2" is not valid; ${TAG_RULE}`],
    ["nginx:a/b", 'registry "nginx:a" is not valid; use a host name with an optional port'],
    ["docker://nginx", 'registry "docker:" is not valid; use a host name with an optional port'],
    ["a_b.io/nginx", 'registry "a_b.io" is not valid; use a host name with an optional port'],
    ["nginx@", 'digest "" is not valid; use "sha256:" and 64 lower-case hexadecimal digits'],
    ["nginx@1.27", 'digest "1.27" is not valid; use "sha256:" and 64 lower-case hexadecimal digits'],
    ["nginx@a@b", 'digest "a@b" is not valid; use "sha256:" and 64 lower-case hexadecimal digits'],
  ])("fails as %j, naming the whole and the part that is wrong", (text, message) =>
    expect(rejection(() => parseImageReference(text))).toBe(`image "${text}": ${message}`),
  );

  test("fails with a digest in upper case", () =>
    expect(rejection(() => parseImageReference(`nginx:1.27@sha256:${HEX.toUpperCase()}`))).toBe(
      `image "nginx:1.27@sha256:${HEX.toUpperCase().slice(0, 57)}…": digest "sha256:${HEX.toUpperCase()}" is not valid; use "sha256:" and 64 lower-case hexadecimal digits`,
    ));

  test("may have 255 characters before the digest", () =>
    expect(parseImageReference(`a.io/${"b".repeat(248)}:c@${DIGEST}`).digest).toBe(DIGEST));

  test("fails with 256 characters before the digest", () =>
    expect(rejection(() => parseImageReference(`a.io/${"b".repeat(249)}:c@${DIGEST}`))).toBe(
      `image "a.io/${"b".repeat(70)}…": 256 characters before "@"; Amazon ECS takes 255`,
    ));

  test("is the same text when it is put together again", () => {
    fc.assert(
      fc.property(references, (reference) => {
        expect(parseImageReference(formatImageReference(reference))).toStrictEqual(reference);
      }),
    );
  });

  test("is either the same text when it is put together again, or rejected in one line", () => {
    fc.assert(
      fc.property(fc.oneof(nearReferences, fc.string({ unit: "binary" })), (text) => {
        try {
          expect(formatImageReference(parseImageReference(text))).toBe(text);
        } catch (error) {
          if (!(error instanceof InvalidInputError)) throw error;
          expect(error.message).toMatch(ONE_LINE);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

const component = fc.stringMatching(/^[a-z0-9]{1,4}((\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}$/);
const repository = fc.array(component, { minLength: 1, maxLength: 4 }).map((components) => components.join("/"));

/** A registry has a port or a dot, or is `localhost`: else it would be a part of the repository. */
const registry = fc.oneof(
  fc.constant("localhost"),
  fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9-]{0,4}[A-Za-z0-9])?\.[a-z]{2,3}(:[0-9]{1,5})?$/),
  fc.stringMatching(/^[a-z]{1,8}:[0-9]{1,5}$/),
);

/** Without a registry the first of several components must not look like one. */
const plainRepository = repository.filter((path) => !/^([^/]*\.[^/]*|localhost)\//.test(path));

const name = fc.oneof(
  plainRepository.map((path) => ({ repository: path })),
  fc.record({ registry, repository }),
);

const identity = fc.record(
  {
    tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/).map((tag) => tag.slice(0, 128)),
    digest: fc.stringMatching(/^sha256:[0-9a-f]{64}$/),
  },
  { requiredKeys: [] },
);

const references: fc.Arbitrary<ImageReference> = fc
  .tuple(name, identity)
  .map(([host, rest]) => ({ ...host, ...rest }))
  .filter((reference) => formatImageReference({ ...reference, digest: undefined }).length <= 255);

/** References with a few characters that do not belong, and pieces in the wrong order. */
const nearReferences = fc
  .array(fc.oneof(references.map(formatImageReference), fc.constantFrom(":", "@", "/", ".", "\n", "\u2028", "A", "")), {
    maxLength: 4,
  })
  .map((pieces) => pieces.join(""));
