import {
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";

import type { Config, EnvironmentConfig, ServiceConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions, unusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const policy = (name: string): string => `arn:aws:iam::${ACCOUNT}:policy/${name}`;
const SEND = { actions: ["sqs:SendMessage"], resources: [`arn:aws:sqs:us-east-1:${ACCOUNT}:orders`] };
const READ = {
  actions: ["s3:ListBucket"],
  resources: ["arn:aws:s3:::orders"],
  conditions: { StringLike: { "s3:prefix": ["${aws:PrincipalTag/team}/*"] } },
};

function demo(changes: Partial<ServiceConfig>, environment: Partial<EnvironmentConfig> = {}): Config {
  const { services, ...config } = demoLocal({}, environment);
  return { ...config, services: services.map((service) => ({ ...service, ...changes })) };
}

const FIRST = demo(
  {
    taskRole: { statements: [SEND, READ], managedPolicies: [policy("read-tables")], xray: true },
    executionRole: { managedPolicies: [policy("start-tasks")], permissionsBoundary: policy("other-limit") },
  },
  { permissionsBoundary: policy("limit") },
);
const CHANGED = demo({
  taskRole: { statements: [SEND], managedPolicies: [policy("write-tables")] },
  executionRole: { permissionsBoundary: policy("limit") },
});
const RENAMED = demo({
  taskRole: { statements: [SEND], managedPolicies: [policy("write-tables")] },
  executionRole: { permissionsBoundary: policy("limit") },
  names: { family: "shop", logGroup: "/services/shop", taskRole: "ShopTask", securityGroup: "Tasks of the shop" },
});
const NOT_THERE = demo({ existing: { executionRole: "lambda", taskRole: "missing", logGroup: "/missing" } });

const aws = useLocalAws();
let project: Project;
let digest: string;
const seen = new Set<string>();

const iam = (): IAMClient => new IAMClient(clientConfiguration(aws.endpoint));

/** What a role may do by its inline policy. */
async function statementsOf(RoleName: string): Promise<unknown> {
  const input = { RoleName, PolicyName: "application" };
  const { PolicyDocument = "" } = await iam().send(new GetRolePolicyCommand(input));
  return (JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: unknown }).Statement;
}

async function attachedTo(RoleName: string): Promise<(string | undefined)[]> {
  const { AttachedPolicies = [] } = await iam().send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.map(({ PolicyName }) => PolicyName);
}

async function boundaryOf(RoleName: string): Promise<string | undefined> {
  const { Role } = await iam().send(new GetRoleCommand({ RoleName }));
  return Role?.PermissionsBoundary?.PermissionsBoundaryArn;
}

/** Does something as the deployer. */
async function asDeployer<T>(something: () => Promise<T>): Promise<T> {
  let result: T | undefined;
  for (const action of await aws.actionsOf(async () => (result = await something()))) seen.add(action);
  return result as T;
}

beforeAll(async () => {
  await aws.createRepository("demo");
  digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
  const Statement = [{ Effect: "Allow", Action: "dynamodb:*", Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  for (const PolicyName of ["read-tables", "write-tables", "start-tasks", "limit", "other-limit"]) {
    await iam().send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
  }
  const trust = [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: trust });
  await iam().send(new CreateRoleCommand({ RoleName: "lambda", AssumeRolePolicyDocument }));
  project = aws.project(NOT_THERE);
});

test("roles and a log group that do not exist, or that tasks cannot use, fail the plan", async () => {
  const { exitCode, output } = await project.tryDeploy("demo-local");

  expect(exitCode).toBe(1);
  expect(words(output)).toContain("reading IAM Role (missing): couldn't find resource");
  expect(words(output)).toContain("ECS tasks cannot assume the role lambda; its trust policy must allow");
  expect(words(output)).toContain("reading CloudWatch Logs Log Group (/missing): empty result");
  expect((await aws.inventory()).services).toEqual([]);
});

describe("the roles of a service", () => {
  test("get what the config says", async () => {
    project.edit(FIRST);
    await asDeployer(() => project.deploy("demo-local"));

    expect(await statementsOf("demo-local-task")).toEqual([
      { Effect: "Allow", Action: SEND.actions, Resource: SEND.resources },
      { Effect: "Allow", Action: READ.actions, Resource: READ.resources, Condition: READ.conditions },
      { Effect: "Allow", Action: expect.arrayContaining(["xray:PutTraceSegments"]) as unknown, Resource: ["*"] },
    ]);
    expect(await attachedTo("demo-local-task")).toEqual(["read-tables"]);
    expect(await attachedTo("demo-local-execution")).toEqual(["start-tasks"]);
    expect(await boundaryOf("demo-local-task")).toBe(policy("limit"));
    expect(await boundaryOf("demo-local-execution")).toBe(policy("other-limit"));
  });

  test("are no change in a second plan", async () => {
    expect((await project.plan("demo-local")).actions).toEqual({});
  });

  test("change in place, without another deployment", async () => {
    project.edit(CHANGED);
    await asDeployer(() => project.deploy("demo-local"));

    expect(await statementsOf("demo-local-task")).toHaveLength(1);
    expect(await attachedTo("demo-local-task")).toEqual(["write-tables"]);
    expect(await attachedTo("demo-local-execution")).toEqual([]);
    expect(await boundaryOf("demo-local-task")).toBeUndefined();
    expect(await boundaryOf("demo-local-execution")).toBe(policy("limit"));
    expect((await aws.inventory()).revisions).toEqual(["demo-local:1"]);
  });
});

describe("names of one's own", () => {
  test("replace what had another name once the tasks have moved", async () => {
    project.edit(RENAMED);
    const { output } = await asDeployer(() => project.deploy("demo-local"));

    const at = (text: RegExp): number => {
      const found = output.search(text);
      expect(found === -1 ? String(text) : "").toBe("");
      return found;
    };
    const moved = at(/aws_ecs_service\.service .*Modifications complete/);
    for (const part of ["aws_iam_role.task-role", "aws_cloudwatch_log_group.log-group", "aws_security_group.network"]) {
      const address = part.replaceAll(".", "\\.");
      expect(at(new RegExp(`${address}.*Creation complete`))).toBeLessThan(moved);
      expect(at(new RegExp(`${address}.*Destroying`))).toBeGreaterThan(moved);
    }
  });

  test("are those of the new parts, and a second plan is empty", async () => {
    expect((await project.plan("demo-local")).actions).toEqual({});
    expect(await statementsOf("ShopTask")).toHaveLength(1);
    expect(await attachedTo("ShopTask")).toEqual(["write-tables"]);
    expect(await aws.inventory()).toEqual({
      services: ["demo-local"],
      revisions: ["demo-local:1", "shop:1"],
      logGroups: ["/services/shop"],
    });
    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
  });
});

test("what is destroyed leaves what existed, and its revisions", async () => {
  await asDeployer(() => project.destroy("demo-local"));

  expect(await aws.inventory()).toMatchObject({ services: [], logGroups: [] });
  const { Roles = [] } = await iam().send(new ListRolesCommand({}));
  expect(Roles.map(({ RoleName }) => RoleName).sort()).toEqual(["lambda"]);
});

describe("the policy of the deployer", () => {
  test("allows all of that", () => {
    expect(refusedActions(seen, "deploy-services", "deploy-permissions")).toEqual([]);
  });

  test("allows nothing else, besides passing a role, which AWS checks when a task definition is registered", () => {
    expect(unusedActions(seen, "deploy-permissions")).toEqual(["iam:PassRole"]);
  });
});
