import type { Config, ServiceConfig } from "../../src/config";
import { takeRequestRoutes, type RequestRoute } from "../emulator/request-routes";
import { describeService } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { LoadBalancers } from "../support/load-balancers";
import type { Project } from "../support/project";
import { words } from "../support/run";
import { useLocalAws } from "./local-aws";

const STACK = "demo-local";
type Balancing = NonNullable<ServiceConfig["loadBalancers"]>[string];

const aws = useLocalAws();
let elb: LoadBalancers;
let project: Project;
/** Of target groups, even of those that are deleted. */
const protocolOf = new Map<string, string>();

/** The shipped service behind a listener that exists, on the ports of its entries. */
function behind(loadBalancers: Readonly<Record<string, Balancing>>): Config {
  const ports = Object.values(loadBalancers).map(({ containerPort = 0 }) => ({ containerPort }));
  const { services, ...others } = demoLocal({ portMappings: ports });
  return { ...others, services: services.map((service) => ({ ...service, loadBalancers })) };
}

const entry = (containerPort: number, priority: number): Balancing => ({
  containerPort,
  listener: { loadBalancer: { name: "shared" }, port: 80 },
  rule: { priority, hosts: ["shop.example.com"] },
});
const plain = (priority: number): Balancing => entry(8080, priority);
const encrypted = (priority: number): Balancing => ({
  ...entry(8443, priority),
  targetGroup: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
});

/** Where requests went during a deploy: each time that anything of it changed. */
async function deploy(loadBalancers: Readonly<Record<string, Balancing>>): Promise<RequestRoute[]> {
  project.edit(behind(loadBalancers));
  await takeRequestRoutes(aws.endpoint);
  await rememberProtocols();
  await project.deploy(STACK);
  await rememberProtocols();
  return (await takeRequestRoutes(aws.endpoint)).flat();
}

async function rememberProtocols(): Promise<void> {
  for (const { TargetGroupArn = "", Protocol = "" } of await elb.targetGroups())
    protocolOf.set(TargetGroupArn, Protocol);
}

/** Protocols of the target groups that requests went to, one after the other. */
function protocols(routes: readonly RequestRoute[]): string[] {
  const found = routes.map(({ targetGroup }) => protocolOf.get(targetGroup) ?? targetGroup);
  return found.filter((protocol, index) => protocol !== found[index - 1]);
}
const withoutTask = (routes: readonly RequestRoute[]): RequestRoute[] => routes.filter(({ tasks }) => tasks === 0);

async function registeredPorts(): Promise<(number | undefined)[]> {
  const { loadBalancers = [] } = await describeService(aws.ecs, STACK);
  return loadBalancers.map(({ containerPort }) => containerPort).sort();
}

beforeAll(async () => {
  elb = new LoadBalancers(aws.endpoint);
  await elb.create("shared");
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(behind({ public: plain(10) }));
  await project.deploy(STACK);
});

describe("another protocol of a target group, in three deploys without a gap", () => {
  test("begins with a second entry, which gets no requests yet", async () => {
    const routes = await deploy({ public: plain(10), encrypted: encrypted(11) });

    expect(await registeredPorts()).toEqual([8080, 8443]);
    expect(protocols(routes)).toEqual(["HTTP"]);
    expect(withoutTask(routes)).toEqual([]);
  });

  test("cannot go on with an exchange of the priorities", async () => {
    project.edit(behind({ public: plain(11), encrypted: encrypted(10) }));
    const { exitCode, output } = await project.tryDeploy(STACK);

    expect(exitCode).toBe(1);
    expect(words(output)).toContain("PriorityInUse: The specified priority is in use.");
  });

  test("goes on with a priority of the second entry that is free and below that of the first", async () => {
    const routes = await deploy({ public: plain(10), encrypted: encrypted(9) });

    expect(protocols(routes)).toEqual(["HTTP", "HTTPS"]);
    expect(withoutTask(routes)).toEqual([]);
  });

  test("ends without the first entry", async () => {
    const routes = await deploy({ encrypted: encrypted(9) });

    expect(await registeredPorts()).toEqual([8443]);
    expect(protocols(routes)).toEqual(["HTTPS"]);
    expect(withoutTask(routes)).toEqual([]);
    expect((await elb.targetGroups()).map(({ Protocol }) => Protocol)).toEqual(["HTTPS"]);
    expect((await project.plan(STACK)).actions).toEqual({});
  });
});

test("in one deploy, requests find no task for a while", async () => {
  const routes = await deploy({ encrypted: { ...encrypted(9), targetGroup: {} } });

  expect(protocols(routes)).toEqual(["HTTPS", "HTTP"]);
  expect(withoutTask(routes)).not.toEqual([]);
});
