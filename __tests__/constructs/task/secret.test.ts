import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";

import type { Container } from "../../../src/constructs/task/container";
import type { ContainerProps } from "../../../src/model/container";
import type { Secret } from "../../../src/model/secrets";
import { rejection, uncompiled } from "../../support/rejection";
import {
  emptyStack,
  synthesized,
  type Block,
  type Blocks,
  type SynthesizedStack,
} from "../../support/synthesized-stack";
import { addTask, containerProps, synthesizedTask } from "../../support/task-stack";

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCd12";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/shop";
const LOOKED_UP = "${data.aws_secretsmanager_secret.secrets_shopdb_1C31C4FF.arn}";
const PARAMETER =
  "arn:${data.aws_partition.account_partition_32ACE770.partition}:ssm:us-east-1:${data.aws_caller_identity.account_identity_B7F107C0.account_id}:parameter/";

const taskWith = (changes: Partial<ContainerProps>): SynthesizedStack =>
  synthesizedTask({ containers: [containerProps(changes)] });

/** What becomes of a secret of the container. */
const valueFrom = (secret: Secret): unknown =>
  (taskWith({ secrets: { A: secret } }).container()["secrets"] as Block[])[0]?.["valueFrom"];

/** What the execution role may do besides writing its logs. */
const granted = (stack: SynthesizedStack): unknown[] =>
  stack
    .statements()
    .filter(({ Action }) => !(Action as string[])[0]?.startsWith("logs:"))
    .map(({ Action, Resource }) => [Action, Resource]);

describe("ECS reads", () => {
  test.each<[string, Secret, string]>([
    ["a whole secret", { secretsManager: ARN }, ARN],
    ["a key of a secret", { secretsManager: ARN, key: "password" }, `${ARN}:password::`],
    ["a version by its label", { secretsManager: ARN, versionStage: "AWSPREVIOUS" }, `${ARN}::AWSPREVIOUS:`],
    [
      "a version by its id",
      { secretsManager: ARN, key: "${k}", versionId: "a".repeat(32) },
      `${ARN}:\${k}::${"a".repeat(32)}`,
    ],
    ["a secret by name", { secretsManager: "shop/db", key: "password" }, `${LOOKED_UP}:password::`],
    ["a parameter by name", { ssmParameter: "/shop/token" }, `${PARAMETER}shop/token`],
    ["a parameter outside a hierarchy", { ssmParameter: "token" }, `${PARAMETER}token`],
    [
      "a parameter by ARN",
      { ssmParameter: "arn:aws:ssm:eu-west-1:111122223333:parameter/a" },
      "arn:aws:ssm:eu-west-1:111122223333:parameter/a",
    ],
  ])("%s", (_, secret, expected) => expect(valueFrom(secret)).toBe(expected));

  test("secrets in the order of the provider", () =>
    expect(
      taskWith({ secrets: { B: { ssmParameter: "/b" }, A: { secretsManager: ARN } } }).container()["secrets"],
    ).toEqual([
      { name: "A", valueFrom: ARN },
      { name: "B", valueFrom: `${PARAMETER}b` },
    ]));

  test("nothing where there are no secrets", () => expect(taskWith({}).container()).not.toHaveProperty("secrets"));
});

describe("the execution role may read", () => {
  test("exactly these secrets and parameters, and use no key", () =>
    expect(
      granted(
        taskWith({
          secrets: {
            A: { secretsManager: ARN, key: "user" },
            B: { secretsManager: ARN, key: "password", versionStage: "AWSPREVIOUS" },
            C: { secretsManager: "shop/db" },
            D: { ssmParameter: "/shop/token" },
          },
        }),
      ),
    ).toEqual([
      [["secretsmanager:GetSecretValue"], [ARN, LOOKED_UP]],
      [["ssm:GetParameters"], [`${PARAMETER}shop/token`]],
    ]));

  test.each<[string, Secret]>([
    ["a secret", { secretsManager: ARN, kmsKeyArn: KEY }],
    ["a parameter", { ssmParameter: "/shop/token", kmsKeyArn: KEY }],
  ])("%s with its key", (_, secret) =>
    expect(granted(taskWith({ secrets: { A: secret } }))).toContainEqual([["kms:Decrypt"], [KEY]]),
  );
});

describe("a secret that is named", () => {
  test("is looked up once, without its value", () => {
    const stack = synthesizedTask({
      containers: [
        containerProps({ secrets: { A: { secretsManager: "shop/db", key: "a" }, B: { secretsManager: "shop/db" } } }),
        containerProps({ name: "agent", secrets: { A: { secretsManager: "shop/db" } } }),
      ],
    });
    expect(stack.lookup("aws_secretsmanager_secret")).toEqual({ name: "shop/db" });
    expect(granted(stack)).toEqual([[["secretsmanager:GetSecretValue"], [LOOKED_UP]]]);
    expect(stack.addresses().filter((address) => /secret|ssm/.test(address))).toHaveLength(1);
  });

  test("has its name in the path that cdktf prints next to an error", () => {
    const stack = emptyStack();
    const task = addTask(stack, { containers: [containerProps({ secrets: { A: { secretsManager: "shop/db" } } })] });
    const [lookup] = task.node.findAll().filter((child) => child instanceof DataAwsSecretsmanagerSecret);
    const blocks = (lookup?.toTerraform() as { data: Blocks }).data["aws_secretsmanager_secret"];
    expect(Object.values(blocks ?? {})).toMatchObject([{ "//": { metadata: { path: "stack/secret shop/db" } } }]);
  });

  test.each(["Default", "constructor", "__proto__", "a/b", "a--b", "a.b"])("may be called %j", (name) => {
    const stack = taskWith({ secrets: { A: { secretsManager: name }, B: { secretsManager: "ab" } } });
    const names = Object.values(stack.data("aws_secretsmanager_secret")).map((lookup) => lookup["name"]);
    expect(names.sort()).toEqual([name, "ab"].sort());
  });
});

test("ECS signs in to a private registry with a secret, which the execution role may read", () => {
  const repositoryCredentials = { secretsManager: "shop/db", kmsKeyArn: KEY };
  const stack = taskWith({ repositoryCredentials });
  expect(stack.container()["repositoryCredentials"]).toEqual({ credentialsParameter: LOOKED_UP });
  expect(granted(stack)).toEqual([
    [["kms:Decrypt"], [KEY]],
    [["secretsmanager:GetSecretValue"], [LOOKED_UP]],
  ]);
});

describe("addSecret", () => {
  const withSecrets = (add: (container: Container) => void, changes: Partial<ContainerProps> = {}): SynthesizedStack =>
    synthesized((scope) => add(addTask(scope, { containers: [containerProps(changes)] }).container("web")));

  test("takes references, and lets the execution role read them", () => {
    const stack = synthesized((scope) => {
      const web = addTask(scope).container("web");
      const { arn } = new SecretsmanagerSecret(scope, "db", { name: "db" });
      web.addSecret("PASSWORD", { secretsManager: arn, key: "password" });
      web.addSecret("TOKEN", { ssmParameter: new SsmParameter(scope, "token", { name: "t", type: "String" }).arn });
    });
    expect(stack.container()["secrets"]).toEqual([
      { name: "PASSWORD", valueFrom: "${aws_secretsmanager_secret.db.arn}:password::" },
      { name: "TOKEN", valueFrom: "${aws_ssm_parameter.token.arn}" },
    ]);
    expect(granted(stack)).toEqual([
      [["secretsmanager:GetSecretValue"], ["${aws_secretsmanager_secret.db.arn}"]],
      [["ssm:GetParameters"], ["${aws_ssm_parameter.token.arn}"]],
    ]);
  });

  test.each(["constructor", "toString"])("may add %s, which every object has", (name) =>
    expect(withSecrets((web) => web.addSecret(name, { secretsManager: ARN })).container()["secrets"]).toEqual([
      { name, valueFrom: ARN },
    ]),
  );

  test.each<[string, (web: Container) => void, string]>([
    [
      "a second secret of a name",
      (web) => web.addSecret("S", { ssmParameter: "/s" }),
      'secrets: "S" is a secret already; remove one of them',
    ],
    [
      "a secret with the name of a variable",
      (web) => web.addSecret("V", { ssmParameter: "/s" }),
      'secrets: "V" has a value in environment; remove one of them',
    ],
    [
      "a variable with the name of a secret",
      (web) => web.addEnvironment("S", "s"),
      'environment: "S" is a secret already; remove one of them',
    ],
    [
      "a value",
      (web) => web.addSecret("N", uncompiled("hunter2")),
      'secrets: N is not an object; write { secretsManager: "NAME" } or { ssmParameter: "NAME" }',
    ],
  ])("rejects %s", (_, add, fault) => {
    const props = containerProps({ environment: { V: "v" }, secrets: { S: { secretsManager: ARN } } });
    const web = addTask(emptyStack(), { containers: [props] }).container("web");
    expect(rejection(() => add(web))).toBe(`service "demo": containers[0] "web": ${fault}`);
  });
});
