import type { Config, ServiceConfig } from "../../src/config";
import { describeService } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { LoadBalancers, type MadeLoadBalancer } from "../support/load-balancers";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const STACK = "demo-local";
type Balancers = NonNullable<ServiceConfig["loadBalancers"]>;

const aws = useLocalAws();
let elb: LoadBalancers;
let shared: MadeLoadBalancer;
let project: Project;
const requested: string[] = [];

/** The shipped service behind load balancers. */
function behind(loadBalancers: Balancers, containerPort = 8080): Config {
  const { services, ...others } = demoLocal({ portMappings: [{ containerPort }] });
  return { ...others, services: services.map((service) => ({ ...service, loadBalancers })) };
}

const LISTENER: Balancers[string] = {
  listener: { loadBalancer: { name: "shared" }, port: 80 },
  rule: { priority: 10, hosts: ["shop.example.com"], paths: ["/api/*"] },
};

async function deploy(config: Config): Promise<string> {
  project.edit(config);
  let output = "";
  requested.push(...(await aws.actionsOf(async () => ({ output } = await project.deploy(STACK)))));
  return output;
}

beforeAll(async () => {
  elb = new LoadBalancers(aws.endpoint);
  shared = await elb.create("shared");
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(demoLocal());
  await deploy(behind({ public: LISTENER }));
});

test("x", async () => {
  console.log(JSON.stringify(await elb.rules(shared.listenerArn), null, 1));
  console.log(JSON.stringify(await describeService(aws.ecs, "demo-local")));
  expect((await project.plan(STACK)).text).toEqual({});
});
