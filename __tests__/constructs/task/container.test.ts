import type { ContainerProps } from "../../../src/model/container";
import { rejection } from "../../support/rejection";
import { emptyStack, synthesized, type Block } from "../../support/synthesized-stack";
import { addTask, containerProps } from "../../support/task-stack";

const DIGEST = `sha256:${"a".repeat(64)}`;

/** What becomes of the container `web`, to which `build` adds. */
function environmentAfter(build: (add: (name: string, value: string) => void) => void): unknown {
  const stack = synthesized((scope) => {
    const containers = [containerProps({ environment: { LEVEL: "info" } }), containerProps({ name: "agent" })];
    const task = addTask(scope, { containers });
    build((name, value) => task.container("web").addEnvironment(name, value));
  });
  const [web, agent] = stack.containers() as [Block, Block];
  expect(agent).not.toHaveProperty("environment");
  return web["environment"];
}

describe("addEnvironment", () => {
  test("adds a variable to this container, in the order of the provider", () => {
    expect(environmentAfter((add) => add("GREETING", "hello"))).toEqual([
      { name: "GREETING", value: "hello" },
      { name: "LEVEL", value: "info" },
    ]);
  });

  test.each(["constructor", "toString", "hasOwnProperty"])("may add %s, which every object has", (name) => {
    expect(environmentAfter((add) => add(name, "a"))).toContainEqual({ name, value: "a" });
  });

  test("replaces a value", () => {
    expect(environmentAfter((add) => add("LEVEL", "debug"))).toEqual([{ name: "LEVEL", value: "debug" }]);
  });

  test("leaves the props of the caller as they are", () => {
    const environment = { LEVEL: "info" };
    addTask(emptyStack(), { containers: [containerProps({ environment })] })
      .container("web")
      .addEnvironment("LEVEL", "debug");
    expect(environment).toEqual({ LEVEL: "info" });
  });

  test.each([
    ["A=pa55", "secret", 'name "A=…" is not valid; use one without "="'],
    [
      "DATABASE_URL",
      "postgres://shop:hunter2@db/shop",
      "DATABASE_URL holds a URL with a password, which the console would show; keep it in Secrets Manager or Parameter Store, and let secrets put it into an environment variable",
    ],
    ["LEVEL", "\ud83d", "LEVEL has half of a surrogate pair, which UTF-8 cannot encode; remove it"],
  ])("rejects %j with %j, and names the container", (name, value, fault) => {
    const container = addTask(emptyStack()).container("web");
    expect(rejection(() => container.addEnvironment(name, value))).toBe(
      `service "demo": containers[0] "web": environment: ${fault}`,
    );
  });
});

test("addEnvironment rejects __proto__, which JavaScript would lose", () => {
  const container = addTask(emptyStack()).container("web");
  expect(rejection(() => container.addEnvironment("__proto__", "a"))).toBe(
    'service "demo": containers[0] "web": environment has the name "__proto__", which has a special meaning in JavaScript; rename it',
  );
});

describe("a value that is a part of the image", () => {
  const IDENTITY = {
    environment: { DD_VERSION: { image: "tag" }, BUILD: { image: "digest" }, DD_SERVICE: "web" },
    dockerLabels: { "com.datadoghq.tags.version": { image: "tag" }, "com.example.build": { image: "digest" } },
  } as const;
  const definitionOf = (image: ContainerProps["image"], changes: Partial<ContainerProps> = IDENTITY): Block =>
    synthesized((stack) => addTask(stack, { containers: [containerProps({ image, ...changes })] })).container();

  test("follows the pinned image in variables and labels", () => {
    const digest = "${data.aws_ecr_image.web-image.image_digest}";
    expect(definitionOf({ repository: "demo", tag: "1.10" })).toMatchObject({
      environment: [
        { name: "BUILD", value: digest },
        { name: "DD_SERVICE", value: "web" },
        { name: "DD_VERSION", value: "1.10" },
      ],
      dockerLabels: { "com.datadoghq.tags.version": "1.10", "com.example.build": digest, image_tag: "1.10" },
    });
  });

  test("follows a build that is kept", () => {
    expect(definitionOf({ repository: "demo" })).toMatchObject({
      environment: [
        { name: "BUILD", value: "${data.aws_ecr_image.web-image.image_digest}" },
        { name: "DD_SERVICE", value: "web" },
        { name: "DD_VERSION", value: expect.stringMatching(/^\$\{local.running_web-build_tag_\w+\}$/) as string },
      ],
    });
  });

  test("follows a reference to another registry", () => {
    expect(definitionOf(`nginx:1.27@${DIGEST}`)).toMatchObject({
      environment: [{ name: "BUILD", value: DIGEST }, { name: "DD_SERVICE" }, { name: "DD_VERSION", value: "1.27" }],
    });
  });

  test.each<[string, ContainerProps["image"]]>([
    ["Amazon ECR", { repository: "demo", digest: DIGEST }],
    ["another registry", `nginx@${DIGEST}`],
  ])("has - for the tag of an image in %s that is named by digest alone", (_where, image) => {
    expect(definitionOf(image)).toMatchObject({
      environment: [{ name: "BUILD" }, { name: "DD_SERVICE" }, { name: "DD_VERSION", value: "-" }],
      dockerLabels: { "com.datadoghq.tags.version": "-" },
    });
  });

  test("can be added by code", () => {
    const stack = synthesized((scope) => {
      addTask(scope, { containers: [containerProps({ image: `nginx:1.27@${DIGEST}` })] })
        .container("web")
        .addEnvironment("DD_VERSION", { image: "tag" });
    });
    expect(stack.container()).toMatchObject({ environment: [{ name: "DD_VERSION", value: "1.27" }] });
  });

  test("can be replaced by code", () => {
    const stack = synthesized((scope) => {
      const task = addTask(scope, { containers: [containerProps({ environment: { V: { image: "digest" } } })] });
      task.container("web").addEnvironment("V", "mine");
    });
    expect(stack.container()).toMatchObject({ environment: [{ name: "V", value: "mine" }] });
  });
});
