import { readable, shippedStacks } from "../support/shipped-stacks";

/** A statement of a policy, as it stands in the JSON. */
interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

const stacks = [...shippedStacks()];
const serviceStacks = stacks.filter(([, stack]) => Object.keys(stack.resources("aws_ecs_service")).length > 0);

describe.each(stacks)("%s", (_name, stack) => {
  test("is what was reviewed", () => {
    expect(readable(stack)).toMatchSnapshot();
  });

  test("allows nothing on every resource but the registry's token", () => {
    const policies = Object.values(stack.resources("aws_iam_role_policy")).map(({ policy }) => String(policy));
    const statements = policies.flatMap((policy) => (JSON.parse(policy) as { Statement: Statement[] }).Statement);
    const wide = statements.filter(({ Resource }) => Resource.some((resource) => /^\*$|:\*:|\/\*/.test(resource)));

    expect(wide.flatMap(({ Action }) => Action).filter((action) => action !== "ecr:GetAuthorizationToken")).toEqual([]);
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
  });

  test("keeps logs for a limited time", () => {
    for (const group of Object.values(stack.resources("aws_cloudwatch_log_group"))) {
      expect(group["retention_in_days"]).toBeGreaterThan(0);
    }
  });

  test("says who owns it, in the tags of every resource", () => {
    expect(stack.provider()["default_tags"]).toEqual([
      { tags: expect.objectContaining({ "managed-by": "ecs-pin" }) as unknown },
    ]);
  });

  test("uses a version of the provider that the tests run with", () => {
    expect(stack.providerVersion()).toBe("5.100.0");
  });
});

describe.each(serviceStacks)("%s", (_name, stack) => {
  test("pins every image, with tag and digest both in the task definition", () => {
    for (const { image, dockerLabels } of stack.containers()) {
      const labels = dockerLabels as Readonly<Record<string, string>>;
      if (/^\$\{data\.aws_ecr_image\.[\w-]+\.image_uri\}$/.test(String(image))) {
        expect(labels["image_tag"]).toMatch(/./);
      } else if (/^\$\{local\.[\w-]+_repository-url\}:/.test(String(image))) {
        expect(labels["image_digest"]).toMatch(/^\$\{data\.aws_ecr_image\.[\w-]+\.image_digest\}$/);
      } else {
        expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
      }
    }
  });

  test("looks an image up by its tag, never by its age, and waits for nothing", () => {
    const arguments_ = Object.values(stack.data("aws_ecr_image")).flatMap((lookup) => Object.keys(lookup));

    expect(["//", "image_tag", "registry_id", "repository_name"]).toEqual(expect.arrayContaining(arguments_));
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
