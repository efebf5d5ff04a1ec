import { Container } from "../../../src/constructs/task/container";
import { TAG_LABEL } from "../../../src/image";
import { container, type ContainerProps } from "../../../src/model/container";
import { parse } from "../../../src/model/problems";
import { emptyStack, type Block } from "../../support/synthesized-stack";
import { FOREIGN_IMAGE, containerProps, containerStart, imageOf } from "../../support/task-stack";

const LOG_OPTIONS = { "awslogs-group": "/ecs/demo", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web" };

function definitionOf(changes: Partial<ContainerProps> = {}): Block {
  const parsed = parse(container, containerProps(changes), "container");
  const stack = emptyStack();
  const made = new Container(parsed, imageOf(stack, parsed), "container", containerStart(stack));
  return made.definition({ logGroup: "/ecs/demo", region: "eu-west-1" });
}

test("a container with only a name and an image gets what is needed and nothing else", () => {
  expect(definitionOf()).toEqual({
    name: "web",
    image: FOREIGN_IMAGE,
    essential: true,
    logConfiguration: {
      logDriver: "awslogs",
      options: { ...LOG_OPTIONS, mode: "non-blocking", "max-buffer-size": "25m" },
    },
  });
});

test("a value that is not set, and an empty list or map, leave no key behind", () => {
  const definition = definitionOf({
    command: [],
    entryPoint: [],
    environment: {},
    portMappings: [],
    ulimits: [],
    dockerLabels: {},
    dependsOn: {},
    mountPoints: {},
    volumesFrom: {},
    writablePaths: [],
    systemControls: {},
    linuxParameters: {},
    cpu: 0,
    user: undefined,
  });
  expect(Object.keys(definition)).toEqual(["name", "image", "essential", "logConfiguration"]);
});

describe("a property reaches ECS under its name:", () => {
  test.each<Partial<ContainerProps>>([
    { essential: true },
    { essential: false },
    { command: ["serve", "--port", "80"] },
    { entryPoint: ["/bin/sh", "-c"] },
    { workingDirectory: "/srv/app" },
    { user: "1000:1000" },
    { cpu: 128 },
    { memory: 256 },
    { memoryReservation: 128 },
    { ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }] },
    { stopTimeout: 90 },
    { startTimeout: 90 },
    { interactive: true, pseudoTerminal: false },
    { linuxParameters: { initProcessEnabled: false } },
    { linuxParameters: { capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] } } },
    { linuxParameters: { tmpfs: [{ containerPath: "/run", size: 64, mountOptions: ["noexec"] }] } },
    { readonlyRootFilesystem: true },
    { readonlyRootFilesystem: false },
    { restartPolicy: { enabled: true, ignoredExitCodes: [0, 3], restartAttemptPeriod: 60 } },
    { healthCheck: { command: ["CMD", "true"], interval: 10, timeout: 3, retries: 5, startPeriod: 20 } },
    { dockerLabels: { team: "" } },
  ])("%j", (property) => {
    expect(definitionOf(property)).toMatchObject(property);
  });
});

describe("environment variables", () => {
  const pairsOf = (environment: ContainerProps["environment"]): unknown => definitionOf({ environment })["environment"];

  test("are sorted by name, as the provider sorts them", () => {
    expect(pairsOf({ ZONE: "a", _X: "b", HOME: "c", home: "d", HOME_2: "e" })).toEqual([
      { name: "HOME", value: "c" },
      { name: "HOME_2", value: "e" },
      { name: "ZONE", value: "a" },
      { name: "_X", value: "b" },
      { name: "home", value: "d" },
    ]);
  });

  test("may be empty", () => {
    expect(pairsOf({ LEVEL: "" })).toEqual([{ name: "LEVEL", value: "" }]);
  });
});

test("what a container waits for and shares comes as lists, in the order given", () => {
  expect(
    definitionOf({
      dependsOn: { migrate: "SUCCESS", db: "HEALTHY" },
      volumesFrom: { static: { readOnly: true }, db: {} },
      mountPoints: { data: ["/a", { containerPath: "/b", readOnly: false }] },
      systemControls: { "net.core.somaxconn": "1024", "fs.mqueue.msg_max": "20" },
    }),
  ).toMatchObject({
    dependsOn: [
      { containerName: "migrate", condition: "SUCCESS" },
      { containerName: "db", condition: "HEALTHY" },
    ],
    volumesFrom: [{ sourceContainer: "static", readOnly: true }, { sourceContainer: "db" }],
    mountPoints: [
      { sourceVolume: "data", containerPath: "/a" },
      { sourceVolume: "data", containerPath: "/b", readOnly: false },
    ],
    systemControls: [
      { namespace: "net.core.somaxconn", value: "1024" },
      { namespace: "fs.mqueue.msg_max", value: "20" },
    ],
  });
});

test("Linux parameters have no empty lists", () => {
  const linuxParameters = { capabilities: { drop: ["ALL"] }, tmpfs: [{ containerPath: "/run", size: 1 }] };
  expect(definitionOf({ linuxParameters })["linuxParameters"]).toEqual(linuxParameters);
  expect(definitionOf({ linuxParameters: { capabilities: {} } })).not.toHaveProperty("linuxParameters");
});

describe("a port mapping", () => {
  test("is TCP, with the host port that awsvpc has", () => {
    expect(definitionOf({ portMappings: [{ containerPort: 8080 }] })["portMappings"]).toEqual([
      { containerPort: 8080, hostPort: 8080, protocol: "tcp" },
    ]);
  });

  test("keeps protocol, name and application protocol", () => {
    const mapping = { containerPort: 8080, protocol: "udp", name: "api", appProtocol: "http2" } as const;
    expect(definitionOf({ portMappings: [mapping] })["portMappings"]).toEqual([{ ...mapping, hostPort: 8080 }]);
  });
});

describe("a health check", () => {
  test("writes out the defaults of ECS, which the provider would show as a change", () => {
    expect(definitionOf({ healthCheck: { command: ["CMD-SHELL", "true"] } })["healthCheck"]).toEqual({
      command: ["CMD-SHELL", "true"],
      interval: 30,
      timeout: 5,
      retries: 3,
    });
  });

  test("keeps a start period of 0", () => {
    const healthCheck = { command: ["CMD", "true"], startPeriod: 0 };
    expect(definitionOf({ healthCheck })["healthCheck"]).toMatchObject({ startPeriod: 0 });
  });
});

describe("a restart policy", () => {
  test("that is off stays off", () => {
    expect(definitionOf({ restartPolicy: { enabled: false } })["restartPolicy"]).toEqual({ enabled: false });
  });

  test("has no empty list of exit codes", () => {
    expect(definitionOf({ restartPolicy: { enabled: true, ignoredExitCodes: [] } })["restartPolicy"]).toEqual({
      enabled: true,
    });
  });
});

test("the user's Docker labels come next to the tag of the image", () => {
  const image = FOREIGN_IMAGE.replace("@", ":1.27@");
  expect(definitionOf({ image, dockerLabels: { team: "blue" } })["dockerLabels"]).toEqual({
    team: "blue",
    [TAG_LABEL]: "1.27",
  });
});

describe("log lines", () => {
  const optionsOf = (logging: ContainerProps["logging"]): unknown =>
    (definitionOf({ logging })["logConfiguration"] as { options: object }).options;

  test("block the application if the mode says so, and then have no buffer", () => {
    expect(optionsOf({ mode: "blocking" })).toEqual({ ...LOG_OPTIONS, mode: "blocking" });
  });

  test("pass a buffer of the given size", () => {
    expect(optionsOf({ maxBufferSize: "4m" })).toEqual({
      ...LOG_OPTIONS,
      mode: "non-blocking",
      "max-buffer-size": "4m",
    });
  });
});
