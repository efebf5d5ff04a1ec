import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";

import type { ContainerProps } from "../../../src/model/container";
import { inlinePolicy } from "../../support/inline-policy";
import { synthesized, type Block, type SynthesizedStack } from "../../support/synthesized-stack";
import { addTask, containerProps, definitionOf, synthesizedTask } from "../../support/task-stack";

const ROUTER = containerProps({ name: "router", firelensConfiguration: { type: "fluentbit" } });
const AWSLOGS = { "awslogs-group": "/ecs/demo", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web" };
const SPLUNK = {
  driver: "splunk",
  options: { "splunk-url": "https://splunk:8088", "splunk-index": "shop" },
  secretOptions: { "splunk-token": { ssmParameter: "/splunk/token" } },
} as const;
const NON_BLOCKING = { mode: "non-blocking", "max-buffer-size": "25m" };
const OWN = "${aws_cloudwatch_log_group.log-group.arn}:*";

const logsOf = (logging: ContainerProps["logging"]): unknown => definitionOf({ logging })["logConfiguration"];

describe("the lines of a container", () => {
  test.each<[ContainerProps["logging"], Block]>([
    [{}, { ...AWSLOGS, ...NON_BLOCKING }],
    [
      { driver: "awslogs", mode: "blocking" },
      { ...AWSLOGS, mode: "blocking" },
    ],
    [{ logGroup: "/ecs/shared" }, { ...AWSLOGS, "awslogs-group": "/ecs/shared", ...NON_BLOCKING }],
    [{ streamPrefix: "shop" }, { ...AWSLOGS, "awslogs-stream-prefix": "shop", ...NON_BLOCKING }],
    [{ multilinePattern: "^\\d${" }, { ...AWSLOGS, "awslogs-multiline-pattern": "^\\d${", ...NON_BLOCKING }],
    [{ datetimeFormat: "%{Y" }, { ...AWSLOGS, "awslogs-datetime-format": "%{Y", ...NON_BLOCKING }],
  ])("with %j go to CloudWatch Logs", (logging, options) =>
    expect(logsOf(logging)).toEqual({ logDriver: "awslogs", options }),
  );

  test("go to Splunk, without blocking the application", () => {
    expect(logsOf(SPLUNK)).toMatchObject({ logDriver: "splunk", options: { ...SPLUNK.options, ...NON_BLOCKING } });
    expect(logsOf({ ...SPLUNK, mode: "blocking" })).toMatchObject({ options: { ...SPLUNK.options, mode: "blocking" } });
  });

  test.each<[ContainerProps["logging"], Block]>([
    [
      { driver: "awsfirelens", options: { Name: "cloudwatch_logs", log_group_name: "/app" } },
      { logDriver: "awsfirelens", options: { Name: "cloudwatch_logs", log_group_name: "/app" } },
    ],
    [{ driver: "awsfirelens" }, { logDriver: "awsfirelens" }],
  ])("with %j go to the router, with the options of its output and no others", (logging, expected) => {
    const [web] = synthesizedTask({ containers: [containerProps({ logging }), ROUTER] }).containers();
    expect(web?.["logConfiguration"]).toEqual(expected);
  });

  test("go to a log group of another stack or resource", () => {
    const stack = synthesized((scope) => {
      const { name } = new CloudwatchLogGroup(scope, "shared", { name: "/ecs/shared" });
      addTask(scope, { containers: [containerProps({ logging: { logGroup: name } })] });
    });
    expect(stack.containersText()).toContain(
      '"awslogs-group":${jsonencode(tostring(aws_cloudwatch_log_group.shared.name))}',
    );
    expect(JSON.stringify(stack.statements())).toContain(":log-group:${aws_cloudwatch_log_group.shared.name}:*");
  });
});

describe("a secret option", () => {
  const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:datadog-AbCdEf";
  const stack = (): SynthesizedStack => {
    const secretOptions = {
      "z-token": { ssmParameter: "/z/token", kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/z" },
      apikey: { secretsManager: arn, key: "api-key" },
    };
    return synthesizedTask({
      containers: [containerProps({ logging: { driver: "awsfirelens", secretOptions } }), ROUTER],
    });
  };

  test("is read from where it is, and sorted by name, as the provider does", () =>
    expect(stack().containers()[0]?.["logConfiguration"]).toEqual({
      logDriver: "awsfirelens",
      secretOptions: [
        { name: "apikey", valueFrom: `${arn}:api-key::` },
        { name: "z-token", valueFrom: expect.stringMatching(/^arn:.*:parameter\/z\/token$/) as string },
      ],
    }));

  test("may be read by ECS", () =>
    expect(inlinePolicy(stack(), "start-tasks")).toEqual(
      expect.arrayContaining([
        { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [arn] },
        {
          Effect: "Allow",
          Action: ["ssm:GetParameters"],
          Resource: ["arn:aws:ssm:us-east-1:123456789012:parameter/z/token"],
        },
        { Effect: "Allow", Action: ["kms:Decrypt"], Resource: ["arn:aws:kms:us-east-1:123456789012:key/z"] },
      ]),
    ));
});

describe("a log router", () => {
  const routerWith = (changes: Partial<ContainerProps>): Block | undefined => {
    const web = containerProps({ logging: { driver: "awsfirelens" } });
    return synthesizedTask({ containers: [web, { ...ROUTER, ...changes }] }).containers()[1];
  };

  test("runs as root and logs to CloudWatch Logs", () =>
    expect(routerWith({})).toMatchObject({
      user: "0",
      firelensConfiguration: { type: "fluentbit" },
      logConfiguration: { logDriver: "awslogs" },
    }));

  test("runs as the user it names", () => expect(routerWith({ user: "1000" })).toMatchObject({ user: "1000" }));

  test.each<[NonNullable<ContainerProps["firelensConfiguration"]>, Block]>([
    [{ type: "fluentd" }, { type: "fluentd" }],
    [
      { type: "fluentbit", enableEcsLogMetadata: false },
      { type: "fluentbit", options: { "enable-ecs-log-metadata": "false" } },
    ],
    [
      { type: "fluentbit", configFile: "/extra.conf", enableEcsLogMetadata: true },
      {
        type: "fluentbit",
        options: {
          "enable-ecs-log-metadata": "true",
          "config-file-type": "file",
          "config-file-value": "/extra.conf",
        },
      },
    ],
  ])("is set up as %j", (firelensConfiguration, expected) =>
    expect(routerWith({ firelensConfiguration })?.["firelensConfiguration"]).toEqual(expected),
  );

  test("is nothing that an ordinary container is", () =>
    expect(Object.keys(definitionOf({}))).toEqual(["name", "image", "essential", "logConfiguration"]));
});

describe("ECS may write", () => {
  const groupsOf = (...containers: Partial<ContainerProps>[]): unknown => {
    const named = containers.map((changes, index) => containerProps({ name: `web-${index}`, ...changes }));
    const write = inlinePolicy(synthesizedTask({ containers: named }), "start-tasks").find(({ Action }) =>
      (Action as string[]).includes("logs:PutLogEvents"),
    );
    return write?.["Resource"];
  };
  const groupNamed = (name: string): string => `arn:aws:logs:us-east-1:123456789012:log-group:${name}:*`;

  test("to the log group of the task", () => expect(groupsOf({}, {})).toEqual([OWN]));

  test("to each log group that a container names, once", () =>
    expect(
      groupsOf({ logging: { logGroup: "/a" } }, {}, { logging: { logGroup: "/b" } }, { logging: { logGroup: "/a" } }),
    ).toEqual([groupNamed("/a"), OWN, groupNamed("/b")]));

  test("to no log group that no container writes to", () => {
    expect(groupsOf({ logging: { logGroup: "/a" } })).toEqual([groupNamed("/a")]);
    expect(groupsOf({ logging: SPLUNK })).toBeUndefined();
  });
});
