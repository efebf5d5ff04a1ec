import fc from "fast-check";

import { formatImageReference, parseImageReference, type ImageReference } from "../../src/image";
import { InvalidInputError } from "../../src/errors";
import { ONE_LINE, rejection } from "../support/rejection";

const HEX = "0123456789abcdef".repeat(4);
const DIGEST = `sha256:${HEX}`;
const TAG_RULE = 'use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"';
const REPOSITORY_RULE =
  'use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", at most 255 characters';
const REGISTRY_RULE = "use a host name with an optional port";
const DIGEST_RULE = 'use "sha256:" and 64 lower-case hexadecimal digits';

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

  test.each([
    ["", "repository", "", REPOSITORY_RULE],
    ["a.io/", "repository", "", REPOSITORY_RULE],
    ["/nginx", "repository", "/nginx", REPOSITORY_RULE],
    ["Nginx", "repository", "Nginx", REPOSITORY_RULE],
    [":1.27", "repository", "", REPOSITORY_RULE],
    ["nginx:", "tag", "", TAG_RULE],
    ["nginx:1.27 ", "tag", "1.27 ", TAG_RULE],
    ["nginx:1:2", "tag", "1:2", TAG_RULE],
    ["nginx:a/b", "registry", "nginx:a", REGISTRY_RULE],
    ["docker://nginx", "registry", "docker:", REGISTRY_RULE],
    ["a_b.io/nginx", "registry", "a_b.io", REGISTRY_RULE],
    ["nginx@", "digest", "", DIGEST_RULE],
    ["nginx@1.27", "digest", "1.27", DIGEST_RULE],
    ["nginx@a@b", "digest", "a@b", DIGEST_RULE],
    [`nginx:1.27@${DIGEST.toUpperCase()}`, "digest", DIGEST.toUpperCase(), DIGEST_RULE],
    [`Nginx:.1@${HEX}`, "repository", "Nginx", REPOSITORY_RULE],
  ])("is rejected as %j, naming the %s that is wrong", (text, part, shown, rule) =>
    expect(rejection(() => parseImageReference(text))).toBe(`has a ${part} "${shown}" that is not valid; ${rule}`),
  );

  test("may have 255 characters before the digest", () =>
    expect(parseImageReference(`a.io/${"b".repeat(248)}:c@${DIGEST}`).digest).toBe(DIGEST));

  test("is rejected with 256 characters before the digest", () =>
    expect(rejection(() => parseImageReference(`a.io/${"b".repeat(249)}:c@${DIGEST}`))).toBe(
      'has 256 characters before "@"; Amazon ECS allows at most 255',
    ));

  test("is the same text when it is put back together", () => {
    fc.assert(
      fc.property(references, (reference) => {
        expect(parseImageReference(formatImageReference(reference))).toStrictEqual(reference);
      }),
    );
  });

  test("is either the same text when it is put back together, or rejected in one line", () => {
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
