import type { ContainerProps } from "../../src/model/container";
import { fargateService, type PinnedFargateServiceProps } from "../../src/model/service";
import { REFERENCE, lines } from "../support/problems";
import { containerProps, serviceProps } from "../support/task-stack";

const web = (changes: Partial<ContainerProps> = {}): ContainerProps =>
  containerProps({ logging: { driver: "awsfirelens" }, ...changes });
const router = (changes: Partial<ContainerProps> = {}): ContainerProps =>
  containerProps({ name: "router", firelensConfiguration: { type: "fluentbit" }, ...changes });

const linesOf = (containers: ContainerProps[], changes: Partial<PinnedFargateServiceProps> = {}): string[] =>
  lines(fargateService, serviceProps({ containers, ...changes }));

const PORT = "port 24224 is that of the log router, which only the task may reach";

describe("containers that log to a router", () => {
  test.each<[string, ContainerProps[]]>([
    ["with a router", [web(), router()]],
    ["with a router, beside one that does not", [web(), router(), containerProps({ name: "other" })]],
    ["with a router as root", [web(), router({ user: "0" })]],
    ["with a router as a user and a group", [web(), router({ user: "1000:app" })]],
    ["with a router as a user that is a reference", [web(), router({ user: REFERENCE })]],
    ["not at all", [containerProps({ portMappings: [{ containerPort: 24_224 }] })]],
  ])("are right %s", (_name, containers) => expect(linesOf(containers)).toEqual([]));

  test.each<[string, ContainerProps[], string]>([
    [
      "without a router",
      [web()],
      'containers[0] "web": logging: driver "awsfirelens" needs a container with a firelensConfiguration, and the task has none; add one',
    ],
    [
      "with two routers",
      [web(), router(), router({ name: "second" })],
      'containers[2] "second": container "router" is the log router already, and a task has only one',
    ],
    [
      "with a router that logs to itself",
      [web(), router({ logging: { driver: "awsfirelens" } })],
      'containers[1] "router": logging: the log router cannot log to itself; use driver "awslogs"',
    ],
    [
      "as nobody does",
      [containerProps(), router()],
      'containers[1] "router": no container logs to this log router; give one logging: { driver: "awsfirelens", options: { … } }, or remove firelensConfiguration',
    ],
    [
      "with a router whose user has a name",
      [web(), router({ user: "root" })],
      'containers[1] "router": user "root" is not valid for a log router; begin it with the number of the user: "0"',
    ],
    [
      "and listen on the port of the router",
      [web({ portMappings: [{ containerPort: 80 }, { containerPort: 24_224 }] }), router()],
      `containers[0] "web": portMappings[1]: ${PORT}; remove it`,
    ],
  ])("are wrong %s", (_name, containers, line) => expect(linesOf(containers)).toEqual([`it: ${line}`]));

  test("let nobody else reach the router", () => {
    const changes = {
      network: { vpc: "default" as const },
      ingress: [
        { port: 80, cidrIpv4: "10.0.0.0/8" },
        { port: 24_224, cidrIpv4: "10.0.0.0/8" },
      ],
    };
    expect(linesOf([web(), router()], changes)).toEqual([`it: ingress[1]: ${PORT}; remove the rule`]);
    const ingress = [{ port: 24_000, toPort: 25_000, cidrIpv4: "10.0.0.0/8" }];
    expect(linesOf([web(), router()], { ...changes, ingress })).toEqual([`it: ingress[0]: ${PORT}; remove the rule`]);
    expect(linesOf([containerProps()], changes)).toEqual([]);
  });
});
