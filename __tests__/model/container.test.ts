import {
  container,
  healthCheck,
  logging,
  portMapping,
  restartPolicy,
  ulimit,
  type ContainerProps,
} from "../../src/model/container";
import { object } from "../../src/model/leaves";
import { LIST_REFERENCE, NUMBER_REFERENCE, REFERENCE, describeProperties, lines } from "../support/problems";

const VALID: ContainerProps = { name: "web", image: { repository: "demo", tag: "1.10" } };

const linesOf = (properties: object): string[] => lines(container, { ...VALID, ...properties });
const wholeNumber = (minimum: number, maximum: number): string => `use a whole number from ${minimum} to ${maximum}`;

describe("a container", () => {
  test("has defaults", () =>
    expect(container.parse(VALID)).toStrictEqual({
      name: "web",
      image: { repository: "demo", tag: "1.10", pinning: "digest" },
      environment: {},
      portMappings: [],
      essential: true,
      ulimits: [],
      dockerLabels: {},
      logging: { mode: "non-blocking" },
    }));

  test("without name or image is rejected", () =>
    expect(lines(container, {})).toEqual([
      'it: name is missing; use 1 to 255 letters, digits, "_" or "-"',
      "it: image is missing; write { repository, tag }, or a reference with its digest",
    ]));

  describeProperties(container, VALID, [
    [
      "name",
      ["w", "Web_1-a", "1", "w".repeat(255)],
      ["", "my web", "a.b", "a\n", "w".repeat(256), REFERENCE],
      'use 1 to 255 letters, digits, "_" or "-"',
    ],
    ["stopTimeout", [2, 120], [1, 121, 2.5, NUMBER_REFERENCE], wholeNumber(2, 120)],
    ["cpu", [0, 1, 32_768], [-1, 32_769, 0.5], wholeNumber(0, 32_768)],
    ["memory", [6, 249_856], [0, 5, 249_857], wholeNumber(6, 249_856)],
    ["memoryReservation", [6, 249_856], [0, 5, 249_857], wholeNumber(6, 249_856)],
    ["essential", [true, false], ["false", 0], "use true or false"],
    ["readonlyRootFilesystem", [true, false], ["true", 1], "use true or false"],
  ]);

  test.each<[string, object]>([
    ["a command and an entry point", { command: ["a", ""], entryPoint: [] }],
    ["commands with references", { command: [REFERENCE], entryPoint: ["a", REFERENCE] }],
    [
      "a working directory, a user and a label with references",
      { workingDirectory: REFERENCE, user: REFERENCE, dockerLabels: { team: REFERENCE } },
    ],
    [
      "a label with an empty value, and names much like ours",
      { dockerLabels: { team: "", image_tags: "a", IMAGE_TAG: "b" } },
    ],
  ])("accepts %s", (_, properties) => expect(container.parse({ ...VALID, ...properties })).toMatchObject(properties));

  test("treats cpu 0, which exported task definitions have, as not set", () =>
    expect(container.parse({ ...VALID, cpu: 0 }).cpu).toBeUndefined());

  test("keeps an empty environment variable", () =>
    expect(container.parse({ ...VALID, environment: { LEVEL: "" } }).environment).toStrictEqual({ LEVEL: "" }));

  test.each([128, 129])("rejects a reservation of %d MiB with a memory of 128 MiB", (memoryReservation) =>
    expect(linesOf({ memory: 128, memoryReservation })).toEqual([
      `it: memoryReservation ${memoryReservation} MiB must be less than memory 128 MiB`,
    ]),
  );

  test("accepts a reservation of less than its memory", () =>
    expect(linesOf({ memory: 7, memoryReservation: 6 })).toEqual([]));

  test.each(["image_tag", "image_digest"])("rejects the label %s, which says which image runs", (label) =>
    expect(linesOf({ dockerLabels: { team: "web", [label]: "" } })).toEqual([
      `it: dockerLabels: "${label}" is written by the pinned image and cannot be set; remove it or choose another name`,
    ]),
  );

  const CHANGED = "e\u0301";
  const NOT_NFC = 'is not in Unicode normal form C, and Terraform would change it; write it as text.normalize("NFC")';

  test.each<[object, string]>([
    [{ environment: { [CHANGED]: "a" } }, `environment: name ${NOT_NFC}`],
    [{ environment: { NAME: CHANGED } }, `environment: NAME ${NOT_NFC}`],
    [{ dockerLabels: { [CHANGED]: "a" } }, `dockerLabels: name ${NOT_NFC}`],
    [{ dockerLabels: { team: CHANGED } }, `dockerLabels: team ${NOT_NFC}`],
    [{ command: ["a", CHANGED] }, `command[1] ${NOT_NFC}`],
    [{ entryPoint: ["a", CHANGED] }, `entryPoint[1] ${NOT_NFC}`],
    [{ workingDirectory: `/${CHANGED}` }, `workingDirectory ${NOT_NFC}`],
    [{ user: CHANGED }, `user ${NOT_NFC}`],
    [{ healthCheck: { command: ["CMD", CHANGED] } }, `healthCheck: command[1] ${NOT_NFC}`],
    [{ command: LIST_REFERENCE }, "command has a reference to a list; write its entries one by one"],
    [{ workingDirectory: "app" }, 'workingDirectory "app" is not absolute; begin it with "/"'],
    [{ user: "" }, "user is empty; give it a value, or remove it"],
    [{ dockerLabels: { "": "web" } }, "dockerLabels: name is empty; give it one, or remove the entry"],
    [{ environment: { "A=b": "c" } }, 'environment: name "A=…" is not valid; use one without "="'],
  ])("rejects %j", (properties, message) => expect(linesOf(properties)).toEqual([`it: ${message}`]));

  test("names the part that is wrong", () =>
    expect(
      linesOf({
        portMappings: [{ containerPort: 80 }, { name: "api", containerPort: 0 }],
        ulimits: [{ name: "nofile", softLimit: -2, hardLimit: 1 }],
        restartPolicy: { enabled: true, ignoredExitCodes: [0, 256] },
        logging: { mode: "async" },
      }),
    ).toEqual([
      `it: portMappings[1] "api": containerPort 0 is not valid; ${wholeNumber(1, 65_535)}`,
      `it: ulimits[0] "nofile": softLimit -2 is not valid; ${wholeNumber(-1, Number.MAX_SAFE_INTEGER)}`,
      `it: restartPolicy: ignoredExitCodes[1] 256 is not valid; ${wholeNumber(0, 255)}`,
      'it: logging: mode "async" is not valid; choose blocking or non-blocking',
    ]));
});

describe("a port mapping", () => {
  const valid = { containerPort: 80 };

  test("has defaults", () => expect(portMapping.parse(valid)).toStrictEqual({ containerPort: 80, protocol: "tcp" }));

  describeProperties(portMapping, valid, [
    ["containerPort", [1, 65_535], [0, 65_536, 80.5, NUMBER_REFERENCE], wholeNumber(1, 65_535)],
    ["hostPort", [80, undefined], [0, 65_536], wholeNumber(1, 65_535)],
    ["protocol", ["tcp", "udp"], ["http"], "choose tcp or udp"],
    ["appProtocol", ["http", "http2", "grpc"], ["https"], "choose http, http2 or grpc"],
    [
      "name",
      ["a", "0", "api_v1-x", "a".repeat(64), REFERENCE],
      ["", "API", "-api", "_api", "a".repeat(65), 5, null],
      'use 1 to 64 lower-case letters, digits, "_" or "-", beginning with a letter or digit',
    ],
  ]);

  test("rejects a hostPort other than the containerPort", () =>
    expect(lines(portMapping, { containerPort: 80, hostPort: 8080 })).toEqual([
      "it: hostPort 8080 differs from containerPort 80, which Fargate does not allow; remove hostPort",
    ]));
});

describe("a health check", () => {
  const valid = { command: ["CMD", "true"] };

  test("has defaults", () =>
    expect(healthCheck.parse(valid)).toStrictEqual({ ...valid, interval: 30, timeout: 5, retries: 3 }));

  describeProperties(healthCheck, valid, [
    ["interval", [5, 300], [4, 301, 5.5], wholeNumber(5, 300)],
    ["timeout", [2, 60], [1, 61], wholeNumber(2, 60)],
    ["retries", [1, 10], [0, 11], wholeNumber(1, 10)],
    ["startPeriod", [0, 300], [-1, 301], wholeNumber(0, 300)],
  ]);

  test.each([[["CMD", "true"]], [["CMD-SHELL", "curl -f http://localhost/ || exit 1"]], [["CMD", REFERENCE]]])(
    "keeps the command %j",
    (command) => expect(healthCheck.parse({ command }).command).toEqual(command),
  );

  test.each([
    [["/bin/check"]],
    [["curl", "-f", "http://localhost/"]],
    [["pg_isready", "-U", "app"]],
    [["checkDB"]],
    [["DBcheck"]],
  ])("puts CMD in front of %j", (command) =>
    expect(healthCheck.parse({ command }).command).toEqual(["CMD", ...command]),
  );

  test.each([
    [["curl -f http://localhost/"]],
    [["CMD-SHELL curl -f http://localhost/"]],
    [["CMD"]],
    [["CMD-SHELL"]],
    [["NONE"]],
    [["CMD_SHELL", "exit 0"]],
  ])("rejects %j, which is not a command", (command) =>
    expect(lines(healthCheck, { command })).toEqual([
      'it: command is not a command; use "CMD" and its arguments, or "CMD-SHELL" and a line for the shell',
    ]),
  );

  test.each<[object, string]>([
    [{ command: [] }, "command has 0 entries; give at least 1"],
    [{}, "command is missing; write it as [ … ]"],
  ])("rejects %j", (value, message) => expect(lines(healthCheck, value)).toEqual([`it: ${message}`]));
});

describe("a ulimit", () => {
  const limits = (softLimit: number, hardLimit: number) => ({ name: "nofile", softLimit, hardLimit });

  describeProperties(ulimit, limits(1, -1), [
    ["softLimit", [-1, 0, 65_536], [-2, 0.5], wholeNumber(-1, Number.MAX_SAFE_INTEGER)],
    ["hardLimit", [-1, 1, 65_536], [-2, 0.5], wholeNumber(-1, Number.MAX_SAFE_INTEGER)],
  ]);

  test.each(["nofile", "core", "rttime"])("may be of %s", (name) =>
    expect(lines(ulimit, { ...limits(1, 1), name })).toEqual([]),
  );

  test("rejects a name that is not a limit in Linux", () =>
    expect(lines(ulimit, { ...limits(1, 1), name: "files" })).toEqual([
      expect.stringMatching(/^it: name "files" is not valid; choose core, .+, sigpending or stack$/),
    ]));

  test.each([
    [-1, -1],
    [0, 0],
    [4096, 4096],
    [4096, -1],
  ])("accepts %d up to %d", (soft, hard) => expect(lines(ulimit, limits(soft, hard))).toEqual([]));

  test.each([
    [2, 1, "2"],
    [-1, 1, "-1 (unlimited)"],
  ])("rejects a soft limit of %d above %d", (soft, hard, shown) =>
    expect(lines(ulimit, limits(soft, hard))).toEqual([
      `it: softLimit ${shown} of "nofile" is above hardLimit ${hard}; lower softLimit or raise hardLimit`,
    ]),
  );
});

describe("a restart policy", () => {
  const codes = (count: number): number[] => Array.from({ length: count }, (_, code) => code);

  test("ignores no exit code by default", () =>
    expect(restartPolicy.parse({ enabled: true })).toStrictEqual({ enabled: true, ignoredExitCodes: [] }));

  test("that says neither on nor off is rejected", () =>
    expect(lines(restartPolicy, {})).toEqual(["it: enabled is missing; use true or false"]));

  describeProperties(restartPolicy, { enabled: true }, [
    ["enabled", [true, false], ["true"], "use true or false"],
    ["restartAttemptPeriod", [60, 1800], [59, 1801], wholeNumber(60, 1800)],
  ]);

  test.each([[[0, 255]], [codes(50)]])("ignores the exit codes %j", (ignoredExitCodes) =>
    expect(lines(restartPolicy, { enabled: true, ignoredExitCodes })).toEqual([]),
  );

  test.each([
    [[-1], `ignoredExitCodes[0] -1 is not valid; ${wholeNumber(0, 255)}`],
    [codes(51), "ignoredExitCodes has 51 entries; give 0 to 50"],
  ])("rejects the exit codes %j", (ignoredExitCodes, message) =>
    expect(lines(restartPolicy, { enabled: true, ignoredExitCodes })).toEqual([`it: ${message}`]),
  );
});

describe("logging", () => {
  describeProperties(logging, {}, [
    ["mode", ["blocking", "non-blocking"], ["async"], "choose blocking or non-blocking"],
    [
      "maxBufferSize",
      ["1k", "25m", "2g"],
      ["", "25", "m", "0m", "25M", "25mb", "1.5m", REFERENCE],
      'use a number followed by k, m or g: "25m"',
    ],
  ]);

  test("rejects a buffer that nothing would use", () =>
    expect(lines(logging, { mode: "blocking", maxBufferSize: "1m" })).toEqual([
      'it: maxBufferSize is for mode "non-blocking"; remove it',
    ]));
});

test("the schema of a container is strict at every depth", () =>
  expect(
    lines(object({ container }), {
      container: {
        ...VALID,
        image: { repository: "demo", tag: "1", extra: 1 },
        portMappings: [{ containerPort: 80, extra: 1 }],
        healthCheck: { command: ["true"], extra: 1 },
        ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 1, extra: 1 }],
        restartPolicy: { enabled: true, extra: 1 },
        logging: { extra: 1 },
        extra: 1,
      },
    }).map((line) => line.replace(/ property "extra"; .*/, "")),
  ).toEqual([
    "it: container: image: unknown",
    "it: container: portMappings[0]: unknown",
    "it: container: healthCheck: unknown",
    'it: container: ulimits[0] "nofile": unknown',
    "it: container: restartPolicy: unknown",
    "it: container: logging: unknown",
    "it: container: unknown",
  ]));
