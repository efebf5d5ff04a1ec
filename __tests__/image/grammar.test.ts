import { DIGEST, ECR_REPOSITORY, TAG, isPrivateEcr } from "../../src/image";
import { REGISTRY, REPOSITORY, type Rule } from "../../src/image/grammar";

const HEX = "0123456789abcdef".repeat(4);

const PATHS = ["demo", "team/demo", "a/b/c/d", "a.b", "a_b", "a__b", "a-b", "a---b", "a1-2.b_3__c/d-e"];
const NO_PATHS = [
  ...["", "Demo", "team/Demo", "/demo", "demo/", "team//demo", ".demo", "demo.", "-demo", "demo-/web", "_demo"],
  ...["a..b", "a___b", "a.-b", "a b", "a:b", "a@b", "demo\n", "\ndemo", "é", "registry.example.com:443/demo"],
];

const RULES: readonly { what: string; rule: Rule; accepted: string[]; rejected: string[] }[] = [
  {
    what: "a tag",
    rule: TAG,
    accepted: ["1", "1.10", "latest", "_hidden", "V1_0-rc.1", "a".repeat(128), "9.-_"],
    rejected: ["", ".1", "-1", "a b", "1.10\n", "\n1.10", "team/1", "1:2", "1@2", "1+2", "é", "a".repeat(129)],
  },
  {
    what: "a digest",
    rule: DIGEST,
    accepted: [`sha256:${HEX}`],
    rejected: [
      ...["", HEX, `a sha256:${HEX}`, `sha256:${HEX.toUpperCase()}`, `SHA256:${HEX}`, `sha256:${HEX.slice(1)}`],
      ...[`sha256:${HEX}0`, `sha512:${HEX}${HEX}`, `sha256:g${HEX.slice(1)}`, `sha256:${HEX}\n`],
    ],
  },
  {
    what: "a repository",
    rule: REPOSITORY,
    accepted: [...PATHS, "7", "a".repeat(255), "123456789012.dkr.ecr.us-east-1.amazonaws.com/demo"],
    rejected: [...NO_PATHS, "a".repeat(256)],
  },
  {
    what: "a repository in Amazon ECR",
    rule: ECR_REPOSITORY,
    accepted: [...PATHS, "ab", "a".repeat(256), "registry.example.com/demo"],
    rejected: [
      ...NO_PATHS,
      ...["7", "a".repeat(257)],
      "123456789012.dkr.ecr.us-east-1.amazonaws.com/demo",
      "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/demo",
      "123456789012.dkr-ecr.us-east-1.on.aws/demo",
    ],
  },
  {
    what: "a registry",
    rule: REGISTRY,
    accepted: [
      "docker.io",
      "localhost",
      "localhost:5000",
      "public.ecr.aws",
      "Registry.Example.com:443",
      "a",
      "1.2.3.4:1",
    ],
    rejected: [
      ...["", "-a.io", "a-.io", "a.-b", "a.b-", "a..b", ".io", "a.", "a_b.io", "a.io:", "a.io:port", "a.io:123456"],
      ...["a.io/b", "https://a.io", "a.io\n"],
    ],
  },
];

describe.each(RULES)("$what", ({ rule, accepted, rejected }) => {
  test.each(accepted)("may be %j", (text) => expect(rule.accepts(text)).toBe(true));
  test.each(rejected)("may not be %j", (text) => expect(rule.accepts(text)).toBe(false));
});

describe("a private registry in Amazon ECR", () => {
  test.each([
    "123456789012.dkr.ecr.us-east-1.amazonaws.com",
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
    "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
    "123456789012.dkr-ecr.us-east-1.on.aws",
  ])("is %s", (host) => expect(isPrivateEcr(host)).toBe(true));

  test.each([
    "public.ecr.aws",
    "dkr.ecr.example.com",
    "mirror.123456789012.dkr.ecr.example.com",
    "12345678901.dkr.ecr.us-east-1.amazonaws.com",
    "123456789012.dkr.example.com",
  ])("is not %s", (host) => expect(isPrivateEcr(host)).toBe(false));
});
