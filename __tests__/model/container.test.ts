import { container, type ContainerProps } from "../../src/model/container";
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
      secrets: {},
      environmentFiles: [],
      portMappings: [],
      essential: true,
      dependsOn: {},
      ulimits: [],
      mountPoints: {},
      volumesFrom: {},
      writablePaths: [],
      systemControls: {},
      dockerLabels: {},
      logging: { driver: "awslogs", options: {}, secretOptions: {} },
    }));

  test("without name or image is rejected", () =>
    expect(lines(container, {})).toEqual([
      'it: name is missing; use 1 to 255 letters, digits, "_" or "-"',
      "it: image is missing; write { repository, tag }, or a reference with its digest",
    ]));

  test("has nothing that Fargate does not support, and our names for the rest", () =>
    expect(linesOf({ privileged: true, links: [], hostname: "web", logConfiguration: {} })).toEqual([
      'it: unknown property "privileged", which Fargate does not support; remove it',
      'it: unknown property "links", which Fargate does not support; remove it',
      'it: unknown property "hostname", which Fargate does not support; remove it',
      'it: unknown property "logConfiguration", which is "logging" here; rename it',
    ]));

  describeProperties(container, VALID, [
    [
      "name",
      ["w", "Web_1-a", "1", "w".repeat(255)],
      ["", "my web", "a.b", "a\n", "w".repeat(256), REFERENCE],
      'use 1 to 255 letters, digits, "_" or "-"',
    ],
    ["startTimeout", [2, 120], [1, 121, 2.5, NUMBER_REFERENCE], wholeNumber(2, 120)],
    ["stopTimeout", [2, 120], [1, 121, 2.5, NUMBER_REFERENCE], wholeNumber(2, 120)],
    ["cpu", [0, 1, 32_768], [-1, 32_769, 0.5], wholeNumber(0, 32_768)],
    ["memory", [6, 249_856], [0, 5, 249_857], wholeNumber(6, 249_856)],
    ["memoryReservation", [6, 249_856], [0, 5, 249_857], wholeNumber(6, 249_856)],
    ["essential", [true, false], ["false", 0], "use true or false"],
    ["interactive", [true, false], ["true"], "use true or false"],
    ["pseudoTerminal", [true, false], ["true"], "use true or false"],
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

  test("rejects a name that is in both environment and secrets", () =>
    expect(linesOf({ environment: { A: "a", B: "b" }, secrets: { B: { ssmParameter: "/b" } } })).toEqual([
      "it: secrets: B: environment has a variable of this name too; remove one of them",
    ]));

  test("rejects credentials for an image in Amazon ECR", () => {
    const repositoryCredentials = { secretsManager: "shop/registry" };
    expect(linesOf({ repositoryCredentials })).toEqual([
      "it: repositoryCredentials: the image is in Amazon ECR, from which the execution role pulls it; remove them",
    ]);
    expect(linesOf({ repositoryCredentials, image: `quay.io/a/b@sha256:${"a".repeat(64)}` })).toEqual([]);
  });

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
