import { checkDigest, checkEcrRepository, checkRegistry, checkRepository, checkTag } from "../../src/image";
import { rejection, uncompiled } from "../support/rejection";

const HEX = "0123456789abcdef".repeat(4);

describe("a tag", () => {
  test.each(["1", "1.10", "latest", "_hidden", "V1_0-rc.1", "a".repeat(128), "9.-_"])("may be %s", (tag) =>
    expect(() => checkTag(tag)).not.toThrow(),
  );

  test.each<[unknown, string]>([
    ["", '""'],
    [".1", '".1"'],
    ["-1", '"-1"'],
    ["a b", '"a b"'],
    ["1.10\n", '"1.10\\n"'],
    ["\n1.10", '"\\n1.10"'],
    ["team/1", '"team/1"'],
    ["1:2", '"1:2"'],
    ["1@2", '"1@2"'],
    ["1+2", '"1+2"'],
    ["é", '"é"'],
    ["a".repeat(129), `"${"a".repeat(75)}…"`],
    [110, "110"],
    [undefined, "undefined"],
    [null, "null"],
  ])("is rejected as %j", (tag, shown) =>
    expect(rejection(() => checkTag(uncompiled(tag)))).toBe(
      `tag ${shown} is not valid; use 1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"`,
    ),
  );
});

describe("a digest", () => {
  test("may be sha256: and 64 lower-case hexadecimal digits", () =>
    expect(() => checkDigest(`sha256:${HEX}`)).not.toThrow());

  test.each<[string, unknown, string]>([
    ["empty", "", '""'],
    ["without algorithm", HEX, `"${HEX}"`],
    ["with something before it", `a sha256:${HEX}`, `"a sha256:${HEX}"`],
    ["in upper case", `sha256:${HEX.toUpperCase()}`, `"sha256:${HEX.toUpperCase()}"`],
    ["with an algorithm in upper case", `SHA256:${HEX}`, `"SHA256:${HEX}"`],
    ["of 63 digits", `sha256:${HEX.slice(1)}`, `"sha256:${HEX.slice(1)}"`],
    ["of 65 digits", `sha256:${HEX}0`, `"sha256:${HEX}0"`],
    ["of another algorithm", `sha512:${HEX}${HEX}`, `"sha512:${HEX}0123…"`],
    ["with a letter that is no digit", `sha256:g${HEX.slice(1)}`, `"sha256:g${HEX.slice(1)}"`],
    ["with a line feed", `sha256:${HEX}\n`, `"sha256:${HEX}\\n"`],
    ["that is no text", 256, "256"],
    ["that is missing", undefined, "undefined"],
  ])("is rejected %s", (_, digest, shown) =>
    expect(rejection(() => checkDigest(uncompiled(digest)))).toBe(
      `digest ${shown} is not valid; use "sha256:" and 64 lower-case hexadecimal digits`,
    ),
  );
});

const REPOSITORIES = ["demo", "7", "team/demo", "a/b/c/d", "a.b", "a_b", "a__b", "a-b", "a---b", "a1-2.b_3__c/d-e"];

const NO_REPOSITORIES: [unknown, string][] = [
  ["", '""'],
  ["Demo", '"Demo"'],
  ["team/Demo", '"team/Demo"'],
  ["/demo", '"/demo"'],
  ["demo/", '"demo/"'],
  ["team//demo", '"team//demo"'],
  [".demo", '".demo"'],
  ["demo.", '"demo."'],
  ["-demo", '"-demo"'],
  ["demo-/web", '"demo-/web"'],
  ["_demo", '"_demo"'],
  ["a..b", '"a..b"'],
  ["a___b", '"a___b"'],
  ["a.-b", '"a.-b"'],
  ["a b", '"a b"'],
  ["a:b", '"a:b"'],
  ["a@b", '"a@b"'],
  ["demo\n", '"demo\\n"'],
  [17, "17"],
  [undefined, "undefined"],
];

describe("a repository", () => {
  test.each([...REPOSITORIES, "a".repeat(255)])("may be %s", (repository) =>
    expect(() => checkRepository(repository)).not.toThrow(),
  );

  test.each<[unknown, string]>([...NO_REPOSITORIES, ["a".repeat(256), `"${"a".repeat(75)}…"`]])(
    "is rejected as %j",
    (repository, shown) =>
      expect(rejection(() => checkRepository(uncompiled(repository)))).toBe(
        `repository ${shown} is not valid; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", at most 255 characters`,
      ),
  );
});

describe("a repository in Amazon ECR", () => {
  test.each([...REPOSITORIES.filter((repository) => repository !== "7"), "ab", "a".repeat(256)])(
    "may be %s",
    (repository) => expect(() => checkEcrRepository(repository)).not.toThrow(),
  );

  test.each<[unknown, string]>([
    ...NO_REPOSITORIES,
    ["7", '"7"'],
    ["a".repeat(257), `"${"a".repeat(75)}…"`],
    ["registry.example.com:443/demo", '"registry.example.com:443/demo"'],
  ])("is rejected as %j", (repository, shown) =>
    expect(rejection(() => checkEcrRepository(uncompiled(repository)))).toBe(
      `repository ${shown} is not valid in Amazon ECR; use lower-case letters and digits, joined by ".", "_", "__", "-" or "/", 2 to 256 characters, no registry host`,
    ),
  );
});

test.each([
  ["123456789012.dkr.ecr.us-east-1.amazonaws.com/demo", "demo"],
  ["123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/demo", "team/demo"],
  ["123456789012.dkr-ecr.us-east-1.on.aws/demo", "demo"],
])("an address in Amazon ECR is rejected as a repository: %s", (address, repository) =>
  expect(rejection(() => checkEcrRepository(address))).toBe(
    `repository "${address}" begins with a registry host; write "${repository}", with registryId if another account owns it`,
  ),
);

describe("a registry", () => {
  test.each([
    "docker.io",
    "localhost",
    "localhost:5000",
    "public.ecr.aws",
    "Registry.Example.com:443",
    "a",
    "1.2.3.4:1",
  ])("may be %s", (registry) => expect(() => checkRegistry(registry)).not.toThrow());

  test.each([
    ["", '""'],
    ["-a.io", '"-a.io"'],
    ["a-.io", '"a-.io"'],
    ["a.-b", '"a.-b"'],
    ["a.b-", '"a.b-"'],
    ["a..b", '"a..b"'],
    [".io", '".io"'],
    ["a.", '"a."'],
    ["a_b.io", '"a_b.io"'],
    ["a.io:", '"a.io:"'],
    ["a.io:port", '"a.io:port"'],
    ["a.io:123456", '"a.io:123456"'],
    ["a.io/b", '"a.io/b"'],
    ["https://a.io", '"https://a.io"'],
    ["a.io\n", '"a.io\\n"'],
  ])("is rejected as %j", (registry, shown) =>
    expect(rejection(() => checkRegistry(registry))).toBe(
      `registry ${shown} is not valid; use a host name with an optional port`,
    ),
  );
});
