import { DescribeClustersCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";

import type { Config, EnvironmentConfig, ServiceConfig } from "../../src/config";
import { describeService, tasksOf } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const IN_PLACE = { "aws_ecs_service.service": "will be updated in-place" };
const REPLACED = { "aws_ecs_service.service": "must be replaced" };
const SPOT = { FARGATE_SPOT: { weight: 1 } };

/** The service `demo` in the cluster `default`, which offers both capacity providers. */
function demo(service: Partial<ServiceConfig>, environment: Partial<EnvironmentConfig> = {}): Config {
  const config = demoLocal({}, environment);
  return { ...config, services: config.services.map((each) => ({ ...each, ...service })) };
}

const aws = useLocalAws();
let project: Project;
let created: Date | undefined;

/** Provider 5 waits for clusters, so this one is deployed while the others run. */
let cluster: Promise<{ actions: object; requested: string[] }>;

async function deployCluster(): Promise<{ actions: object; requested: string[] }> {
  const capacity = {
    capacityProviders: ["FARGATE" as const, "FARGATE_SPOT" as const],
    defaultCapacityProviderStrategy: SPOT,
  };
  const own = aws.project(demo({}, { name: "own", cluster: capacity }));
  const requested = await aws.actionsOf(() => own.deploy("cluster-own"));
  return { actions: (await own.plan("cluster-own")).actions, requested };
}

async function planned(service: Partial<ServiceConfig>): Promise<object> {
  project.edit(demo(service));
  await project.synth();
  return (await project.plan("demo-local")).actions;
}

async function deploy(service: Partial<ServiceConfig>): Promise<void> {
  project.edit(demo(service));
  await project.deploy("demo-local");
}

/** How many of the service's running tasks each capacity provider has. */
async function divided(): Promise<Record<string, number>> {
  const tasks = await tasksOf(aws.ecs, "demo-local");
  const names = tasks.map(({ capacityProviderName = "none" }) => capacityProviderName).sort();
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]));
}

/** `aws ecs update-service … --force-new-deployment`, as in docs/guides/capacity.md. */
const switchTo = (capacityProviderStrategy: { capacityProvider: string; weight: number }[]) =>
  aws.ecs.send(new UpdateServiceCommand({ service: "demo-local", capacityProviderStrategy, forceNewDeployment: true }));

beforeAll(async () => {
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  project = aws.project(demo({}));
  cluster = deployCluster();
});

describe("a service with a mix of Fargate and Fargate Spot", () => {
  test("divides its tasks by base and weight", async () => {
    await deploy({
      desiredCount: 5,
      platformVersion: "1.4.0",
      capacityProviderStrategy: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 3 } },
    });

    expect(await divided()).toEqual({ FARGATE: 2, FARGATE_SPOT: 3 });
    const { createdAt, platformVersion } = await describeService(aws.ecs, "demo-local");
    expect(platformVersion).toBe("1.4.0");
    created = createdAt;
  });

  test("has other tasks when the mix changes, and is no change in a second plan", async () => {
    await deploy({ desiredCount: 5, capacityProviderStrategy: SPOT });

    expect(await divided()).toEqual({ FARGATE_SPOT: 5 });
    expect((await project.plan("demo-local")).actions).toEqual({});
  });
});

describe("AWS provider 5 would replace a service that goes", () => {
  test("from a strategy to the launch type, unless the service did so before", async () => {
    expect(await planned({})).toEqual(REPLACED);

    await switchTo([]);
    expect((await project.plan("demo-local")).actions).toEqual(IN_PLACE);
    await deploy({});

    expect(await describeService(aws.ecs, "demo-local")).toMatchObject({ launchType: "FARGATE", createdAt: created });
    expect(await divided()).toEqual({ none: 1 });
  });

  test("from the launch type to a strategy, unless the service did so before", async () => {
    expect(await planned({ capacityProviderStrategy: SPOT })).toEqual(REPLACED);

    await switchTo([{ capacityProvider: "FARGATE_SPOT", weight: 1 }]);
    await deploy({ capacityProviderStrategy: SPOT });

    expect(await describeService(aws.ecs, "demo-local")).toMatchObject({ createdAt: created });
    expect(await divided()).toEqual({ FARGATE_SPOT: 1 });
  });
});

test("the default strategy of the cluster is left as ECS has copied it", async () => {
  expect(await planned({ capacityProviderStrategy: "default" })).toEqual(IN_PLACE);
});

test("a cluster of the environment's own has capacity providers, which are no change in a second plan", async () => {
  const { actions, requested } = await cluster;

  expect(actions).toEqual({});
  expect(requested).toContain("ecs:PutClusterCapacityProviders");
  expect(refusedActions(["ecs:PutClusterCapacityProviders"], "deploy-cluster")).toEqual([]);
  const { clusters } = await aws.ecs.send(new DescribeClustersCommand({ clusters: ["own"] }));
  expect(clusters).toMatchObject([
    {
      capacityProviders: expect.arrayContaining(["FARGATE", "FARGATE_SPOT"]) as unknown, // in any order
      defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    },
  ]);
});
