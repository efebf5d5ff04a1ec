import { PinnedFargateService } from "../../../src/constructs/service/pinned-fargate-service";
import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { synthesized, type SynthesizedStack } from "../../support/synthesized-stack";
import { containerProps, serviceProps } from "../../support/task-stack";

const TASK_ROLE = "arn:aws:iam::123456789012:role/team/web";

const synthesizedWeb = (changes: Partial<PinnedFargateServiceProps> = {}): SynthesizedStack =>
  synthesized((stack) => new PinnedFargateService(stack, "web", serviceProps({ name: "web", ...changes })));

describe("a service with names of one's own", () => {
  const NAMES = {
    service: "orders",
    family: "orders-td",
    logGroup: "/services/orders",
    executionRole: "OrdersExecution",
    taskRole: "OrdersTask",
    securityGroup: "Orders tasks",
  };
  const image = { repository: "team/web" };

  test("gives them to its parts, and looks itself up by them", () => {
    const stack = synthesizedWeb({
      names: NAMES,
      network: { vpc: "default" },
      containers: [containerProps({ image })],
    });
    expect(stack.resource("aws_ecs_service")["name"]).toBe("orders");
    expect(stack.lookup("aws_ecs_service")["service_name"]).toBe("orders");
    expect(stack.resource("aws_ecs_task_definition")["family"]).toBe("orders-td");
    expect(stack.resource("aws_cloudwatch_log_group")["name"]).toBe("/services/orders");
    expect(stack.container()).toMatchObject({ logConfiguration: { options: { "awslogs-group": "/services/orders" } } });
    expect(stack.resource("aws_security_group")["name"]).toBe("Orders tasks");
    expect(Object.values(stack.resources("aws_iam_role")).map(({ name }) => name)).toEqual([
      "OrdersExecution",
      "OrdersTask",
    ]);
  });

  test("has the addresses that it has without", () =>
    expect(synthesizedWeb({ names: NAMES, network: { vpc: "default" } }).addresses()).toEqual(
      synthesizedWeb({ network: { vpc: "default" } }).addresses(),
    ));

  test("replaces what is renamed after its successor is there", () => {
    const replaced = (names?: PinnedFargateServiceProps["names"]): string[] =>
      ["aws_cloudwatch_log_group", "aws_iam_role"].flatMap((type) =>
        Object.values(synthesizedWeb({ names, network: { vpc: "default" } }).resources(type)).flatMap(
          ({ name, lifecycle }) => (lifecycle === undefined ? [] : String(name)),
        ),
      );
    expect(replaced()).toEqual([]);
    expect(replaced(NAMES)).toEqual(["/services/orders", "OrdersExecution", "OrdersTask"]);
  });
});

describe("a service with what exists already", () => {
  const EXISTING = { executionRole: "ecsTaskExecutionRole", taskRole: TASK_ROLE, logGroup: "/shared/web" };

  test("makes neither roles nor a log group", () => {
    const stack = synthesizedWeb({ existing: EXISTING });
    expect(stack.addresses().map((address) => address.replace(/\.web_.*/, ""))).toEqual([
      "aws_ecs_service",
      "aws_ecs_task_definition",
      "data.aws_caller_identity",
      "data.aws_cloudwatch_log_group",
      "data.aws_iam_role",
      "data.aws_partition",
      "terraform_data",
    ]);
    expect(stack.resource("aws_ecs_task_definition")).toMatchObject({
      execution_role_arn: expect.stringMatching(/^\$\{data\.aws_iam_role\.web_execution-role_\w+\.arn\}$/) as string,
      task_role_arn: TASK_ROLE,
    });
    expect(stack.container()).toMatchObject({ logConfiguration: { options: { "awslogs-group": "/shared/web" } } });
    expect(Object.keys(stack.resource("aws_ecs_service"))).not.toContain("depends_on");
  });

  test("lets its own execution role write to the existing log group", () => {
    const stack = synthesizedWeb({ existing: { logGroup: "/shared/web" } });
    expect(stack.statements()).toMatchObject([
      { Resource: [expect.stringMatching(/^\$\{data\.aws_cloudwatch_log_group\..+\.arn\}:\*$/)] },
    ]);
  });
});

describe("the roles of a service", () => {
  const SEND = { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:us-east-1:123456789012:orders"] };
  const policiesOf = (changes: Partial<PinnedFargateServiceProps>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.values(synthesizedWeb(changes).resources("aws_iam_role_policy")).map(({ name, policy }) => [
        String(name),
        (JSON.parse(String(policy)) as { Statement: unknown }).Statement,
      ]),
    );

  test("may do what the props say", () => {
    const statements = [SEND];
    expect(policiesOf({ taskRole: { statements }, executionRole: { statements } })).toMatchObject({
      application: [{ Action: SEND.actions }],
      "start-tasks": [{ Action: SEND.actions }, { Action: ["logs:CreateLogStream", "logs:PutLogEvents"] }],
    });
  });

  /** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html */
  test("may send traces, which is a right of the code", () =>
    expect(policiesOf({ taskRole: { xray: true } })).toMatchObject({
      application: [
        {
          Action: [
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords",
            "xray:GetSamplingRules",
            "xray:GetSamplingTargets",
            "xray:GetSamplingStatisticSummaries",
          ],
          Resource: ["*"],
        },
      ],
    }));

  test("may not, unless it is said", () =>
    expect(Object.keys(policiesOf({ taskRole: { xray: false } }))).toEqual(["start-tasks"]));
});

test("all roles of a service have its boundary, unless one has its own", () => {
  const [all, own] = ["all", "own"].map((name) => `arn:aws:iam::123456789012:policy/${name}`);
  const stack = synthesizedWeb({
    permissionsBoundary: all,
    taskRole: { permissionsBoundary: own },
    volumes: { data: { ebs: { sizeInGiB: 10 } } },
    containers: [containerProps({ mountPoints: { data: "/srv/data" } })],
    deploymentStrategy: {
      type: "BLUE_GREEN",
      bakeTimeInMinutes: 5,
      lifecycleHooks: {
        smoke: { functionArn: "arn:aws:lambda:us-east-1:123456789012:function:smoke", stages: ["POST_SCALE_UP"] },
      },
    },
  });
  const roles = Object.values(stack.resources("aws_iam_role"));
  const boundaries = roles.map(({ name, permissions_boundary: boundary }) => [name, boundary]);
  expect(Object.fromEntries(boundaries)).toEqual({
    "web-execution": all,
    "web-task": own,
    "web-ebs": all,
    "web-infrastructure": all,
  });
});
