import { UpdateServiceCommand } from "@aws-sdk/client-ecs";

import { ACCOUNT, describeService, tasksOf } from "../support/aws";
import { added, everythingThere, type Inventory } from "../support/everything-there";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import { makeSurroundings, shop, STATES } from "../support/production";
import type { Project } from "../support/project";
import { succeeded } from "../support/run";
import { useLocalAws } from "./local-aws";

const STACK = "shop-local";
const STATE = `${STATES.bucket}/${STATES.prefix}/${ACCOUNT}/us-east-1/${STACK}.tfstate`;
/** What deploys this service: a policy for each theme that it needs. */
const POLICIES = ["services", "alarms", "load-balancing", "scaling", "secrets"].map((theme) => `deploy-${theme}`);

const aws = useLocalAws();
const requested: string[] = [];
let project: Project;
let before: Inventory;

/** As the deployer, whose rights the policies grant. */
async function asDeployer(something: () => Promise<unknown>): Promise<void> {
  requested.push(...(await aws.actionsOf(something)));
}

const deploy = (): Promise<void> => asDeployer(async () => succeeded(await project.npmDeploy([STACK])));

/** The digest of each container of each running task: `php@sha256:…`, sorted. */
async function running(): Promise<string[]> {
  const tasks = await tasksOf(aws.ecs, STACK);
  const containers = tasks.flatMap((task) => task.containers ?? []);
  return containers.map(({ name, imageDigest }) => `${String(name)}@${String(imageDigest)}`).sort();
}

/** What `running` says when `count` tasks run these builds. */
const tasksWith = (count: number, php: string, nginx: string): string[] =>
  [...Array<string>(count).fill(`nginx@${nginx}`), ...Array<string>(count).fill(`php@${php}`)].sort();

/** How many running tasks are on Fargate, and on Fargate Spot. */
async function divided(): Promise<[number, number]> {
  const providers = (await tasksOf(aws.ecs, STACK)).map(({ capacityProviderName }) => capacityProviderName);
  return [
    providers.filter((name) => name === "FARGATE").length,
    providers.filter((name) => name === "FARGATE_SPOT").length,
  ];
}

let php: string;
let nginx: string;

beforeAll(async () => {
  const surroundings = await makeSurroundings(aws.endpoint);
  php = await push(aws.ecr, "shop", manifest("first"), "1.10");
  nginx = await push(aws.ecr, "nginx", manifest("nginx"), "1.27");
  project = aws.project(shop(surroundings));
  before = await everythingThere(aws.endpoint);
  await deploy();
});

describe("a web service as it is in production: two containers behind a shared load balancer, with all around it", () => {
  test("runs as many tasks as scaling begins with, divided between Fargate and Fargate Spot", async () => {
    expect(await running()).toEqual(tasksWith(2, php, nginx));
    expect(await divided()).toEqual([1, 1]);
    const service = await describeService(aws.ecs, STACK);
    expect(service).toMatchObject({ enableExecuteCommand: true, healthCheckGracePeriodSeconds: 60 });
    expect(service.loadBalancers).toMatchObject([{ containerName: "nginx", containerPort: 8080 }]);
  });

  test("is made of this, and of nothing else", async () => {
    const made = added(before, await everythingThere(aws.endpoint));

    const counts = Object.fromEntries(Object.entries(made).map(([kind, names]) => [kind, names.length]));
    expect(counts).toEqual({
      alarms: 5 + 2 * 2, // those of the config, and two that AWS makes for each target to track
      eventRules: 1,
      logGroups: 1,
      objects: 1, // the state
      revisions: 1,
      roles: 2,
      rules: 1,
      scalableTargets: 1,
      scalingPolicies: 2,
      scheduledActions: 1,
      securityGroupRules: 3,
      securityGroups: 1,
      services: 1,
      targetGroups: 1,
      tasks: 2,
    });
  });

  test("has its own tags on its tasks, which go before those of the environment", async () => {
    for (const { tags } of await tasksOf(aws.ecs, STACK)) {
      expect(tags).toContainEqual({ key: "team", value: "storefront" });
      expect(tags).toContainEqual({ key: "cost-center", value: "42" });
      expect(tags).toContainEqual({ key: "environment", value: "local" });
    }
  });

  test("is no change in a second plan", async () => {
    const plan = await project.plan(STACK);

    expect(plan.actions).toEqual({});
    expect(plan.exitCode).toBe(0);
  });

  test("runs the new build when its tag is pushed again, with as many tasks as the scaler has set", async () => {
    await aws.ecs.send(new UpdateServiceCommand({ service: STACK, desiredCount: 5 }));
    php = await push(aws.ecr, "shop", manifest("second"), "1.10");

    await deploy();

    expect(await running()).toEqual(tasksWith(5, php, nginx));
    expect(await divided()).toEqual([2, 3]);
    expect((await aws.inventory()).revisions).toEqual([`${STACK}:1`, `${STACK}:2`]);
  });

  test("leaves its revisions, and its state with nothing in it, when it is destroyed", async () => {
    await asDeployer(() => project.destroy(STACK));

    const after = await everythingThere(aws.endpoint);
    const family = `arn:aws:ecs:us-east-1:${ACCOUNT}:task-definition/${STACK}`;
    expect(added(before, after)).toEqual({
      images: [`shop@${php}`], // which was pushed after the first deploy
      objects: [STATE],
      revisions: [`${family}:1`, `${family}:2`],
    });
    expect(added(after, before)).toEqual({}); // everything that was there before still is
    expect(await project.stack(STACK).resources()).toEqual([]);
  });

  test("needs no more than the policies of its themes allow", () => {
    expect(refusedActions(requested, ...POLICIES)).toEqual([]);
  });
});
