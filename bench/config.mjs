/** A src/config/services.ts with that many services: one container each, with an image of its own in ECR. */
export function servicesModule(count) {
  const services = Array.from({ length: count }, (_, index) => {
    const name = `service-${index + 1}`;
    const image = { repository: name, tag: "1.0" };
    const environment = { LOG_LEVEL: "info", PORT: "8080", GREETING: "hello" };
    const containers = [{ name: "web", image, environment, portMappings: [{ containerPort: 8080 }] }];
    return { name, cpu: 256, memory: 512, containers };
  });
  return `import type { ServiceConfig } from "./types";

export const services: ServiceConfig[] = ${JSON.stringify(services, null, 2)};
`;
}

/** A src/config/environments.ts with one environment and an existing cluster, so that there is no cluster stack. */
export function environmentsModule() {
  const environment = {
    name: "bench",
    region: "us-east-1",
    network: { vpc: "default", assignPublicIp: true },
    cluster: { existing: "default" },
    state: { backend: "local" },
  };
  return `import type { EnvironmentConfig, RegistryConfig } from "./types";

export const registry: RegistryConfig = { region: "us-east-1", state: { backend: "local" } };

export const environments: EnvironmentConfig[] = [${JSON.stringify(environment, null, 2)}];
`;
}
