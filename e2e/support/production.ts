import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateAccessPointCommand, CreateFileSystemCommand, EFSClient } from "@aws-sdk/client-efs";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

import type { Config, ServiceConfig } from "../../src/config";
import { ACCOUNT, clientConfiguration } from "./aws";
import { demoLocal } from "./configs";
import { LoadBalancers } from "./load-balancers";

/** Where the states are. */
export const STATES = { backend: "s3", bucket: "terraform-state", prefix: "team/shop", region: "us-east-1" } as const;

/** What a service in production needs, and others have made. */
export interface Surroundings {
  readonly fileSystemId: string;
  readonly accessPointId: string;
  readonly topic: string;
}

/** Makes storage, secrets, a topic, a load balancer, two repositories and the bucket of the states. */
export async function makeSurroundings(endpoint: string): Promise<Surroundings> {
  const to = clientConfiguration(endpoint);
  const efs = new EFSClient(to);
  const { FileSystemId: fileSystemId = "" } = await efs.send(new CreateFileSystemCommand({ CreationToken: "shop" }));
  const { AccessPointId: accessPointId = "" } = await efs.send(
    new CreateAccessPointCommand({ ClientToken: "shop", FileSystemId: fileSystemId }),
  );
  await new SecretsManagerClient(to).send(
    new CreateSecretCommand({ Name: "shop/db", SecretString: '{"password": "test"}' }),
  );
  await new SSMClient(to).send(new PutParameterCommand({ Name: "/shop/token", Type: "SecureString", Value: "test" }));
  const { TopicArn: topic = "" } = await new SNSClient(to).send(new CreateTopicCommand({ Name: "on-call" }));
  await new S3Client({ ...to, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: STATES.bucket }));
  await new LoadBalancers(endpoint).create("shared");
  for (const repositoryName of ["shop", "nginx"]) {
    await new ECRClient(to).send(new CreateRepositoryCommand({ repositoryName }));
  }
  return { fileSystemId, accessPointId, topic };
}

const CONTAINERS: ServiceConfig["containers"] = [
  {
    name: "php",
    image: { repository: "shop", tag: "1.10" },
    secrets: {
      DB_PASSWORD: { secretsManager: "shop/db", key: "password" },
      TOKEN: { ssmParameter: "/shop/token" },
    },
    environment: { LOG_LEVEL: "info" },
    healthCheck: { command: ["CMD-SHELL", "php-fpm-healthcheck"] },
    mountPoints: { uploads: "/srv/uploads", static: "/srv/static" },
  },
  {
    name: "nginx",
    image: { repository: "nginx", tag: "1.27", pinning: "label" },
    dependsOn: { php: "HEALTHY" },
    portMappings: [{ containerPort: 8080 }],
    mountPoints: { static: { containerPath: "/srv/static", readOnly: true } },
  },
];

/**
 * A web service with what nearly every one has in production: two containers behind a shared load balancer, secrets,
 * a file system, scaling, Spot, ECS Exec, rights of its own and alarms.
 * @param name of the environment, with a rule of its own
 */
export function shop({ fileSystemId, accessPointId, topic }: Surroundings, name = "local", priority = 10): Config {
  const { services: _, ...others } = demoLocal({}, { name, accountId: ACCOUNT, state: STATES, tags: { team: "shop" } });
  const service: ServiceConfig = {
    name: "shop",
    cpu: 512,
    memory: 1024,
    containers: CONTAINERS,
    volumes: { static: {}, uploads: { efs: { fileSystemId, accessPointId, iam: "ENABLED" } } },
    loadBalancers: {
      public: {
        listener: { loadBalancer: { name: "shared" }, port: 80 },
        rule: { priority, hosts: [`${name}.example.com`] },
        targetGroup: { healthCheck: { path: "/health" }, deregistrationDelay: 30 },
      },
    },
    healthCheckGracePeriod: 60,
    desiredCount: "keep",
    scaling: {
      minCapacity: 2,
      maxCapacity: 10,
      targetTracking: { cpu: { cpu: 60 }, requests: { requestsPerTarget: { target: 1000 } } },
      scheduledActions: { morning: { schedule: "cron(0 8 ? * MON-FRI *)", minCapacity: 4 } },
    },
    capacityProviderStrategy: { FARGATE: { base: 1, weight: 1 }, FARGATE_SPOT: { weight: 3 } },
    executeCommand: true,
    tags: { team: "storefront", "cost-center": "42" },
    taskRole: { statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop-pictures/*"] }] },
    alarms: {
      topics: [topic],
      cpu: 80,
      memory: 80,
      runningTasks: true,
      target5xx: 10,
      latency: 2,
      deploymentFailed: true,
    },
  };
  return { ...others, services: [service] };
}
