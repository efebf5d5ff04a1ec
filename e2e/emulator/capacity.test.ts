import {
  type CapacityProviderStrategyItem,
  CreateClusterCommand,
  DescribeClustersCommand,
  PutClusterCapacityProvidersCommand,
} from "@aws-sdk/client-ecs";

import { createService, register, tasksOf } from "../support/aws";
import { useEmulator, useTestService } from "./test-service";

const IMAGE = "public.ecr.aws/nginx/nginx:1.27";
const MIX: CapacityProviderStrategyItem[] = [
  { capacityProvider: "FARGATE", base: 2, weight: 1 },
  { capacityProvider: "FARGATE_SPOT", weight: 3 },
];
const SPOT: CapacityProviderStrategyItem[] = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];

const emulator = useEmulator();
const demo = useTestService(emulator);
let taskDefinition: string;

beforeAll(async () => {
  taskDefinition = await register(emulator.ecs, "demo", IMAGE);
});

const providers = async (): Promise<(string | undefined)[]> =>
  (await tasksOf(emulator.ecs, demo.name)).map(({ capacityProviderName }) => capacityProviderName);

test("the first tasks fill the base, the others follow the weights", async () => {
  await demo.create(taskDefinition, { desiredCount: 10, capacityProviderStrategy: MIX });
  const all = await providers();
  expect(all.slice(0, 2)).toEqual(["FARGATE", "FARGATE"]);
  expect(all.filter((name) => name === "FARGATE")).toHaveLength(4);
  expect(all.filter((name) => name === "FARGATE_SPOT")).toHaveLength(6);
});

test("a service with a launch type has tasks without a capacity provider", async () => {
  await demo.create(taskDefinition, { launchType: "FARGATE" });
  expect(await providers()).toEqual([undefined]);
});

test("the cluster must have the capacity providers", async () => {
  await emulator.ecs.send(new CreateClusterCommand({ clusterName: "bare" }));
  const created = createService(emulator.ecs, demo.name, taskDefinition, {
    cluster: "bare",
    capacityProviderStrategy: SPOT,
  });
  await expect(created).rejects.toThrow(
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.",
  );
});

test("a change of the strategy needs a forced deployment", async () => {
  await demo.create(taskDefinition, { launchType: "FARGATE" });
  await expect(demo.update({ capacityProviderStrategy: SPOT })).rejects.toThrow("you must force a new deployment");
  await demo.update({ capacityProviderStrategy: SPOT, forceNewDeployment: true });
  expect(await demo.describe()).toMatchObject({ capacityProviderStrategy: SPOT });
  expect(await providers()).toEqual(["FARGATE_SPOT"]);
});

test("an empty strategy goes back to the launch type", async () => {
  await demo.create(taskDefinition, { launchType: "FARGATE" });
  await demo.update({ capacityProviderStrategy: SPOT, forceNewDeployment: true });
  await demo.update({ capacityProviderStrategy: [], forceNewDeployment: true });
  const service = await demo.describe();
  expect(service.launchType).toBe("FARGATE");
  expect(service).not.toHaveProperty("capacityProviderStrategy");
});

test("a service without either takes the default strategy of its cluster", async () => {
  const cluster = "with-default";
  await emulator.ecs.send(
    new CreateClusterCommand({
      clusterName: cluster,
      capacityProviders: ["FARGATE_SPOT"],
      defaultCapacityProviderStrategy: SPOT,
    }),
  );
  const service = await createService(emulator.ecs, demo.name, taskDefinition, { cluster });
  expect(service).toMatchObject({ capacityProviderStrategy: SPOT });
});

test("a capacity provider in use stays with its cluster", async () => {
  const cluster = "in-use";
  const put = (capacityProviders: string[]) =>
    emulator.ecs.send(
      new PutClusterCapacityProvidersCommand({ cluster, capacityProviders, defaultCapacityProviderStrategy: [] }),
    );
  await emulator.ecs.send(
    new CreateClusterCommand({ clusterName: cluster, capacityProviders: ["FARGATE", "FARGATE_SPOT"] }),
  );
  await createService(emulator.ecs, demo.name, taskDefinition, { cluster, capacityProviderStrategy: SPOT });

  await expect(put(["FARGATE"])).rejects.toThrow("The specified capacity provider is in use and cannot be removed.");
  await put(["FARGATE_SPOT"]);

  const { clusters } = await emulator.ecs.send(new DescribeClustersCommand({ clusters: [cluster] }));
  expect(clusters).toMatchObject([{ capacityProviders: ["FARGATE_SPOT"] }]);
});
