import type { ContainerProps } from "../../src/constructs/container";
import { TAG_LABEL } from "../../src/image";
import { synthesized, variable } from "../support/synthesized-stack";
import { FOREIGN_IMAGE, addTask, definitionOf, synthesizedTask } from "../support/task-stack";

const LOG_OPTIONS = { "awslogs-group": "/ecs/demo", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web" };

test("a container of name and image gets what is needed and nothing else", () => {
  expect(definitionOf({})).toEqual({
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
  const { environment, command, portMappings, ulimits, ...rest } = definitionOf({
    command: [],
    environment: {},
    portMappings: [],
    ulimits: [],
    cpu: undefined,
  });
  expect([environment, command, portMappings, ulimits]).toEqual([undefined, undefined, undefined, undefined]);
  expect(Object.keys(rest)).toEqual(["name", "image", "essential", "logConfiguration"]);
});

describe("a property reaches ECS under its name:", () => {
  test.each<Partial<ContainerProps>>([
    { essential: true },
    { command: ["serve", "--port", "80"] },
    { entryPoint: ["/bin/sh", "-c"] },
    { workingDirectory: "/srv/app" },
    { user: "1000:1000" },
    { cpu: 128 },
    { memory: 256 },
    { memoryReservation: 128 },
    { ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }] },
    { stopTimeout: 90 },
    { restartPolicy: { enabled: true, ignoredExitCodes: [0, 3], restartAttemptPeriod: 60 } },
    { healthCheck: { command: ["CMD", "true"], interval: 10, timeout: 3, retries: 5, startPeriod: 20 } },
  ])("%j", (property) => {
    expect(definitionOf(property)).toMatchObject(property);
  });
});

test("a container that is not essential says so", () => {
  const containers = [
    { name: "web", image: FOREIGN_IMAGE },
    { name: "agent", image: FOREIGN_IMAGE, essential: false },
  ];
  expect(synthesizedTask({ containers }).containers()).toMatchObject([{ essential: true }, { essential: false }]);
});

test("containers keep their order and their own log stream prefix", () => {
  const containers = ["web", "agent"].map((name) => ({ name, image: FOREIGN_IMAGE }));
  expect(synthesizedTask({ containers }).containers()).toMatchObject([
    { name: "web", logConfiguration: { options: { "awslogs-stream-prefix": "web" } } },
    { name: "agent", logConfiguration: { options: { "awslogs-stream-prefix": "agent" } } },
  ]);
});

test("environment variables are sorted by name, as the provider sorts them", () => {
  const environment = { ZONE: "a", _X: "b", HOME: "c", home: "d", HOME_2: "e" };
  expect(definitionOf({ environment })["environment"]).toEqual([
    { name: "HOME", value: "c" },
    { name: "HOME_2", value: "e" },
    { name: "ZONE", value: "a" },
    { name: "_X", value: "b" },
    { name: "home", value: "d" },
  ]);
});

describe("a port mapping", () => {
  test("is tcp, with the host port that awsvpc has", () => {
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
  test("writes the defaults of ECS out, which the provider would show as a change", () => {
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

describe("Docker labels", () => {
  test("of the user stand beside the tag of the image", () => {
    const image = FOREIGN_IMAGE.replace("@", ":1.27@");
    expect(definitionOf({ image, dockerLabels: { team: "blue" } })["dockerLabels"]).toEqual({
      team: "blue",
      [TAG_LABEL]: "1.27",
    });
  });
});

describe("log lines", () => {
  const optionsOf = (logging: ContainerProps["logging"]): unknown =>
    (definitionOf({ logging })["logConfiguration"] as { options: object }).options;

  test("block the application if wished, and then have no buffer", () => {
    expect(optionsOf({ mode: "blocking" })).toEqual({ ...LOG_OPTIONS, mode: "blocking" });
  });

  test("pass a buffer of the size that is wished", () => {
    expect(optionsOf({ maxBufferSize: "4m" })).toEqual({
      ...LOG_OPTIONS,
      mode: "non-blocking",
      "max-buffer-size": "4m",
    });
  });

  test("go to the region of the task", () => {
    expect(synthesizedTask({ region: "eu-west-1" }).container()).toMatchObject({
      logConfiguration: { options: { "awslogs-region": "eu-west-1" } },
    });
  });
});

describe("values that only Terraform knows", () => {
  test("stand in the text as references", () => {
    const task = synthesized((scope) => {
      const value = (name: string): string => variable(scope, name).stringValue;
      addTask(scope, {
        containers: [
          {
            name: "web",
            image: FOREIGN_IMAGE,
            environment: { LEVEL: value("level") },
            dockerLabels: { team: value("team") },
            command: [value("command")],
            workingDirectory: value("directory"),
          },
        ],
      });
    });
    expect(task.container()).toMatchObject({
      environment: [{ name: "LEVEL", value: "${var.level}" }],
      dockerLabels: { team: "${var.team}" },
      command: ["${var.command}"],
      workingDirectory: "${var.directory}",
    });
  });

  test("stand in the text as numbers", () => {
    const task = synthesized((scope) => {
      const port = variable(scope, "port").numberValue;
      addTask(scope, {
        containers: [{ name: "web", image: FOREIGN_IMAGE, portMappings: [{ containerPort: port }] }],
      });
    });
    expect(task.containersText()).toContain('"containerPort":${var.port},"hostPort":${var.port}');
  });
});
