import { quote } from "../../src/errors";
import { ecrImage, image, isSameRepository, namesBuild, type EcrImage } from "../../src/model/image";
import { object } from "../../src/model/leaves";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const TAG_RULE = 'use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"';
const REPOSITORY_RULE =
  'use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, without the registry host (registryId names another account)';

const VALID: EcrImage = { repository: "team/demo", tag: "1.10" };

describe("an image in Amazon ECR", () => {
  test("is pinned by digest by default", () =>
    expect(ecrImage.parse(VALID)).toStrictEqual({ ...VALID, pinning: "digest" }));

  test("without repository is rejected", () =>
    expect(lines(ecrImage, {})).toEqual([`it: repository is missing; ${REPOSITORY_RULE}`]));

  test.each<Partial<EcrImage>>([{}, { tag: "1.10" }, { digest: DIGEST }, { tag: "1.10", digest: DIGEST }])(
    "may be named by %j",
    (build) => expect(lines(ecrImage, { repository: "team/demo", ...build })).toEqual([]),
  );

  test("with pinning label needs a tag beside a digest", () => {
    const byDigest = { repository: "team/demo", pinning: "label", digest: DIGEST };
    expect(lines(ecrImage, byDigest)).toEqual([
      'it: pinning "label" needs a tag beside the digest; add it, or use pinning "digest"',
    ]);
    expect(lines(ecrImage, { ...byDigest, tag: "1.10" })).toEqual([]);
    expect(lines(ecrImage, { ...byDigest, digest: undefined })).toEqual([]);
  });

  describeProperties(ecrImage, VALID, [
    [
      "repository",
      ["dd", "team/demo", "a__b", "d".repeat(210), REFERENCE],
      [
        ...["", "d", "Demo", "demo/", "registry.example.com:443/demo", "d".repeat(257)],
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/demo",
      ],
      REPOSITORY_RULE,
    ],
    ["tag", ["1", "1.10", "1".repeat(128), REFERENCE], ["", ".1", "demo:1", `1@${DIGEST}`, 1.1, null], TAG_RULE],
    [
      "digest",
      [DIGEST, REFERENCE],
      ["", "sha256:abc", DIGEST.toUpperCase(), DIGEST.slice(7), `${DIGEST}0`, null],
      'use "sha256:" and 64 lower-case hexadecimal digits',
    ],
    ["pinning", ["digest", "label"], ["tag", "Digest"], "choose digest or label"],
    [
      "registryId",
      ["012345678901", REFERENCE],
      ["12345678901", "1234567890123", "12345678901a", 123456789012],
      "use the 12 digits of an AWS account in quotes",
    ],
  ]);

  test.each([
    { pinning: "digest", repository: "d".repeat(211), tag: "1", what: "repository" },
    { pinning: "label", repository: "d".repeat(110), tag: "1".repeat(100), what: "repository and tag" },
  ])("with pinning $pinning, rejects a name that is too long for ECS by one character", ({ what, ...value }) => {
    expect(lines(ecrImage, value)).toEqual([
      `it: ${what} "${"d".repeat(75)}…" has 211 characters; Amazon ECS allows at most 210 after the address of the registry`,
    ]);
    expect(lines(ecrImage, { ...value, repository: value.repository.slice(1) })).toEqual([]);
  });

  test("with a reference in its name is not checked for length", () =>
    expect(lines(ecrImage, { pinning: "label", repository: "d".repeat(210), tag: REFERENCE })).toEqual([]));
});

describe("the image of a container", () => {
  const linesOf = (value: unknown): string[] => lines(object({ image }), { image: value });

  test.each<unknown>([
    VALID,
    `nginx@${DIGEST}`,
    `nginx:1.27@${DIGEST}`,
    `public.ecr.aws/docker/library/nginx:1.27@${DIGEST}`,
    `localhost:5000/web@${DIGEST}`,
    `dkr.ecr.example.com/web@${DIGEST}`,
    `mirror.123456789012.dkr.ecr.example.com/web@${DIGEST}`,
  ])("may be %j", (value) => expect(linesOf(value)).toEqual([]));

  test.each([
    ["nginx:1.27", "nginx:1.27@sha256:…"],
    ["public.ecr.aws/nginx/nginx", "public.ecr.aws/nginx/nginx@sha256:…"],
  ])("rejects %s, which has no digest, and shows where it goes", (reference, pinned) =>
    expect(linesOf(reference)).toEqual([
      `it: image "${reference}" is not pinned; add its digest (${pinned}), or write { repository, tag } for an image in Amazon ECR`,
    ]),
  );

  test.each([
    "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
    "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
    "123456789012.dkr-ecr.us-east-1.on.aws",
  ])("rejects one in %s, pinned or not, and shows how to look it up", (host) => {
    for (const reference of [`${host}/team/a:1`, `${host}/team/a@${DIGEST}`]) {
      expect(linesOf(reference)).toEqual([
        `it: image ${quote(reference)} is in Amazon ECR; write { repository: "team/a", tag: … }, with registryId if another account owns it`,
      ]);
    }
  });

  test.each([
    [
      "nginx@sha256:abc",
      'has a digest "sha256:abc" that is not valid; use "sha256:" and 64 lower-case hexadecimal digits',
    ],
    ["nginx:.1", `has a tag ".1" that is not valid; ${TAG_RULE}`],
    [
      "",
      'has a repository "" that is not valid; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", at most 255 characters',
    ],
  ])("rejects %j and says which part is wrong", (reference, message) =>
    expect(linesOf(reference)).toEqual([`it: image "${reference}" ${message}`]),
  );

  test.each([[null], [["nginx"]], [1], [REFERENCE], [`nginx@${REFERENCE}`]])("rejects %j", (value) =>
    expect(linesOf(value)).toEqual([
      `it: image ${quote(value)} is not an image; write { repository, tag }, or a reference with its digest`,
    ]),
  );

  test("says when it is missing", () =>
    expect(linesOf(undefined)).toEqual([
      "it: image is missing; write { repository, tag }, or a reference with its digest",
    ]));

  test("names what is wrong with one in Amazon ECR", () =>
    expect(linesOf({ repository: "Demo", digets: DIGEST, tag: "" })).toEqual([
      `it: image: repository "Demo" is not valid; ${REPOSITORY_RULE}`,
      `it: image: tag "" is not valid; ${TAG_RULE}`,
      'it: image: unknown property "digets"; did you mean "digest"?',
    ]));
});

test.each<[Partial<EcrImage>, boolean]>([
  [{}, false],
  [{ tag: "1.10" }, true],
  [{ digest: DIGEST }, true],
])("an image with %j names its build: %s", (build, expected) =>
  expect(namesBuild({ repository: "demo", ...build })).toBe(expected),
);

test("images are of one repository if its name and its account are the same", () => {
  const demo = { repository: "demo", registryId: "012345678901" };
  expect(isSameRepository(demo, { ...demo, tag: "1.11", pinning: "label" })).toBe(true);
  expect(isSameRepository(demo, { ...demo, repository: "other" })).toBe(false);
  expect(isSameRepository(demo, { repository: "demo" })).toBe(false);
});
