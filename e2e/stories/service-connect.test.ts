import type { Deployment } from "@aws-sdk/client-ecs";
import {
  CreatePrivateDnsNamespaceCommand,
  GetOperationCommand,
  ListServicesCommand,
  ServiceDiscoveryClient,
} from "@aws-sdk/client-servicediscovery";

import type { Config, ServiceConfig } from "../../src/config";
import { clientConfiguration, describeService } from "../support/aws";
import { demoLocal } from "../support/configs";
import { manifest, push } from "../support/images";
import { refusedActions } from "../support/policies";
import type { Project } from "../support/project";
import { useLocalAws } from "./local-aws";

const aws = useLocalAws();
let cloudMap: ServiceDiscoveryClient;
let namespaceId: string;
let project: Project;
const requested: string[] = [];

function demo(changes: Partial<ServiceConfig>): Config {
  const config = demoLocal({ portMappings: [{ containerPort: 8080, name: "http", appProtocol: "http" }] });
  return { ...config, services: config.services.map((each) => ({ ...each, ...changes })) };
}

async function deploy(changes: Partial<ServiceConfig>): Promise<void> {
  project.edit(demo(changes));
  requested.push(...(await aws.actionsOf(() => project.deploy("demo-local"))));
}

/** The deployment that the service runs, and its registries. */
async function connected(): Promise<{ connect: Deployment["serviceConnectConfiguration"]; registries: object }> {
  const { deployments = [], serviceRegistries = [] } = await describeService(aws.ecs, "demo-local");
  return { connect: deployments[0]?.serviceConnectConfiguration, registries: serviceRegistries };
}

async function cloudMapServices(): Promise<(string | undefined)[]> {
  const { Services = [] } = await cloudMap.send(new ListServicesCommand({}));
  return Services.map(({ Name }) => Name);
}

beforeAll(async () => {
  await aws.createRepository("demo");
  await push(aws.ecr, "demo", manifest("first"), "1.10");
  cloudMap = new ServiceDiscoveryClient(clientConfiguration(aws.endpoint));
  const { OperationId } = await cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: "shop.local", Vpc: "vpc-1" }),
  );
  const { Operation } = await cloudMap.send(new GetOperationCommand({ OperationId }));
  namespaceId = Operation?.Targets?.NAMESPACE ?? "";
  project = aws.project(demo({}));
});

describe("a service that others find", () => {
  test("has a proxy that others in the namespace reach, and a name in DNS", async () => {
    await deploy({
      serviceConnect: {
        namespace: "shop.local",
        services: { http: { clientAlias: { port: 80, dnsName: "demo" }, timeout: { perRequestTimeoutSeconds: 30 } } },
      },
      serviceDiscovery: { namespaceId, name: "demo", recordType: "SRV" },
    });

    const { connect, registries } = await connected();
    expect(connect).toMatchObject({
      enabled: true,
      namespace: "shop.local",
      services: [
        {
          portName: "http",
          clientAliases: [{ port: 80, dnsName: "demo" }],
          timeout: { idleTimeoutSeconds: 300, perRequestTimeoutSeconds: 30 },
        },
      ],
      logConfiguration: { options: { "awslogs-group": "/ecs/demo-local", "awslogs-stream-prefix": "service-connect" } },
    });
    expect(registries).toMatchObject([{ containerName: "demo", containerPort: 8080 }]);
    expect(await cloudMapServices()).toEqual(["demo"]);
    expect((await project.plan("demo-local")).actions).toEqual({});
  });

  test("is reached elsewhere after a change in place", async () => {
    const { createdAt } = await describeService(aws.ecs, "demo-local");
    await deploy({
      serviceConnect: { namespace: "shop.local", services: { http: { clientAlias: { port: 8080 } } }, logging: false },
      serviceDiscovery: { namespaceId, name: "orders", ttl: 60 },
    });

    const { connect, registries } = await connected();
    expect(connect?.services).toMatchObject([
      { portName: "http", clientAliases: [{ port: 8080, dnsName: "http.shop.local" }] },
    ]);
    expect(registries).toHaveLength(1);
    expect(await cloudMapServices()).toEqual(["orders"]);
    expect((await describeService(aws.ecs, "demo-local")).createdAt).toEqual(createdAt);
    expect((await project.plan("demo-local")).actions).toEqual({});
  });

  test("is found no more when it says so no more, and its name is gone", async () => {
    await deploy({});

    const { connect, registries } = await connected();
    expect(connect?.enabled ?? false).toBe(false);
    expect(registries).toEqual([]);
    expect(await cloudMapServices()).toEqual([]);
  });
});

test("whoever deploys needs no permissions but those of docs/policies", () =>
  expect(refusedActions(requested, "deploy-services", "deploy-service-discovery")).toEqual([]));
