import type { PinnedFargateService } from "../../src";
import type { ServiceConfig } from "../../src/config/types";

/** A password in Secrets Manager, and a token in Parameter Store. */
const shop: ServiceConfig = {
  name: "shop",
  cpu: 256,
  memory: 512,
  containers: [
    {
      name: "web",
      image: { repository: "shop", tag: "1.10" },
      secrets: {
        DB_PASSWORD: { secretsManager: "shop/db", key: "password" },
        TOKEN: { ssmParameter: "/shop/token" },
      },
    },
  ],
};

/** What else a secret can be. */
const worker: ServiceConfig = {
  name: "worker",
  cpu: 256,
  memory: 512,
  containers: [
    {
      name: "worker",
      image: { repository: "shop", tag: "1.10" },
      environmentFiles: ["arn:aws:s3:::placeholder-settings-staging/worker.env"],
      secrets: {
        DB: { secretsManager: "shop/db" }, // the whole JSON object
        OLD_PASSWORD: { secretsManager: "shop/db", key: "password", versionStage: "AWSPREVIOUS" },
        SIGNING_KEY: {
          secretsManager: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:signing-key-AbCd12",
          kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/placeholder",
        },
      },
    },
    {
      name: "agent",
      essential: false,
      image: "registry.example.com/agent:7@sha256:9b1f8f9f2b1c8f0a7c1b2d3e4f5061728394a5b6c7d8e9f00112233445566778",
      repositoryCredentials: { secretsManager: "shop/registry" },
    },
  ],
  environments: {
    staging: { containers: { worker: { secrets: { DB: { secretsManager: "staging/db" } } } } },
  },
};

export const services: ServiceConfig[] = [shop, worker];

/** Secrets that are made in the same stack, such as the one that RDS makes for a database. */
export function withReferences(
  service: PinnedFargateService,
  secret: { readonly arn: string },
  parameter: { readonly arn: string },
  key: { readonly arn: string },
): void {
  service.container("web").addSecret("DB_PASSWORD", { secretsManager: secret.arn, key: "password" });
  service.container("web").addSecret("TOKEN", { ssmParameter: parameter.arn });
  // A bucket whose objects are encrypted with a key of your own: ECS decrypts the environment files with it.
  service.executionRole.allow({ actions: ["kms:Decrypt"], resources: [key.arn] });
}
