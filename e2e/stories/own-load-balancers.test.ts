import type { Config } from "../../src/config";
import { describeService } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { LoadBalancers } from "../support/load-balancers";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const STACK = "demo-local";

const aws = useLocalAws();
const requested: string[] = [];
let elb: LoadBalancers;
let project: Project;

/** The shipped service with two load balancers of its own, one of which two ports share. */
function withOwn(): Config {
  const { services, ...others } = demoLocal({
    portMappings: [{ containerPort: 8080 }, { containerPort: 7777, protocol: "udp" }],
  });
  const loadBalancers = {
    public: { applicationLoadBalancer: { scheme: "internet-facing" } },
    players: { containerPort: 7777, networkLoadBalancer: { scheme: "internet-facing" } },
    status: { containerPort: 8080, listener: { loadBalancerOf: "players", port: 80 } },
    admin: { listener: { loadBalancerOf: "public" }, rule: { priority: 1, paths: ["/admin/*"] } },
  } as const;
  return { ...others, services: services.map((service) => ({ ...service, loadBalancers })) };
}

beforeAll(async () => {
  elb = new LoadBalancers(aws.endpoint);
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(withOwn());
  requested.push(...(await aws.actionsOf(() => project.deploy(STACK))));
});

describe("a service with load balancers of its own", () => {
  test("is registered with a target group for each entry", async () => {
    const { loadBalancers = [] } = await describeService(aws.ecs, STACK);

    expect(loadBalancers.map(({ containerPort }) => containerPort).sort()).toEqual([7777, 8080, 8080, 8080]);
    const ports = await elb.listeners();
    expect(Object.values(ports).sort()).toEqual([["HTTP 80"], ["TCP 80", "UDP 7777"]]);
  });

  test("says their DNS names", async () => {
    const { load_balancer_dns_names: names } = await project
      .stack(STACK)
      .outputs<{ load_balancer_dns_names: Record<string, string> }>();

    expect(Object.keys(names).sort()).toEqual(["players", "public"]);
    expect(names["public"]).toMatch(/\.amazonaws\.com$/);
  });

  test("is no change in a second plan", async () => {
    expect((await project.plan(STACK)).actions).toEqual({});
  });

  test("is destroyed as a whole, since nothing is protected in the environment local", async () => {
    requested.push(...(await aws.actionsOf(() => project.destroy(STACK))));

    expect(await elb.listeners()).toEqual({});
    expect(await elb.targetGroups()).toEqual([]);
  });

  test("needs no more than the documented permissions", () => {
    expect(refusedActions(requested, "deploy-services", "deploy-load-balancing")).toEqual([]);
  });
});
