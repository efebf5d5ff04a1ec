import { everything } from "../support/everything";
import { propertiesOf } from "../support/properties";
import { stacksOf } from "../support/shipped-stacks";

/** Amazon ECS allows a task definition of 64 KiB. */
const LIMIT = 64 * 1024;

describe("a config that uses all of it", () => {
  test("has a value for every property but code", () => {
    const unused = propertiesOf(everything).filter(({ values }) => values.length === 0);

    expect(unused.flatMap(({ paths }) => [...paths])).toEqual(["service.extend", "job.extend"]);
  });

  test("has no task definition that is too large for ECS", () => {
    const stacks = [...stacksOf(everything)];
    const sizes = stacks.flatMap(([name, stack]) =>
      Object.entries(stack.resources("aws_ecs_task_definition")).map(([id, { container_definitions: text }]) => ({
        id: `${name}: ${id}`,
        bytes: Buffer.byteLength(String(text)),
      })),
    );

    expect(sizes.length).toBeGreaterThanOrEqual(everything.services.length);
    expect(sizes.filter(({ bytes }) => bytes >= LIMIT)).toEqual([]);
  });
});
