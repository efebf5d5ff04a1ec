import { services } from "../../src/config/services";
import { readable, shippedStacks } from "../support/shipped-stacks";

/** A statement of a policy, as it stands in the JSON. */
interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

const stacks = [...shippedStacks()];
const serviceStacks = stacks.filter(([, stack]) => Object.keys(stack.resources("aws_ecs_service")).length > 0);

test("there is a registry, a service stack for each environment, and a cluster where none exists", () => {
  expect(stacks.map(([name]) => name).sort()).toEqual([
    "cluster-production",
    "cluster-staging",
    "demo-local",
    "demo-production",
    "demo-staging",
    "registry",
  ]);
  expect(serviceStacks.map(([name]) => name)).toEqual(["demo-local", "demo-production", "demo-staging"]);
});

describe.each(stacks)("%s", (_name, stack) => {
  test("is what was reviewed", () => {
    expect(readable(stack)).toMatchSnapshot();
  });

  test("allows nothing on every resource but the registry's token", () => {
    const policies = Object.values(stack.resources("aws_iam_role_policy")).map(({ policy }) => String(policy));
    const statements = policies.flatMap((policy) => (JSON.parse(policy) as { Statement: Statement[] }).Statement);
    const wide = statements.filter(({ Resource }) => Resource.some((resource) => /^\*$|:\*:|\/\*/.test(resource)));

    expect(wide.flatMap(({ Action }) => Action)).toEqual(policies.map(() => "ecr:GetAuthorizationToken"));
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
  });

  test("keeps logs for a stated time", () => {
    for (const group of Object.values(stack.resources("aws_cloudwatch_log_group"))) {
      expect(group["retention_in_days"]).toBeGreaterThan(0);
    }
  });

  test("says who owns it, in the tags of every resource", () => {
    expect(stack.provider()["default_tags"]).toEqual([
      { tags: expect.objectContaining({ "managed-by": "ecs-pin" }) as unknown },
    ]);
  });

  test("takes the versions of the provider that the tests run with", () => {
    expect(["5.100.0", ">= 5.100.0, < 7.0.0"]).toContain(stack.providerVersion());
  });
});

describe.each(serviceStacks)("%s", (_name, stack) => {
  test("pins every image, with tag and digest both in the task definition", () => {
    const containers = stack.containers();

    expect(containers).toHaveLength(services[0]?.containers.length ?? 0);
    for (const { image, dockerLabels } of containers) {
      expect(image).toMatch(/^\$\{data\.aws_ecr_image\.[\w-]+\.image_uri\}$/);
      expect(dockerLabels).toEqual({ image_tag: expect.stringMatching(/^\d/) as unknown });
    }
  });

  test("looks an image up by its tag, never by its age, and waits for nothing", () => {
    for (const lookup of Object.values(stack.data("aws_ecr_image"))) {
      expect(Object.keys(lookup).sort()).toEqual(["//", "image_tag", "repository_name"]);
    }
  });

  test("logs every container into a group of the stack", () => {
    const [group] = Object.values(stack.resources("aws_cloudwatch_log_group"));
    for (const { logConfiguration } of stack.containers()) {
      expect(logConfiguration).toMatchObject({ options: { "awslogs-group": group?.["name"] } });
    }
  });

  test("stays below the 64 KiB of a task definition", () => {
    expect(Buffer.byteLength(stack.containersText())).toBeLessThan(65_536);
  });

  test("keeps old revisions, and fails a deploy that was rolled back", () => {
    expect(stack.resource("aws_ecs_task_definition")["skip_destroy"]).toBe(true);
    expect(stack.resource("aws_ecs_service")).toMatchObject({
      deployment_circuit_breaker: { enable: true, rollback: true },
      lifecycle: {
        postcondition: [{ error_message: expect.stringContaining("rolled the deployment back") as unknown }],
      },
    });
  });
});
