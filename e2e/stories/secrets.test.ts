import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { GetRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

import type { Config, ServiceConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration, runningDigests } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

/** The values, which may be in no file and in no output. */
const VALUES = ["correct-horse", "battery-staple", "tr0ub4dor", "renewed-horse"] as const;
const [PASSWORD, REGISTRY_PASSWORD, TOKEN, RENEWED] = VALUES;
const SECRET = `{"user": "shop", "password": "${PASSWORD}"}`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/shop`;
const PARAMETERS = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter`;
const PRIVATE_IMAGE = `registry.example.com/agent@sha256:${"a".repeat(64)}`;
const FILE = "arn:aws:s3:::shop-settings/demo.env";

const aws = useLocalAws();
let project: Project;
let digest: string;
let database: string;
let registry: string;
let output = "";

const secretsManager = (): SecretsManagerClient => new SecretsManagerClient(clientConfiguration(aws.endpoint));

async function createSecret(name: string, value: string): Promise<string> {
  const { ARN } = await secretsManager().send(new CreateSecretCommand({ Name: name, SecretString: value }));
  return ARN ?? "";
}

/** The service with secrets of every kind. */
function withSecrets(secrets: NonNullable<ServiceConfig["containers"][number]["secrets"]> = {}): Config {
  const { services, ...config } = demoLocal({
    secrets: {
      DB_PASSWORD: { secretsManager: "shop/db", key: "password", kmsKeyArn: KEY },
      DB_USER: { secretsManager: database, key: "user", versionStage: "AWSCURRENT" },
      DB: { secretsManager: "shop/db" },
      TOKEN: { ssmParameter: "/shop/token" },
      OTHER: { ssmParameter: `${PARAMETERS}/shop/other` },
      ...secrets,
    },
    environmentFiles: [FILE],
  });
  const agent = {
    name: "agent",
    image: PRIVATE_IMAGE,
    essential: false,
    repositoryCredentials: { secretsManager: "shop/registry" },
  };
  return { ...config, services: services.map((each) => ({ ...each, containers: [...each.containers, agent] })) };
}

/** What the execution role may do, by action. */
async function rights(): Promise<Record<string, unknown>> {
  const { PolicyDocument = "" } = await new IAMClient(clientConfiguration(aws.endpoint)).send(
    new GetRolePolicyCommand({ RoleName: "demo-local-execution", PolicyName: "start-tasks" }),
  );
  const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as {
    Statement: { Action: string[]; Resource: string[] }[];
  };
  return Object.fromEntries(Statement.map(({ Action, Resource }) => [Action.join(), Resource]));
}

/** The files of the project, with the state and what was synthesized, in which one of the texts stands. */
function filesWith(...texts: string[]): string[] {
  const files = readdirSync(project.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("providers"))
    .map(({ parentPath, name }) => join(parentPath, name));
  return files.filter((file) => texts.some((text) => readFileSync(file).includes(text)));
}

beforeAll(async () => {
  await aws.createRepository("demo");
  digest = await push(aws.ecr, "demo", manifest("first"), "1.10");
  database = await createSecret("shop/db", SECRET);
  registry = await createSecret("shop/registry", `{"username": "shop", "password": "${REGISTRY_PASSWORD}"}`);
  const ssm = new SSMClient(clientConfiguration(aws.endpoint));
  await ssm.send(new PutParameterCommand({ Name: "/shop/token", Type: "SecureString", Value: TOKEN }));
  project = aws.project(withSecrets());
});

describe("a service with secrets of every kind, environment files and a private registry", () => {
  test("is deployed by a role that may look secrets up, but not read them", async () => {
    const requested = await aws.actionsOf(async () => (output += (await project.deploy("demo-local")).output));

    expect(await runningDigests(aws.ecs, "demo-local")).toEqual([digest]);
    expect(requested).toContain("secretsmanager:DescribeSecret");
    expect(requested.filter((action) => /GetSecretValue|ssm:|s3:GetObject|kms:/.test(action))).toEqual([]);
    expect(refusedActions(requested, "deploy-services", "deploy-secrets")).toEqual([]);
  });

  test("ECS reads each from its place", async () => {
    const containers = await aws.containers("demo-local:1");
    const [agent, demo] = [...containers].sort((a, b) => (a.name ?? "").localeCompare(b.name ?? ""));

    expect(demo?.secrets).toEqual([
      { name: "DB", valueFrom: database },
      { name: "DB_PASSWORD", valueFrom: `${database}:password::` },
      { name: "DB_USER", valueFrom: `${database}:user:AWSCURRENT:` },
      { name: "OTHER", valueFrom: `${PARAMETERS}/shop/other` },
      { name: "TOKEN", valueFrom: `${PARAMETERS}/shop/token` },
    ]);
    expect(demo?.environmentFiles).toEqual([{ value: FILE, type: "s3" }]);
    expect(agent?.repositoryCredentials).toEqual({ credentialsParameter: registry });
  });

  test("the execution role may read exactly these", async () => {
    expect(await rights()).toMatchObject({
      "secretsmanager:GetSecretValue": [database, database, registry], // by name, and by ARN
      "ssm:GetParameters": [`${PARAMETERS}/shop/token`, `${PARAMETERS}/shop/other`],
      "kms:Decrypt": [KEY],
      "s3:GetObject": [FILE],
      "s3:GetBucketLocation": ["arn:aws:s3:::shop-settings"],
    });
  });

  test("a second plan is empty, even if the value has changed", async () => {
    await secretsManager().send(new PutSecretValueCommand({ SecretId: "shop/db", SecretString: RENEWED }));

    const plan = await project.plan("demo-local");

    output += plan.text;
    expect([plan.actions, plan.exitCode]).toEqual([{}, 0]);
  });
});

test("a change of the secrets changes the revision and the rights, and nothing else", async () => {
  project.edit(
    withSecrets({ TOKEN: { secretsManager: "shop/registry", key: "password" }, OTHER: { secretsManager: "shop/db" } }),
  );

  output += (await project.deploy("demo-local")).output;

  const [demo] = (await aws.containers("demo-local:2")).filter(({ name }) => name === "demo");
  expect(demo?.secrets).toContainEqual({ name: "TOKEN", valueFrom: `${registry}:password::` });
  expect(await rights()).not.toHaveProperty("ssm:GetParameters");
  expect((await project.plan("demo-local")).actions).toEqual({});
});

test("no value is in the state, in what was synthesized, or in any output", () => {
  expect(filesWith(database)).toContainEqual(expect.stringMatching(/\.tfstate$/)); // the ARN is
  expect(filesWith(...VALUES)).toEqual([]);
  expect(VALUES.filter((value) => output.includes(value))).toEqual([]);
});

test("a secret that does not exist, or is scheduled for deletion, is named in the error, and nothing changes", async () => {
  await createSecret("shop/old", "old");
  await secretsManager().send(new DeleteSecretCommand({ SecretId: "shop/old" }));
  project.edit(withSecrets({ MISSING: { secretsManager: "shop/missing" }, OLD: { secretsManager: "shop/old" } }));

  const failed = await project.tryDeploy("demo-local");

  expect(failed.exitCode).toBe(1);
  expect(words(failed.output)).toContain("reading Secrets Manager Secret (shop/missing): couldn't find resource");
  expect(words(failed.output)).toContain("reading Secrets Manager Secret (shop/old): couldn't find resource");
  expect((await aws.inventory()).revisions).toEqual(["demo-local:1", "demo-local:2"]);
});

test("destroy leaves the secrets", async () => {
  project.edit(withSecrets());
  await project.destroy("demo-local");

  expect(await createSecret("shop/db", "again").catch((error: unknown) => String(error))).toMatch(/ResourceExists/);
});
