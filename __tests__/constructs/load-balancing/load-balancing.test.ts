import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { TerraformDataSource, TerraformOutput } from "cdktf";

import type { LoadBalancing } from "../../../src/model/load-balancing";
import { add, one, ref, stackOf, type Written } from "../../support/load-balancer-stacks";
import { ALB, BY_NAME, GROUP_ARN, LISTENER_ARN, RULE } from "../../support/load-balancers";
import { emptyStack, synthesized, type SynthesizedStack } from "../../support/synthesized-stack";

const SERVICE_RULE = "aws_vpc_security_group_ingress_rule";

describe("an existing listener", () => {
  test("is looked up by the name of its load balancer, which must be in the VPC of the service", () => {
    const stack = one(BY_NAME);
    const vpc = ref(stack, "aws_vpc", "id");
    expect(stack.lookup("aws_lb")).toEqual({
      name: "shared",
      lifecycle: {
        postcondition: [
          {
            condition: `\${(self.vpc_id == ${vpc})}`,
            error_message: `The load balancer \${self.name} is in the VPC \${self.vpc_id}, but the service is in \${${vpc}}; choose a load balancer in the VPC of the service.`,
          },
        ],
      },
    });
    expect(stack.lookup("aws_lb_listener")).toEqual({
      load_balancer_arn: `\${${ref(stack, "aws_lb", "arn")}}`,
      port: 443,
    });
  });

  test("is looked up by tags", () => {
    const listener = { loadBalancer: { tags: { Name: "shared" } }, port: 443 };
    expect(one({ ...BY_NAME, listener }).lookup("aws_lb")).toMatchObject({ tags: { Name: "shared" } });
  });

  test("is looked up by its ARN, and its load balancer too", () => {
    const stack = one({ ...BY_NAME, listener: { arn: LISTENER_ARN } });
    expect(stack.lookup("aws_lb_listener")).toEqual({ arn: LISTENER_ARN });
    expect(stack.lookup("aws_lb")).toMatchObject({ arn: `\${${ref(stack, "aws_lb_listener", "load_balancer_arn")}}` });
  });

  test("gets a rule that forwards to the target group", () => {
    const stack = one(BY_NAME);
    expect(stack.resource("aws_lb_listener_rule")).toEqual({
      listener_arn: `\${${ref(stack, "aws_lb_listener", "arn")}}`,
      priority: 10,
      action: [{ type: "forward", target_group_arn: `\${${ref(stack, "aws_lb_target_group", "arn")}}` }],
      condition: [{ host_header: { values: ["shop.example.com"] } }],
    });
  });

  test("gets every condition", () => {
    const rule = {
      priority: 1,
      paths: ["/a"],
      headers: { A: ["a"] },
      methods: ["GET"],
      queries: [{ key: "k", value: "v" }, { value: "w" }],
    };
    expect(one({ ...BY_NAME, rule }).resource("aws_lb_listener_rule")["condition"]).toEqual([
      { path_pattern: { values: ["/a"] } },
      { http_header: { http_header_name: "A", values: ["a"] } },
      { http_request_method: { values: ["GET"] } },
      { query_string: [{ key: "k", value: "v" }, { value: "w" }] },
    ]);
    const sourceIps = { ...BY_NAME, rule: { priority: 1, sourceIps: ["10.0.0.0/8"] } };
    expect(one(sourceIps).resource("aws_lb_listener_rule")["condition"]).toEqual([
      { source_ip: { values: ["10.0.0.0/8"] } },
    ]);
  });

  test("may be a reference to one of the same stack, of which nothing can be looked up", () => {
    const stack = stackOf((scope) => {
      const listener = new LbListener(scope, "made", { loadBalancerArn: "arn", defaultAction: [] });
      return { public: { listener: { arn: listener.arn }, rule: RULE, securityGroups: ["sg-1"] } };
    });
    expect([stack.data("aws_lb"), stack.data("aws_lb_listener")]).toEqual([{}, {}]);
    expect(stack.resource("aws_lb_listener_rule")).toMatchObject({ listener_arn: "${aws_lb_listener.made.arn}" });
  });
});

describe("a target group", () => {
  test("is for addresses, in the VPC of the service, and a new one is made before an old one is deleted", () => {
    const stack = one(BY_NAME);
    expect(stack.resource("aws_lb_target_group")).toEqual({
      name_prefix: "demo-",
      target_type: "ip",
      vpc_id: `\${${ref(stack, "aws_vpc", "id")}}`,
      port: 80,
      protocol: "HTTP",
      protocol_version: "HTTP1",
      health_check: {
        protocol: "HTTP",
        port: "traffic-port",
        path: "/",
        matcher: "200",
        interval: 30,
        timeout: 5,
        healthy_threshold: 5,
        unhealthy_threshold: 2,
      },
      deregistration_delay: "300",
      stickiness: { enabled: false, type: "lb_cookie", cookie_duration: 86_400 },
      load_balancing_algorithm_type: "round_robin",
      lifecycle: { create_before_destroy: true },
    });
  });

  test("is in the VPC of the first subnet if the subnets are existing ones", () => {
    const network = { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"] };
    const stack = one(BY_NAME, { network });
    expect(stack.lookup("aws_subnet")).toEqual({ id: "subnet-1" });
    expect(stack.resource("aws_lb_target_group")["vpc_id"]).toBe(`\${${ref(stack, "aws_subnet", "vpc_id")}}`);
    expect(stack.resources(SERVICE_RULE)).toEqual({});
  });

  test("has the settings that are given", () => {
    const targetGroup = {
      healthCheck: { path: "/ping", port: 9000 },
      slowStart: 30,
      deregistrationDelay: 10,
      stickiness: { type: "app_cookie", cookieName: "sid" },
    } as const;
    expect(one({ ...BY_NAME, targetGroup }).resource("aws_lb_target_group")).toMatchObject({
      health_check: { path: "/ping", port: "9000" },
      slow_start: 30,
      deregistration_delay: "10",
      stickiness: { enabled: true, type: "app_cookie", cookie_name: "sid", cookie_duration: 86_400 },
    });
  });

  test.each([
    ["web-shop", "websh-"],
    ["_", "ecs-"],
  ])("of the service %s has a name that begins with %s", (name, prefix) => {
    expect(one(BY_NAME, { name }).resource("aws_lb_target_group")["name_prefix"]).toBe(prefix);
  });
});

describe("an existing target group", () => {
  const EXISTING: LoadBalancing = { targetGroupArn: GROUP_ARN };

  test("is looked up, and must be one that ECS can use", () => {
    const stack = one(EXISTING);
    expect(stack.lookup("aws_lb_target_group")).toMatchObject({
      arn: GROUP_ARN,
      lifecycle: {
        postcondition: [
          { condition: '${(self.target_type == "ip")}' },
          { condition: "${length(self.load_balancer_arns) > 0}" },
        ],
      },
    });
    expect(stack.lookup("aws_lb")).toMatchObject({
      arn: expect.stringContaining(ref(stack, "aws_lb_target_group", "load_balancer_arns")) as string,
    });
    expect(stack.resources("aws_lb_target_group")).toEqual({});
    expect(stack.resource("aws_ecs_service")["load_balancer"]).toEqual([
      { target_group_arn: GROUP_ARN, container_name: "web", container_port: 8080 },
    ]);
  });

  test("is not looked up if the security groups are given", () => {
    const stack = one({ ...EXISTING, securityGroups: ["sg-1"] });
    expect([stack.data("aws_lb_target_group"), stack.data("aws_lb")]).toEqual([{}, {}]);
  });
});

describe("the service", () => {
  test("is registered with each target group, and starts after the rules and listeners", () => {
    const stack = stackOf({ public: BY_NAME, own: { ...ALB, containerPort: 8080 } }, { healthCheckGracePeriod: 60 });
    const service = stack.resource("aws_ecs_service");
    expect(service["load_balancer"]).toHaveLength(2);
    expect(service["health_check_grace_period_seconds"]).toBe(60);
    expect(service["depends_on"]).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^aws_lb_listener_rule\.load-balancers_public_listener_rule/),
        expect.stringMatching(/^aws_lb_listener\.load-balancers_own_application_load-balancer_listener/),
      ]),
    );
  });

  test("gets another revision for another load balancer, or nobody would notice a rollback", () => {
    const stack = one(BY_NAME);
    expect(stack.resource("terraform_data")["input"]).toMatchObject({
      loadBalancers: {
        public: {
          targetGroupArn: `\${${ref(stack, "aws_lb_target_group", "arn")}}`,
          containerName: "web",
          containerPort: 8080,
        },
      },
    });
  });

  test("without load balancers says nothing of them", () => {
    const stack = stackOf({});
    expect(stack.resource("aws_ecs_service")).not.toHaveProperty("load_balancer");
    expect(stack.resource("aws_ecs_service")).not.toHaveProperty("health_check_grace_period_seconds");
    expect(stack.resource("terraform_data")["input"]).not.toHaveProperty("loadBalancers");
  });

  const suffixes = (written: Written): SynthesizedStack =>
    synthesized((stack) => {
      const groups = [...add(stack, written).targetGroups].map(([name, group]) => [
        name,
        [group.arn, group.arnSuffix, group.loadBalancerArnSuffix],
      ]);
      new TerraformOutput(stack, "groups", { value: Object.fromEntries(groups) as unknown });
    });

  test("gives the dimensions of its metrics", () => {
    const stack = suffixes({ public: BY_NAME });
    expect(stack.output("groups")).toEqual({
      public: [
        `\${${ref(stack, "aws_lb_target_group", "arn")}}`,
        `\${${ref(stack, "aws_lb_target_group", "arn_suffix")}}`,
        `\${${ref(stack, "aws_lb", "arn_suffix")}}`,
      ],
    });
  });

  test("gives them for what is not looked up", () => {
    const given = suffixes({ public: { listener: { arn: LISTENER_ARN }, rule: RULE, securityGroups: [] } });
    expect(given.output("groups")).toMatchObject({
      public: [expect.anything(), expect.anything(), "app/shared/0123456789abcdef"],
    });
    const group = suffixes({ public: { targetGroupArn: GROUP_ARN, securityGroups: [] } });
    expect(group.output("groups")).toEqual({
      public: [GROUP_ARN, "targetgroup/shop/0123456789abcdef", `\${${ref(group, "aws_lb", "arn_suffix")}}`],
    });
  });

  test("exposes what an entry makes", () => {
    const { targetGroup, rule, listener, loadBalancer } = add(emptyStack(), { public: BY_NAME }).loadBalancer("public");
    expect([targetGroup, rule, listener, loadBalancer].map(Boolean)).toEqual([true, true, false, false]);
    expect(() => add(emptyStack(), { public: BY_NAME, own: ALB }).loadBalancer("x")).toThrow(
      'service "demo": there is no load balancer "x"; choose "public" or "own"',
    );
    expect(() => add(emptyStack(), {}).loadBalancer("x")).toThrow('there is no load balancer "x"; it has none');
  });
});

describe("what is looked up has a path that names it, for the cdktf command line to print:", () => {
  const pathsOf = (entry: LoadBalancing): unknown[] => {
    const stack = emptyStack();
    add(stack, { public: entry });
    const found = stack.node.findAll().filter((node) => node.node.path.includes("load-balancers/"));
    return found
      .filter((node) => TerraformDataSource.isTerraformDataSource(node))
      .map((lookup) => {
        const { data } = lookup.toTerraform() as { data: Record<string, Record<string, unknown>> };
        return Object.values(Object.values(data)[0] ?? {})[0];
      });
  };
  const path = (text: string): unknown =>
    expect.objectContaining({
      "//": { metadata: expect.objectContaining({ path: `stack/load-balancers/public/${text}` }) as unknown },
    });

  test.each<[string, LoadBalancing, string[]]>([
    ["a name and a port", BY_NAME, ["listener/load-balancer shared", "listener/lookup port 443"]],
    [
      "tags",
      { ...BY_NAME, listener: { loadBalancer: { tags: { Name: "a b" } }, port: 80 } },
      ["listener/load-balancer Name=a b", "listener/lookup port 80"],
    ],
    [
      "the ARN of a listener",
      { ...BY_NAME, listener: { arn: LISTENER_ARN } },
      [`listener/lookup ${LISTENER_ARN}`, "listener/load-balancer"],
    ],
    [
      "the ARN of a target group",
      { targetGroupArn: GROUP_ARN },
      [`existing/target-group ${GROUP_ARN}`, "existing/load-balancer"],
    ],
  ])("%s", (_what, entry, paths) => {
    expect(pathsOf(entry)).toEqual(expect.arrayContaining(paths.map(path)));
  });
});
