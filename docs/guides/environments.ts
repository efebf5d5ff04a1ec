import type { EnvironmentConfig, RegistryConfig, ServiceConfig } from "../../src/config/types";

const STATE = {
  backend: "s3",
  bucket: "placeholder-terraform-state",
  prefix: "placeholder-project",
  region: "us-east-1",
  assumeRole: { roleArn: "arn:aws:iam::111122223333:role/state" },
} as const;

export const registry: RegistryConfig = {
  region: "us-east-1",
  accountId: "111122223333",
  replicatedTo: ["eu-west-1"],
  assumeRole: { roleArn: "arn:aws:iam::111122223333:role/deploy" },
  state: STATE,
};

export const environments: EnvironmentConfig[] = [
  {
    name: "staging",
    region: "us-east-1",
    accountId: "444455556666",
    assumeRole: { roleArn: "arn:aws:iam::444455556666:role/deploy" },
    network: { vpc: { tags: { Name: "staging" } } },
    state: STATE,
  },
  {
    name: "us",
    region: "us-east-1",
    accountId: "777788889999",
    assumeRole: {
      roleArn: "arn:aws:iam::777788889999:role/deploy",
      externalId: "team-web", // if the trust policy of the role asks for one
      sessionName: "github", // who CloudTrail says it was
    },
    network: { vpc: { tags: { Name: "production" } } },
    state: STATE,
  },
  {
    name: "eu",
    region: "eu-west-1",
    accountId: "777788889999",
    assumeRole: { roleArn: "arn:aws:iam::777788889999:role/deploy" },
    network: { vpc: { tags: { Name: "production" } } },
    state: STATE,
  },
];

export const services: ServiceConfig[] = [
  {
    name: "order-api",
    cpu: 512,
    memory: 1024,
    containers: [{ name: "order-api", image: { repository: "order-api", tag: "1.0" } }],
    environments: {
      us: { desiredCount: 4 },
      eu: { desiredCount: 2, containers: { "order-api": { environment: { CURRENCY: "EUR" } } } },
    },
  },
];
