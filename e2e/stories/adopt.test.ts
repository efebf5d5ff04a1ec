import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { GetRoleCommand, IAMClient, ListRolePoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";

import { services } from "../../docs/guides/adopt";
import type { Config } from "../../src/config";
import { clientConfiguration, describeService, REGISTRY, runningDigests, tasksOf } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { succeeded } from "../support/run";
import type { TerraformDirectory } from "../support/terraform-directory";
import { useLocalAws } from "./local-aws";

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::invoices/*" }],
});

/** A service of plain Terraform, whose image is named by its tag. */
function service(name: string, executionRole: string, taskRole: string) {
  return {
    aws_cloudwatch_log_group: { [name]: { name: `/services/${name}`, retention_in_days: 365 } },
    aws_iam_role: {
      [executionRole]: { name: executionRole, assume_role_policy: TRUST },
      [taskRole]: { name: taskRole, assume_role_policy: TRUST },
    },
    aws_iam_role_policy: { [taskRole]: { name: "bucket", role: `\${aws_iam_role.${taskRole}.name}`, policy: POLICY } },
    aws_ecs_task_definition: {
      [name]: {
        family: name,
        network_mode: "awsvpc",
        requires_compatibilities: ["FARGATE"],
        cpu: "256",
        memory: "512",
        execution_role_arn: `\${aws_iam_role.${executionRole}.arn}`,
        task_role_arn: `\${aws_iam_role.${taskRole}.arn}`,
        container_definitions: JSON.stringify([{ name: "app", image: `${REGISTRY}/${name}:1.10`, essential: true }]),
      },
    },
    aws_ecs_service: {
      [name]: {
        name,
        cluster: "default",
        task_definition: `\${aws_ecs_task_definition.${name}.arn}`,
        desired_count: 2,
        launch_type: "FARGATE",
        network_configuration: {
          subnets: ["${data.aws_subnets.all.ids[0]}"],
          security_groups: ["${aws_security_group.services.id}"],
          assign_public_ip: true,
        },
      },
    },
  };
}

/** By type and name. */
type Resources = Readonly<Record<string, object>>;

/** Plain Terraform with these services, and what they share. */
function plainTerraform(...parts: Resources[]): object {
  const resource: Record<string, object> = { aws_security_group: { services: { name: "services" } } };
  for (const [type, resources] of parts.flatMap((part) => Object.entries(part)))
    resource[type] = { ...resource[type], ...resources };
  return {
    provider: { aws: { region: "us-east-1" } },
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    data: { aws_subnets: { all: {} } },
    resource,
    output: {
      subnets: { value: "${[data.aws_subnets.all.ids[0]]}" },
      securityGroups: { value: "${[aws_security_group.services.id]}" },
    },
  };
}

const ORDERS = service("orders", "ecsTaskExecutionRole", "OrdersTask");
const INVOICES = service("invoices", "InvoicesExecution", "InvoicesTask");
const { aws_ecs_service: _service, aws_ecs_task_definition: _definition, ...WHAT_ORDERS_USES } = ORDERS;

const aws = useLocalAws();
let before: TerraformDirectory;
let project: Project;
let config: Config;
const digests = new Map<string, string>();

const iam = (): IAMClient => new IAMClient(clientConfiguration(aws.endpoint));

/** The code of the plain Terraform is changed to this; what left it is forgotten, not destroyed. */
async function forget(configuration: object, ...addresses: string[]): Promise<void> {
  writeFileSync(join(before.path, "main.tf.json"), JSON.stringify(configuration));
  succeeded(await before.terraform("state", "rm", ...addresses));
}

/** Does something with no more permissions than the policies give. */
async function asDeployer(something: () => Promise<unknown>): Promise<void> {
  expect(refusedActions(await aws.actionsOf(something), "deploy-services", "deploy-permissions")).toEqual([]);
}

const importInto = (stack: string, address: string, id: string): Promise<void> =>
  asDeployer(async () =>
    succeeded(await project.stack(stack).terraform("import", "-input=false", "-no-color", address, id)),
  );

const deploy = (stack: string): Promise<void> => asDeployer(async () => succeeded(await project.npmDeploy([stack])));

beforeAll(async () => {
  for (const name of ["orders", "invoices"]) {
    await aws.createRepository(name);
    digests.set(name, await push(aws.ecr, name, manifest(name), "1.10"));
  }
  before = demo().handWritten(plainTerraform(ORDERS, INVOICES));
  await before.apply(await before.plan());
  const network = await before.outputs<{ subnets: string[]; securityGroups: string[] }>();
  config = { ...demoLocal({}, { network: { ...network, assignPublicIp: true } }), services };
  project = aws.project(config);
  await project.synth();
  for (const { name } of services) await project.stack(`${name}-local`).init();
});

/** For its folder and its environment alone. */
function demo(): Project {
  return aws.project(demoLocal());
}

describe("a service whose roles and log group stay with their owner", () => {
  test("is imported, and then only updated in place", async () => {
    await importInto("orders-local", "aws_ecs_service.service", "default/orders");

    const { actions } = await project.plan("orders-local");

    expect(actions).toEqual({
      "aws_ecs_service.service": "will be updated in-place",
      "aws_ecs_task_definition.task-definition": "will be created",
      "terraform_data.service_network_2C638C1E": "will be created",
    });
  });

  test("is the same service after its deploy, with its tasks on the digest", async () => {
    const { createdAt, serviceArn } = await describeService(aws.ecs, "orders");

    await deploy("orders-local");

    expect(await describeService(aws.ecs, "orders")).toMatchObject({ createdAt, serviceArn, desiredCount: 1 });
    expect(await runningDigests(aws.ecs, "orders")).toEqual([digests.get("orders")]);
    const [task] = await tasksOf(aws.ecs, "orders");
    expect(task?.taskDefinitionArn).toMatch(/\/orders:2$/);
  });

  test("keeps the revision that it ran, to go back to", async () =>
    expect(await aws.revision("orders:1")).toMatchObject({
      status: "ACTIVE",
      container: { image: `${REGISTRY}/orders:1.10` },
    }));

  test("uses the roles and the log group as they are", async () => {
    const definition = await aws.taskDefinition("orders:2");

    expect(definition).toMatchObject({
      executionRoleArn: "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
      taskRoleArn: "arn:aws:iam::123456789012:role/OrdersTask",
      containerDefinitions: [{ logConfiguration: { options: { "awslogs-group": "/services/orders" } } }],
    });
    const { PolicyNames } = await iam().send(new ListRolePoliciesCommand({ RoleName: "ecsTaskExecutionRole" }));
    expect(PolicyNames).toEqual([]);
  });

  test("has nothing left to change", async () => expect((await project.plan("orders-local")).actions).toEqual({}));

  test("is forgotten by the Terraform that made it, which goes on with the rest", async () => {
    await forget(
      plainTerraform(WHAT_ORDERS_USES, INVOICES),
      "aws_ecs_service.orders",
      "aws_ecs_task_definition.orders",
    );

    expect((await before.plan()).actions).toEqual({});
  });

  test("leaves them when it is destroyed, with all revisions", async () => {
    await project.destroy("orders-local");

    const { services: left, revisions, logGroups } = await aws.inventory();
    expect(left).toEqual(["invoices"]);
    expect(revisions).toEqual(expect.arrayContaining(["orders:1", "orders:2"]));
    expect(logGroups).toContain("/services/orders");
  });
});

describe("a service that is taken over with everything that belongs to it", () => {
  test("is imported with its roles and its log group, and then only updated in place", async () => {
    await importInto("invoices-local", "aws_ecs_service.service", "default/invoices");
    await importInto("invoices-local", "aws_cloudwatch_log_group.log-group", "/services/invoices");
    await importInto("invoices-local", "aws_iam_role.execution-role", "InvoicesExecution");
    await importInto("invoices-local", "aws_iam_role.task-role", "InvoicesTask");

    const { actions } = await project.plan("invoices-local");

    expect(actions).toEqual({
      "aws_cloudwatch_log_group.log-group": "will be updated in-place",
      "aws_ecs_service.service": "will be updated in-place",
      "aws_ecs_task_definition.task-definition": "will be created",
      "aws_iam_role.execution-role": "will be updated in-place",
      "aws_iam_role.task-role": "will be updated in-place",
      "aws_iam_role_policy.execution-role_policy_F8EE44F0": "will be created",
      "aws_iam_role_policy.task-role_policy_96835EC4": "will be created",
      "terraform_data.service_network_2C638C1E": "will be created",
    });
  });

  test("is forgotten by the Terraform that made it before the deploy", async () => {
    const gone = Object.entries<object>(INVOICES).flatMap(([type, resources]) =>
      Object.keys(resources).map((name) => `${type}.${name}`),
    );

    await forget(plainTerraform(WHAT_ORDERS_USES), ...gone);

    expect((await before.plan()).actions).toEqual({});
  });

  test("is the same service after its deploy, with the same roles", async () => {
    const { createdAt } = await describeService(aws.ecs, "invoices");
    const { Role: role } = await iam().send(new GetRoleCommand({ RoleName: "InvoicesTask" }));

    await deploy("invoices-local");

    expect(await describeService(aws.ecs, "invoices")).toMatchObject({ createdAt });
    expect(await iam().send(new GetRoleCommand({ RoleName: "InvoicesTask" }))).toMatchObject({
      Role: { RoleId: role?.RoleId },
    });
    expect(await runningDigests(aws.ecs, "invoices")).toEqual([digests.get("invoices")]);
    expect(await aws.revision("invoices:1")).toMatchObject({ status: "ACTIVE" });
  });

  test("is destroyed with its log group, its roles and all their policies, but not its revisions", async () => {
    const { PolicyNames } = await iam().send(new ListRolePoliciesCommand({ RoleName: "InvoicesTask" }));
    expect(PolicyNames).toEqual(["bucket", "application"]); // the first one was there before

    await project.destroy("invoices-local");

    const { services: left, revisions, logGroups } = await aws.inventory();
    expect(left).toEqual([]);
    expect(revisions).toEqual(expect.arrayContaining(["invoices:1", "invoices:2"]));
    expect(logGroups).toEqual(["/services/orders"]);
    const { Roles = [] } = await iam().send(new ListRolesCommand({}));
    expect(Roles.map(({ RoleName }) => RoleName).sort()).toEqual(["OrdersTask", "ecsTaskExecutionRole"]);
  });
});
