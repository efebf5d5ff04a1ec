import type { Config, ServiceConfig } from "../../src/config";
import { describeService } from "../support/aws";
import { demoLocal } from "../support/configs";
import { Ec2 } from "../support/ec2";
import { manifest, push } from "../support/images";
import { LoadBalancers, type MadeLoadBalancer } from "../support/load-balancers";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const STACK = "demo-local";
type Balancers = NonNullable<ServiceConfig["loadBalancers"]>;

const aws = useLocalAws();
const requested: string[] = [];
let elb: LoadBalancers;
let shared: MadeLoadBalancer;
let existing: string;
let project: Project;

const PUBLIC: Balancers[string] = {
  listener: { loadBalancer: { name: "shared" }, port: 80 },
  rule: { priority: 10, hosts: ["shop.example.com"], paths: ["/api/*"] },
};

/** The shipped service behind load balancers. Its `ingress` repeats a rule that it would get for the shared one anyway. */
function behind(loadBalancers: Balancers, containerPort = 8080): Config {
  const { services, ...others } = demoLocal({ portMappings: [{ containerPort }] });
  const ingress = [{ port: containerPort, securityGroup: shared.securityGroup }];
  const changes = { loadBalancers, healthCheckGracePeriod: 60, ingress };
  return { ...others, services: services.map((service) => ({ ...service, ...changes })) };
}

async function deploy(config: Config): Promise<string> {
  project.edit(config);
  let output = "";
  requested.push(...(await aws.actionsOf(async () => ({ output } = await project.deploy(STACK)))));
  return output;
}

/** Where tasks are registered: the ports, by target group. */
async function registered(): Promise<Record<string, number | undefined>> {
  const { loadBalancers = [] } = await describeService(aws.ecs, STACK);
  return Object.fromEntries(
    loadBalancers.map(({ targetGroupArn = "", containerPort }) => [targetGroupArn, containerPort]),
  );
}

/** The target group that the rule forwards to. */
async function forwardedTo(): Promise<string | undefined> {
  const [rule] = await elb.rules(shared.listenerArn);
  return rule?.Actions?.[0]?.TargetGroupArn;
}

async function ingress(): Promise<string[]> {
  const { networkConfiguration } = await describeService(aws.ecs, STACK);
  const [group = ""] = networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [];
  const rules = await new Ec2(aws.endpoint).request("DescribeSecurityGroupRules", {
    "Filter.1.Name": "group-id",
    "Filter.1.Value.1": group,
  });
  const entries = rules.split("<item>").filter((rule) => rule.includes("<isEgress>false"));
  return entries.map((rule) => rule.replace(/.*<fromPort>(\d+).*<groupId>(sg-\w+)<.*/s, "$1 $2")).sort();
}

beforeAll(async () => {
  elb = new LoadBalancers(aws.endpoint);
  shared = await elb.create("shared");
  existing = await elb.createTargetGroup("existing", shared.arn, 81);
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(demoLocal());
});

describe("a service on a listener that exists, and in a target group that exists", () => {
  test("is deployed, and lets in only the load balancer, on its port and on that of the health checks", async () => {
    await deploy(behind({ public: PUBLIC, old: { targetGroupArn: existing } }));

    const own = (await forwardedTo()) ?? "";
    expect(await registered()).toEqual({ [own]: 8080, [existing]: 8080 });
    const [rule] = await elb.rules(shared.listenerArn);
    expect(rule).toMatchObject({ Priority: "10" });
    expect(rule?.Conditions).toHaveLength(2);
    expect(await ingress()).toEqual([`8080 ${shared.securityGroup}`, `9000 ${shared.securityGroup}`]);
  });

  test("is no change in a second plan", async () => {
    expect((await project.plan(STACK)).actions).toEqual({});
  });

  test("gets another port and other settings in place: its target group stays", async () => {
    const before = await forwardedTo();
    const rule = { priority: 20, hosts: ["shop.example.com"] };
    const targetGroup = {
      deregistrationDelay: 10,
      healthCheck: { path: "/ping" },
      stickiness: { type: "lb_cookie" },
    } as const;

    await deploy(behind({ public: { ...PUBLIC, rule, targetGroup } }, 9090));

    expect(await forwardedTo()).toBe(before);
    expect(await registered()).toEqual({ [before ?? ""]: 9090 });
    expect(await elb.rules(shared.listenerArn)).toMatchObject([{ Priority: "20" }]);
    expect(await ingress()).toEqual([`9090 ${shared.securityGroup}`]);
    expect((await project.plan(STACK)).actions).toEqual({});
  });

  test("gets a new target group for another protocol; the old one is deleted when the service has moved", async () => {
    const before = await forwardedTo();
    const targetGroup = { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } } as const;

    const output = await deploy(behind({ public: { ...PUBLIC, targetGroup } }, 9090));

    const steps = [
      /aws_lb_target_group\..*: Creation complete/,
      /aws_lb_listener_rule\..*: Modifications complete/,
      /aws_ecs_service\..*: Modifications complete/,
      /aws_lb_target_group\..*: Destroying\.\.\./,
    ].map((step) => output.search(step));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
    const after = (await forwardedTo()) ?? "";
    expect(after).not.toBe(before);
    expect(await registered()).toEqual({ [after]: 9090 });
    expect((await elb.targetGroups()).map(({ TargetGroupArn }) => TargetGroupArn).sort()).toEqual(
      [existing, after].sort(),
    );
  });
});

test("what is not there is named before anything is changed", async () => {
  const listener = { loadBalancer: { name: "nowhere" }, port: 80 };
  project.edit(behind({ public: { ...PUBLIC, listener } }, 9090));
  const { exitCode, output } = await project.tryDeploy(STACK);
  expect(exitCode).toBe(1);
  expect(words(output)).toMatch(
    /Error: reading ELBv2 Load Balancers: couldn't find resource with data\.aws_lb\.\S+ \(load-balancers\/public\/listener\/load-balancer nowhere\)/,
  );
});

test("a destroy leaves what was there before", async () => {
  project.edit(behind({ public: PUBLIC }, 9090));
  requested.push(...(await aws.actionsOf(() => project.destroy(STACK))));

  expect(await elb.rules(shared.listenerArn)).toEqual([]);
  expect((await elb.targetGroups()).map(({ TargetGroupArn }) => TargetGroupArn)).toEqual([existing]);
});

test("the documented permissions are enough", () => {
  expect(refusedActions(requested, "deploy-services", "deploy-load-balancing")).toEqual([]);
});
