import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Fn, Token } from "cdktf";

import { GroupStack, ServiceStack, type GroupStackProps } from "../../src/stacks";
import { newApp, synthesizedStack, type SynthesizedStack } from "../support/synthesized-stack";
import { containerProps, serviceProps } from "../support/task-stack";

const PLACE = {
  region: "eu-central-1",
  state: { backend: "local" },
  tags: { environment: "staging" },
} as const;

const props = (name: string, changes = {}) =>
  serviceProps({
    name: `${name}-staging`,
    cluster: "staging",
    network: { vpc: "default" },
    containers: [containerProps({ image: { repository: "team/web", tag: "1.10" } })],
    ...changes,
  });

type Services = GroupStackProps["services"];

const groupOf = (...services: Services): SynthesizedStack =>
  synthesizedStack(new GroupStack(newApp(), { ...PLACE, stackName: "backend-staging", services }));

const serviceAlone = (name: string): SynthesizedStack =>
  synthesizedStack(new ServiceStack(newApp(), { ...PLACE, stackName: `${name}-staging`, service: props(name) }));

const TWO = groupOf({ name: "order-api", service: props("order-api") }, { name: "worker", service: props("worker") });

/** `aws_ecs_service.service` as it is called in a group: `aws_ecs_service.shop_service`. */
const inGroup = (address: string, service: string): string => address.replace(/\.(?=[^.]*$)/, `.${service}_`);

describe("services that share a stack", () => {
  test("are all in it", () =>
    expect(Object.values(TWO.resources("aws_ecs_service")).map(({ name }) => name)).toEqual([
      "order-api-staging",
      "worker-staging",
    ]));

  test("have the addresses of a stack of their own, after their names, so that they can be moved", () => {
    const alone = serviceAlone("order-api").addresses();
    expect(alone).toContain("aws_ecs_service.service");
    const expected = alone.map((address) => inGroup(address, "order-api"));
    expect(TWO.addresses().filter((address) => /\.order-api_[^.]*$/.test(address))).toEqual(expected);
  });

  test("look an image up once", () => expect(Object.keys(TWO.data("aws_ecr_image"))).toHaveLength(1));

  test("have outputs each", () => {
    const alone = serviceAlone("worker").outputs();
    expect(TWO.outputs().filter((name) => name.startsWith("worker_"))).toEqual(alone.map((name) => `worker_${name}`));
    expect(TWO.outputs()).toHaveLength(2 * alone.length);
    expect(TWO.output("worker_service_name")).toBe("${aws_ecs_service.worker_service.name}");
  });

  test.each(["aws", "backend", "constructor", "services"])("may be called %s, as other constructs are", (name) =>
    expect(groupOf({ name, service: props(name) }).addresses()).toContain(`aws_ecs_service.${name}_service`),
  );

  test("whose names are alike keep apart", () => {
    const group = groupOf({ name: "a", service: props("a") }, { name: "a-b", service: props("a-b") });
    expect(Object.keys(group.resources("aws_ecs_service"))).toEqual(["a-b_service", "a_service"]);
  });
});

describe("the tag with the name of the service", () => {
  test("is on every resource that can have tags, and not on the whole stack", () => {
    expect(TWO.provider()["default_tags"]).toEqual([{ tags: { environment: "staging" } }]);
    for (const type of ["aws_ecs_service", "aws_ecs_task_definition", "aws_iam_role", "aws_security_group"]) {
      for (const [id, { tags }] of Object.entries(TWO.resources(type))) {
        expect({ type, id, tags }).toEqual({ type, id, tags: { service: id.split("_")[0] } });
      }
    }
  });

  test("does not change what lookups look for", () => {
    const network = { vpc: { tags: { Name: "main" } }, subnetTags: { tier: "private" } };
    const group = groupOf({ name: "shop", service: props("shop", { network }) });
    expect(group.lookup("aws_vpc")["tags"]).toEqual({ Name: "main" });
    expect(group.lookup("aws_subnets")["tags"]).toEqual({ tier: "private" });
  });

  test("is on what code adds, besides tags of its own", () => {
    const group = groupOf({
      name: "shop",
      service: props("shop"),
      extend: (service) => {
        new SqsQueue(service, "plain", {});
        new SqsQueue(service, "tagged", { tags: { team: "web", service: "theirs" } });
        new SqsQueue(service, "reference", { tags: Token.asStringMap(Fn.merge([{ team: "web" }])) });
      },
    });
    expect(Object.values(group.resources("aws_sqs_queue")).map(({ tags }) => tags)).toEqual([
      { service: "shop" },
      '${merge({"service" = "shop"}, merge({"team" = "web"}))}',
      { team: "web", service: "theirs" },
    ]);
  });
});
