import { rejection } from "../../support/rejection";
import { emptyStack, synthesized, type Block } from "../../support/synthesized-stack";
import { addTask, containerProps } from "../../support/task-stack";

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
    ["LEVEL", "\ud83d", "LEVEL has half of a surrogate pair, which UTF-8 cannot encode; remove it"],
  ])("rejects %j with %j, and names the container", (name, value, fault) => {
    const container = addTask(emptyStack()).container("web");
    expect(rejection(() => container.addEnvironment(name, value))).toBe(
      `service "demo": containers[0] "web": environment: ${fault}`,
    );
  });
});
