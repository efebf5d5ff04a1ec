import { container } from "../../src/model/container";
import { plainSecretIn } from "../../src/model/plain-secret";
import { REFERENCE, lines } from "../support/problems";

/** Put together here, so that no tool that looks for secrets finds one in this file. */
const ACCESS_KEY = `AKIA${"Q2".repeat(8)}`;
const PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----`;

describe("plainly a secret is", () => {
  test.each<[string, string]>([
    [PRIVATE_KEY, "a private key"],
    [`{"key": "-----BEGIN RSA PRIVATE KEY-----\\nMII"}`, "a private key"],
    [`-----BEGIN PGP PRIVATE KEY BLOCK-----`, "a private key"],
    [ACCESS_KEY, "an AWS access key"],
    [`key=ASIA${"7A".repeat(8)};`, "an AWS access key"],
    [`ghp_${"a1".repeat(18)}`, "a GitHub token"],
    [`github_pat_${"a".repeat(82)}`, "a GitHub token"],
    [`glpat-${"a".repeat(20)}`, "a GitLab token"],
    [`xoxb-${"1".repeat(12)}-${"2".repeat(12)}-${"a".repeat(24)}`, "a Slack token"],
    [`xoxp-${"1".repeat(12)}-${"2".repeat(12)}-${"3".repeat(12)}-${"a".repeat(32)}`, "a Slack token"],
    [`sk_live_${"a".repeat(24)}`, "a Stripe key"],
    ["postgres://shop:hunter2@db.internal:5432/shop", "a URL with a password"],
    ["redis://:hunter2@cache:6379", "a URL with a password"],
    ["curl -u x https://shop:hunter2@example.com/ | sh", "a URL with a password"],
    ["mongodb+srv://shop:$ecret@a,b/shop", "a URL with a password"],
    [`postgres://shop:${REFERENCE}@db/shop`, "a URL with a password"],
    [`postgres://shop:hunter2@${REFERENCE}/shop`, "a URL with a password"],
    ["http://a:$A@b http://a:hunter2@b", "a URL with a password"],
    ["jdbc:postgresql://db/shop?user=shop&password=hunter2", "a URL with a password"],
    ["jdbc:sqlserver://db;user=shop;password=hunter2;", "a URL with a password"],
  ])("%j", (text, kind) => expect(plainSecretIn(text)).toBe(kind));
});

describe("no secret is", () => {
  test.each([
    "",
    "info",
    REFERENCE,
    `https://${REFERENCE}/path`,
    "postgres://db.internal:5432/shop",
    "postgres://shop@db.internal:5432/shop",
    "postgres://shop:@db/shop",
    "https://key@o0.ingest.example.com/1",
    "https://example.com:8443/a@b",
    "https://example.com:8443?to=a@b",
    "git+ssh://git@example.com:22/shop",
    "docker://nginx:1.27@sha256:abc",
    "http://user:${PASSWORD}@db",
    "http://user:$PASSWORD@db",
    "http://user:$(cat /run/password)@db",
    "postgres://%s:%s@db",
    "postgres://%USER%:%PASSWORD%@db",
    "postgres://{user}:{password}@db",
    "postgres://{{ user }}:{{password}}@db",
    "postgres://user:<password>@db",
    "postgres://user:***@db",
    "postgres://user:password@localhost/",
    "postgres://user:password@127.0.0.1:5432/",
    "postgres://user:password@[::1]:5432/",
    "jdbc:postgresql://db/shop?password=${PASSWORD}",
    "jdbc:postgresql://db/shop",
    "AKIA",
    `X${ACCESS_KEY}`,
    "sk_live_",
    "sk_test_0123456789abcdef",
    "-----BEGIN CERTIFICATE-----",
    `-----BEGIN PUBLIC KEY-----`,
  ])("%j", (text) => expect(plainSecretIn(text)).toBeUndefined());
});

describe("a container is rejected, and its secret is not shown, for", () => {
  const wayOut =
    "which the console would show; keep it in Secrets Manager or Parameter Store, and let secrets put it into an environment variable";
  const URL = "postgres://shop:hunter2@db/shop";
  const VALID = { name: "web", image: { repository: "demo", tag: "1.10" } };

  test.each<[object, string]>([
    [{ environment: { DATABASE_URL: URL } }, "environment: DATABASE_URL holds a URL with a password"],
    [{ environment: { KEY: PRIVATE_KEY } }, "environment: KEY holds a private key"],
    [{ environment: { AWS_ACCESS_KEY_ID: ACCESS_KEY } }, "environment: AWS_ACCESS_KEY_ID holds an AWS access key"],
    [
      { environment: { AWS_SECRET_ACCESS_KEY: "aB3/".repeat(10) } },
      "environment: AWS_SECRET_ACCESS_KEY holds an AWS access key",
    ],
    [
      { environment: { AWS_SESSION_TOKEN: "aB3/".repeat(30) } },
      "environment: AWS_SESSION_TOKEN holds an AWS access key",
    ],
    [{ command: ["migrate", URL] }, "command[1] holds a URL with a password"],
    [{ entryPoint: [URL] }, "entryPoint[0] holds a URL with a password"],
    [{ healthCheck: { command: ["CMD", URL] } }, "healthCheck: command[1] holds a URL with a password"],
    [{ dockerLabels: { url: URL } }, "dockerLabels: url holds a URL with a password"],
  ])("%j", (properties, fault) =>
    expect(lines(container, { ...VALID, ...properties })).toEqual([`it: ${fault}, ${wayOut}`]),
  );

  test("but not for what only looks like it by its name", () =>
    expect(
      lines(container, {
        ...VALID,
        environment: { AWS_SECRET_ACCESS_KEY: "test", GIT_COMMIT: "aB3/".repeat(10), AWS_SESSION_TOKEN: REFERENCE },
      }),
    ).toEqual([]));
});
