import { logging, overridesDriver } from "../../src/model/logging";
import { REFERENCE, describeProperties, lines } from "../support/problems";

const SPLUNK = {
  driver: "splunk",
  options: { "splunk-url": "https://splunk:8088" },
  secretOptions: { "splunk-token": { ssmParameter: "/splunk/token" } },
};

describe("logging", () => {
  test("goes to CloudWatch Logs by default", () =>
    expect(logging.parse({})).toStrictEqual({ driver: "awslogs", options: {}, secretOptions: {} }));

  describeProperties(logging, {}, [
    ["driver", ["awslogs"], ["gelf", "fluentd"], "choose awslogs, awsfirelens or splunk"],
    [
      "logGroup",
      ["/ecs/shared", "a.b_c-d#1", "a".repeat(512), REFERENCE],
      ["", "/ecs/a b", "a:b", "a".repeat(513)],
      'use the name of a log group: 1 to 512 letters, digits or "._-/#"',
    ],
    [
      "streamPrefix",
      ["web", "shop/web 1", REFERENCE],
      ["", "a:b", "a*", "a".repeat(256)],
      'use 1 to 255 characters, without ":" and "*"',
    ],
    ["mode", ["blocking", "non-blocking"], ["async"], "choose blocking or non-blocking"],
    [
      "maxBufferSize",
      ["1k", "25m", "2g"],
      ["", "25", "m", "0m", "25M", "25mb", "1.5m", REFERENCE],
      'use a number followed by k, m or g: "25m"',
    ],
  ]);

  test.each([
    { multilinePattern: "^\\[?\\d{4}-" },
    { multilinePattern: "^(?i)(?:INFO|WARN)\\\\1" },
    { multilinePattern: REFERENCE },
    { datetimeFormat: "%Y-%m-%d %H:%M:%S" },
    { driver: "awsfirelens" },
    { driver: "awsfirelens", options: { Name: "cloudwatch_logs", region: REFERENCE, "log-driver-buffer-limit": "0" } },
    { driver: "awsfirelens", options: { "log-driver-buffer-limit": "536870912" } },
    { ...SPLUNK, mode: "blocking" },
    { driver: "splunk", secretOptions: { ...SPLUNK.secretOptions, "splunk-url": { ssmParameter: "/splunk/url" } } },
    { driver: "awsfirelens", options: { Name: "datadog" }, secretOptions: { apikey: { secretsManager: "datadog" } } },
  ])("may be %j", (value) => expect(lines(logging, value)).toEqual([]));

  test.each<[object, string]>([
    [{ mode: "blocking", maxBufferSize: "1m" }, 'maxBufferSize is for mode "non-blocking"; remove it'],
    [{ multilinePattern: "" }, "multilinePattern is empty; give it a value, or remove it"],
    [{ multilinePattern: 1 }, "multilinePattern is not text; write it in quotes"],
    [
      { multilinePattern: "^(?!\\s)" },
      "multilinePattern looks ahead or behind, which the driver does not support; rephrase it",
    ],
    [
      { multilinePattern: "(?<=x)y" },
      "multilinePattern looks ahead or behind, which the driver does not support; rephrase it",
    ],
    [
      { multilinePattern: "(a)\\1" },
      "multilinePattern refers back to a group, which the driver does not support; rephrase it",
    ],
    [
      { multilinePattern: "^a", datetimeFormat: "%Y" },
      "multilinePattern and datetimeFormat exclude each other; remove one",
    ],
    [
      { options: { "awslogs-create-group": "true" } },
      'options and secretOptions are for driver "awsfirelens" or "splunk"; for "awslogs", use logGroup, streamPrefix, multilinePattern or datetimeFormat',
    ],
    [{ driver: "awsfirelens", streamPrefix: "web" }, 'streamPrefix is for driver "awslogs"; remove it'],
    [
      { driver: "awsfirelens", mode: "blocking" },
      'mode and maxBufferSize are not for driver "awsfirelens"; use options: { "log-driver-buffer-limit": "…" }',
    ],
    [{ driver: "awsfirelens", options: { match: "*" } }, 'options: "match" is set by FireLens; remove it'],
    [
      { driver: "awsfirelens", options: { "log-driver-buffer-limit": "536870913" } },
      'options: "log-driver-buffer-limit" is not valid; use a whole number of bytes from 0 to 536870912',
    ],
    [
      { driver: "awsfirelens", options: { Proxy: "http://shop:hidden@proxy.example.com" } },
      "options: Proxy holds a URL with a password, which the console would show; move it to secretOptions",
    ],
    [{ driver: "awsfirelens", options: { Port: 9200 } }, "options: Port is not text; write it in quotes"],
    [{ driver: "awsfirelens", options: { "": "a" } }, "options: name is empty; give it one, or remove the entry"],
    [
      { secretOptions: { apikey: { secretsManager: "datadog" } } },
      'options and secretOptions are for driver "awsfirelens" or "splunk"; for "awslogs", use logGroup, streamPrefix, multilinePattern or datetimeFormat',
    ],
    [
      { driver: "splunk", secretOptions: SPLUNK.secretOptions },
      'options: "splunk-url" is missing; give the URL of the HTTP Event Collector',
    ],
    [
      { driver: "splunk", options: SPLUNK.options },
      'secretOptions: "splunk-token" is missing; give the token of the HTTP Event Collector',
    ],
    [
      { driver: "splunk", options: { ...SPLUNK.options, "splunk-token": "hidden" } },
      'options: "splunk-token" is a secret, and everybody can read options; move it to secretOptions',
    ],
    ...["apikey", "api_key", "licenseKey", "http_Passwd", "shared_key", "auth_token"].map((name): [object, string] => [
      { driver: "awsfirelens", options: { [name]: REFERENCE } },
      `options: "${name}" is a secret, and everybody can read options; move it to secretOptions`,
    ]),
    [
      { ...SPLUNK, secretOptions: { ...SPLUNK.secretOptions, "splunk-url": { ssmParameter: "/url" } } },
      'options: "splunk-url" is in secretOptions too; remove one of them',
    ],
    [
      { driver: "awsfirelens", secretOptions: { apikey: "hidden" } },
      'secretOptions: apikey is not an object; write { secretsManager: "NAME" } or { ssmParameter: "NAME" }',
    ],
    [
      { ...SPLUNK, options: { ...SPLUNK.options, mode: "blocking" } },
      "options: write mode and maxBufferSize beside options",
    ],
  ])("may not be %j", (value, line) => expect(lines(logging, value)).toEqual([`it: ${line}`]));

  test.each([
    [undefined, undefined, false],
    [{ mode: "blocking" as const }, { mode: "non-blocking" }, false],
    [{ mode: "blocking" as const }, { driver: "awslogs" }, false],
    [undefined, { driver: "awsfirelens" }, true],
    [{ driver: "awsfirelens" as const }, { driver: "awslogs" }, true],
  ])("of %j, changed by %j, has another driver: %j", (base, changes, expected) =>
    expect(overridesDriver(base, changes)).toBe(expected),
  );
});
