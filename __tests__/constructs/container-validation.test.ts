import type { ContainerProps } from "../../src/constructs/container";
import { emptyStack, variable } from "../support/synthesized-stack";
import { FOREIGN_IMAGE, addTask, containerRejection, definitionOf } from "../support/task-stack";

/** Container properties that the compiler would refuse. */
const unchecked = (container: Readonly<Record<string, unknown>>): Partial<ContainerProps> => container;

const COMMAND = ["CMD", "true"];

/** A number of a container: where the message finds it, how it is set, and the range that ECS takes. */
const NUMBERS: readonly [string, (value: number) => Partial<ContainerProps>, number, number][] = [
  ["stopTimeout", (stopTimeout) => ({ stopTimeout }), 2, 120],
  ["portMappings: containerPort", (containerPort) => ({ portMappings: [{ containerPort }] }), 1, 65_535],
  ["healthCheck: interval", (interval) => ({ healthCheck: { command: COMMAND, interval } }), 5, 300],
  ["healthCheck: timeout", (timeout) => ({ healthCheck: { command: COMMAND, timeout } }), 2, 60],
  ["healthCheck: retries", (retries) => ({ healthCheck: { command: COMMAND, retries } }), 1, 10],
  ["healthCheck: startPeriod", (startPeriod) => ({ healthCheck: { command: COMMAND, startPeriod } }), 0, 300],
  [
    "restartPolicy: restartAttemptPeriod",
    (restartAttemptPeriod) => ({ restartPolicy: { enabled: true, restartAttemptPeriod } }),
    60,
    1800,
  ],
  [
    "restartPolicy: ignoredExitCodes",
    (code) => ({ restartPolicy: { enabled: true, ignoredExitCodes: [0, code] } }),
    0,
    255,
  ],
];

describe.each(NUMBERS)("%s", (property, containerWith, minimum, maximum) => {
  test.each([minimum, maximum])("takes %d", (value) => {
    expect(definitionOf(containerWith(value))).toBeDefined();
  });

  test.each([minimum - 1, maximum + 1, minimum + 0.5])("rejects %d", (value) => {
    expect(containerRejection(containerWith(value))).toBe(
      `container "web": ${property} ${value} is not valid; use a whole number from ${minimum} to ${maximum}`,
    );
  });
});

describe("cpu, memory and memoryReservation", () => {
  test("take the smallest values that ECS takes", () => {
    const smallest = { cpu: 1, memory: 7, memoryReservation: 6 };
    expect(definitionOf(smallest)).toMatchObject(smallest);
    expect(definitionOf({ memory: 6 })).toMatchObject({ memory: 6 });
  });

  test.each([
    ["cpu", 0, 1, 32_768],
    ["cpu", 32_769, 1, 32_768],
    ["memory", 5, 6, 249_856],
    ["memory", 249_857, 6, 249_856],
    ["memoryReservation", 5, 6, 249_856],
    ["memoryReservation", 249_857, 6, 249_856],
  ])("rejects %s %d", (property, value, minimum, maximum) => {
    expect(containerRejection({ [property]: value })).toBe(
      `container "web": ${property} ${value} is not valid; use a whole number from ${minimum} to ${maximum}`,
    );
  });

  test.each([128, 129])("rejects a reservation of %d MiB below a memory of 128 MiB", (memoryReservation) => {
    expect(containerRejection({ memory: 128, memoryReservation })).toBe(
      `container "web": memoryReservation ${memoryReservation} MiB must be less than memory 128 MiB`,
    );
  });
});

describe("a container name", () => {
  test.each(["w", "Web_1-a", "w".repeat(255)])("%s is taken", (name) => {
    expect(definitionOf({ name })).toMatchObject({ name });
  });

  test.each([[""], ["my web"], ["a.b"]])("rejects %j", (name) => {
    expect(containerRejection({ name })).toBe(
      `container name "${name}" is not valid; use 1 to 255 letters, digits, "_" or "-"`,
    );
  });

  test("rejects 256 characters", () => {
    expect(containerRejection({ name: "w".repeat(256) })).toBe(
      `container name "${"w".repeat(75)}…" is not valid; use 1 to 255 letters, digits, "_" or "-"`,
    );
  });
});

describe("rejects an unknown property", () => {
  test("of the container", () => {
    expect(containerRejection(unchecked({ comand: ["serve"] }))).toBe(
      'container "web": unknown property "comand"; known are name, image, command, entryPoint, workingDirectory, user, environment, portMappings, healthCheck, essential, cpu, memory, memoryReservation, ulimits, stopTimeout, restartPolicy, dockerLabels, logging',
    );
  });

  test.each([
    [
      "portMappings",
      { portMappings: [{ containerPort: 80, hostPort: 80 }] },
      "containerPort, protocol, name, appProtocol",
    ],
    [
      "healthCheck",
      { healthCheck: { command: COMMAND, hostPort: 1 } },
      "command, interval, timeout, retries, startPeriod",
    ],
    [
      "ulimits",
      { ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 1, hostPort: 1 }] },
      "name, softLimit, hardLimit",
    ],
    [
      "restartPolicy",
      { restartPolicy: { enabled: true, hostPort: 1 } },
      "enabled, ignoredExitCodes, restartAttemptPeriod",
    ],
    ["logging", { logging: { hostPort: 1 } }, "mode, maxBufferSize"],
  ])("of %s", (part, container, known) => {
    expect(containerRejection(unchecked(container))).toBe(
      `container "web": ${part}: unknown property "hostPort"; known are ${known}`,
    );
  });

  test("of the image", () => {
    expect(containerRejection(unchecked({ image: { repository: "demo", tag: "1", digest: "" } }))).toBe(
      'container "web": unknown property "digest"; known are repository, tag, pinning, registryId',
    );
  });
});

describe("a port mapping", () => {
  test.each(["a", "0", "api_v1-x", "a".repeat(64)])("may be named %s", (name) => {
    expect(definitionOf({ portMappings: [{ containerPort: 80, name }] })).toMatchObject({ portMappings: [{ name }] });
  });

  test.each([[""], ["API"], ["-api"], ["_api"], ["a".repeat(65)]])("rejects the name %j", (name) => {
    expect(containerRejection({ portMappings: [{ containerPort: 80, name }] })).toBe(
      `container "web": portMappings: name "${name}" is not valid; use 1 to 64 lower-case letters, digits, "_" or "-", beginning with a letter or digit`,
    );
  });

  test.each([5, true, null, ["api"]])("rejects %j for a name", (name) => {
    expect(containerRejection(unchecked({ portMappings: [{ containerPort: 80, name }] }))).toBe(
      `container "web": portMappings: name ${JSON.stringify(name)} is not valid; use 1 to 64 lower-case letters, digits, "_" or "-", beginning with a letter or digit`,
    );
  });

  test("rejects a protocol that does not exist", () => {
    expect(containerRejection(unchecked({ portMappings: [{ containerPort: 80, protocol: "http" }] }))).toBe(
      'container "web": portMappings: protocol "http" is not valid; choose tcp, udp',
    );
  });

  test("rejects an application protocol that does not exist", () => {
    expect(containerRejection(unchecked({ portMappings: [{ containerPort: 80, appProtocol: "https" }] }))).toBe(
      'container "web": portMappings: appProtocol "https" is not valid; choose http, http2, grpc',
    );
  });
});

describe("a health check", () => {
  test.each([
    [[], ""],
    [["curl -u user:pa55 http://x"], ""],
    [["curl", "-u", "user:pa55"], ""],
    [["pa55", "x"], ""],
    [["NONE", "pa55"], ' that begins with "NONE"'],
    [["CMD"], ' that begins with "CMD"'],
    [["CMD-SHELL"], ' that begins with "CMD-SHELL"'],
  ])("rejects the command %j, never showing more than its first word", (command, shown) => {
    expect(containerRejection({ healthCheck: { command } })).toBe(
      `container "web": healthCheck: command${shown} is not valid; use "CMD" or "CMD-SHELL" and then the command`,
    );
  });
});

describe("a ulimit", () => {
  test.each([
    [-1, -1],
    [0, 0],
    [4096, 4096],
    [4096, -1],
  ])("of %d and %d is taken", (softLimit, hardLimit) => {
    const ulimits = [{ name: "nofile", softLimit, hardLimit }] as const;
    expect(definitionOf({ ulimits })).toMatchObject({ ulimits });
  });

  test("rejects a soft limit above the hard limit", () => {
    expect(containerRejection({ ulimits: [{ name: "nofile", softLimit: 2, hardLimit: 1 }] })).toBe(
      'container "web": ulimits: softLimit 2 of "nofile" is above hardLimit 1',
    );
  });

  test("rejects an unlimited soft limit below a hard limit", () => {
    expect(containerRejection({ ulimits: [{ name: "nofile", softLimit: -1, hardLimit: 1 }] })).toBe(
      'container "web": ulimits: softLimit -1 (unlimited) of "nofile" is above hardLimit 1',
    );
  });

  test.each(["softLimit", "hardLimit"])("rejects a %s of -2", (limit) => {
    expect(containerRejection({ ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 1, [limit]: -2 }] })).toBe(
      `container "web": ulimits: ${limit} -2 is not valid; use a whole number from -1 to 9007199254740991`,
    );
  });

  test("rejects a name that does not exist", () => {
    expect(containerRejection(unchecked({ ulimits: [{ name: "files", softLimit: 1, hardLimit: 1 }] }))).toBe(
      'container "web": ulimits: name "files" is not valid; choose core, cpu, data, fsize, locks, memlock, msgqueue, nice, nofile, nproc, rss, rtprio, rttime, sigpending, stack',
    );
  });
});

describe("a restart policy", () => {
  const withCodes = (count: number): Partial<ContainerProps> => ({
    restartPolicy: { enabled: true, ignoredExitCodes: Array.from({ length: count }, (_, code) => code) },
  });

  test("takes 50 exit codes", () => {
    expect(definitionOf(withCodes(50))).toMatchObject(withCodes(50));
  });

  test("rejects 51 exit codes", () => {
    expect(containerRejection(withCodes(51))).toBe(
      'container "web": restartPolicy: 51 ignoredExitCodes; Amazon ECS takes 50',
    );
  });
});

describe("logging", () => {
  test.each(["1k", "25m", "2g"])("takes a buffer of %s", (maxBufferSize) => {
    expect(definitionOf({ logging: { mode: "non-blocking", maxBufferSize } })).toMatchObject({
      logConfiguration: { options: { "max-buffer-size": maxBufferSize } },
    });
  });

  test.each([[""], ["25"], ["m"], ["0m"], ["25M"], ["25mb"], ["1.5m"]])("rejects a buffer of %j", (maxBufferSize) => {
    expect(containerRejection({ logging: { maxBufferSize } })).toBe(
      `container "web": logging: maxBufferSize "${maxBufferSize}" is not valid; use a number and k, m or g: "25m"`,
    );
  });

  test("rejects a buffer that nothing would use", () => {
    expect(containerRejection({ logging: { mode: "blocking", maxBufferSize: "1m" } })).toBe(
      'container "web": logging: maxBufferSize goes with mode "non-blocking"; remove it',
    );
  });

  test("rejects a mode that does not exist", () => {
    expect(containerRejection(unchecked({ logging: { mode: "async" } }))).toBe(
      'container "web": logging: mode "async" is not valid; choose blocking, non-blocking',
    );
  });
});

describe("does not check what only Terraform knows:", () => {
  test.each<[string, (value: number, text: string) => Partial<ContainerProps>]>([
    ["name", (_, name) => ({ name })],
    ["cpu", (cpu) => ({ cpu })],
    ["memory", (memory) => ({ memory, memoryReservation: 128 })],
    ["memoryReservation", (memoryReservation) => ({ memory: 128, memoryReservation })],
    ["stopTimeout", (stopTimeout) => ({ stopTimeout })],
    ["containerPort", (containerPort) => ({ portMappings: [{ containerPort }, { containerPort }] })],
    ["name of a port mapping", (_, name) => ({ portMappings: [{ containerPort: 80, name }] })],
    ["softLimit", (softLimit) => ({ ulimits: [{ name: "nofile", softLimit, hardLimit: 1 }] })],
    ["hardLimit", (hardLimit) => ({ ulimits: [{ name: "nofile", softLimit: 1, hardLimit }] })],
    ["interval", (interval) => ({ healthCheck: { command: COMMAND, interval } })],
    ["maxBufferSize", (_, maxBufferSize) => ({ logging: { maxBufferSize } })],
  ])("%s", (_, containerWith) => {
    const stack = emptyStack();
    const container = containerWith(variable(stack, "number").numberValue, variable(stack, "text").stringValue);
    expect(() => addTask(stack, { containers: [{ name: "web", image: FOREIGN_IMAGE, ...container }] })).not.toThrow();
  });
});
