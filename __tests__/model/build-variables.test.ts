import {
  buildVariables,
  isSameBuild,
  namedBuild,
  repositoryOf,
  type BuildSource,
} from "../../src/model/build-variables";
import { rejection } from "../support/rejection";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const OTHER = `sha256:${"f".repeat(64)}`;
const HOST = "012345678901.dkr.ecr.us-east-1.amazonaws.com";

const SOURCE: BuildSource = { repository: "team/demo", regions: ["us-east-1"] };

const named = (variables: Readonly<Record<string, string>>, source: Partial<BuildSource> = {}): unknown =>
  namedBuild("demo", { ...SOURCE, ...source }, variables);
const rejected = (variables: Readonly<Record<string, string>>, source: Partial<BuildSource> = {}): string =>
  rejection(() => named(variables, source));

describe("the variables of a service", () => {
  test.each([
    ["demo", ["DEMO_IMAGE_TAG", "DEMO_IMAGE_DIGEST", "DEMO_IMAGE"]],
    ["order-api", ["ORDER_API_IMAGE_TAG", "ORDER_API_IMAGE_DIGEST", "ORDER_API_IMAGE"]],
    ["a-b-c2", ["A_B_C2_IMAGE_TAG", "A_B_C2_IMAGE_DIGEST", "A_B_C2_IMAGE"]],
  ])("%s are %j", (service, names) => expect(Object.values(buildVariables(service))).toEqual(names));
});

describe("a build that is named", () => {
  test.each<[Readonly<Record<string, string>>, unknown]>([
    [{}, undefined],
    [{ SHOP_IMAGE_TAG: "1.11", demo_image_tag: "1.11" }, undefined],
    [{ DEMO_IMAGE_TAG: "1.11" }, { tag: "1.11" }],
    [{ DEMO_IMAGE_TAG: `1.11@${DIGEST}` }, { tag: "1.11", digest: DIGEST }],
    [{ DEMO_IMAGE_DIGEST: DIGEST }, { digest: DIGEST }],
    [
      { DEMO_IMAGE_TAG: "1.11", DEMO_IMAGE_DIGEST: DIGEST },
      { tag: "1.11", digest: DIGEST },
    ],
    [{ DEMO_IMAGE: "team/demo:1.11" }, { tag: "1.11" }],
    [{ DEMO_IMAGE: `${HOST}/team/demo:1.11` }, { tag: "1.11" }],
    [{ DEMO_IMAGE: `${HOST}/team/demo@${DIGEST}` }, { digest: DIGEST }],
    [{ DEMO_IMAGE: `${HOST}/team/demo:1.11@${DIGEST}` }, { tag: "1.11", digest: DIGEST }],
    [
      { DEMO_IMAGE: `${HOST}/team/demo:1.11@${DIGEST}`, DEMO_IMAGE_TAG: "1.11", DEMO_IMAGE_DIGEST: DIGEST },
      { tag: "1.11", digest: DIGEST },
    ],
  ])("by %j is %j", (variables, build) => expect(named(variables)).toStrictEqual(build));

  test("may be in the account of the repository", () =>
    expect(named({ DEMO_IMAGE: `${HOST}/team/demo:1.11` }, { accountId: "012345678901" })).toEqual({ tag: "1.11" }));
});

describe("a value that is no build of the service", () => {
  const TAG_RULE = 'is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"';

  test.each([
    ["DEMO_IMAGE_TAG", "", TAG_RULE],
    ["DEMO_IMAGE_TAG", "1 10", TAG_RULE],
    [
      "DEMO_IMAGE_TAG",
      "1.11@sha256:abc",
      'has a digest "sha256:abc" that is not valid; use "sha256:" and 64 lower-case hexadecimal digits',
    ],
    ["DEMO_IMAGE_DIGEST", "", 'is not valid; use "sha256:" and 64 lower-case hexadecimal digits'],
    ["DEMO_IMAGE_DIGEST", "1.11", 'is not valid; use "sha256:" and 64 lower-case hexadecimal digits'],
    ["DEMO_IMAGE", `${HOST}/team/demo`, "has neither tag nor digest; add one of them"],
    [
      "DEMO_IMAGE",
      `${HOST}/team/other:1.11`,
      'is in repository "team/other", but the service takes its image from "team/demo"; correct one of them',
    ],
    ["DEMO_IMAGE", "ghcr.io/team/demo:1.11", "is not in Amazon ECR; push the build there, and name it by that address"],
    [
      "DEMO_IMAGE",
      "team/demo:.1",
      'has a tag ".1" that is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
    ],
  ])("%s %j is rejected", (variable, value, message) =>
    expect(rejected({ [variable]: value })).toBe(`${variable} ${JSON.stringify(value)} ${message}`),
  );

  test.each([
    [{ accountId: "111122223333" }, "account 012345678901", "111122223333"],
    [{ regions: ["eu-west-1", "eu-north-1"] }, "us-east-1", "eu-west-1 or eu-north-1"],
  ])("is a tag elsewhere than in %j, where it may point at another build", (source, there, here) => {
    const reference = `${HOST}/team/demo:1.11`;
    expect(rejected({ DEMO_IMAGE: reference }, source)).toBe(
      `DEMO_IMAGE "${reference}" is in ${there}, but the service takes its image from ${here}; add the digest, or correct one of them`,
    );
    expect(named({ DEMO_IMAGE: `${reference}@${DIGEST}` }, source)).toEqual({ tag: "1.11", digest: DIGEST });
  });

  test("may be meant for another variable", () => {
    expect(rejected({ DEMO_IMAGE_TAG: DIGEST })).toBe(
      `DEMO_IMAGE_TAG "${DIGEST}" is a digest; set DEMO_IMAGE_DIGEST instead`,
    );
    expect(rejected({ DEMO_IMAGE_TAG: "team/demo:1.11" })).toBe(
      'DEMO_IMAGE_TAG "team/demo:1.11" is a whole reference; set DEMO_IMAGE instead',
    );
  });
});

describe("variables that contradict each other", () => {
  test.each([
    [
      { DEMO_IMAGE_TAG: "1.11", DEMO_IMAGE: `team/demo:1.12@${DIGEST}` },
      `DEMO_IMAGE_TAG names "1.11" and DEMO_IMAGE names "1.12@${DIGEST}"; unset one of them`,
    ],
    [
      { DEMO_IMAGE_TAG: `1.11@${OTHER}`, DEMO_IMAGE_DIGEST: DIGEST },
      `DEMO_IMAGE_TAG names "1.11@${OTHER}" and DEMO_IMAGE_DIGEST names "${DIGEST}"; unset one of them`,
    ],
  ])("%j are rejected", (variables, message) => expect(rejected(variables)).toBe(message));
});

test("builds are the same if tag and digest are", () => {
  expect(isSameBuild({ tag: "1" }, { tag: "1" })).toBe(true);
  expect(isSameBuild({ tag: "1" }, { tag: "1", digest: DIGEST })).toBe(false);
  expect(isSameBuild({ tag: "1", digest: DIGEST }, { tag: "2", digest: DIGEST })).toBe(false);
});

test("the repository of a reference is known, and a text that is none has none", () => {
  expect(repositoryOf(`${HOST}/team/demo:1.11`)).toBe("team/demo");
  expect(repositoryOf("not a reference")).toBeUndefined();
});
