import { ECRClient } from "@aws-sdk/client-ecr";
import {
  type ContainerDefinition,
  type CreateServiceCommandInput,
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";

/** The account of the local AWS. */
export const ACCOUNT = "123456789012";

export const REGISTRY = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`;

/** Clients of one account of the emulator. */
export interface Clients {
  readonly ecr: ECRClient;
  readonly ecs: ECSClient;
}

/** The settings of every client of the emulator. */
export function clientConfiguration(endpoint: string) {
  // Node 20 is supported here; the SDK's warning about it would clutter the output.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
}

/** @param account the account to act in @default - the emulator's own, 123456789012 */
export function clients(endpoint: string, account?: string): Clients {
  const configuration = clientConfiguration(endpoint);
  const made = { ecr: new ECRClient(configuration), ecs: new ECSClient(configuration) };
  if (account !== undefined) {
    made.ecr.middlewareStack.add(inAccount(account), { step: "build" });
    made.ecs.middlewareStack.add(inAccount(account), { step: "build" });
  }
  return made;
}

/** Middleware that makes moto act in another account. */
function inAccount(account: string) {
  return <Args extends { request: unknown }, Output>(next: (args: Args) => Promise<Output>) =>
    (args: Args): Promise<Output> => {
      (args.request as { headers: Record<string, string> }).headers["x-moto-account-id"] = account;
      return next(args);
    };
}

/** Registers a task definition with one container `app`, and returns its ARN. */
export async function register(
  ecs: ECSClient,
  family: string,
  image: string,
  container: Partial<ContainerDefinition> = {},
): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions: [{ name: "app", image, memory: 128, ...container }],
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? "";
}

/** Creates a service in the cluster `default`. */
export async function createService(
  ecs: ECSClient,
  serviceName: string,
  taskDefinition: string,
  more: Partial<CreateServiceCommandInput> = {},
): Promise<Service> {
  const { service } = await ecs.send(
    new CreateServiceCommand({ serviceName, taskDefinition, desiredCount: 1, ...more }),
  );
  if (!service) throw new Error(`the service ${serviceName} was not created`);
  return service;
}

/** @param cluster @default - the cluster `default`, here and below */
export async function describeService(ecs: ECSClient, name: string, cluster?: string): Promise<Service> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const [service] = services ?? [];
  if (!service) throw new Error(`there is no service ${name}`);
  return service;
}

/** The service's tasks with their tags, oldest first. */
export async function tasksOf(
  ecs: ECSClient,
  serviceName: string,
  desiredStatus: "RUNNING" | "STOPPED" = "RUNNING",
  cluster?: string,
): Promise<Task[]> {
  const { taskArns } = await ecs.send(new ListTasksCommand({ cluster, serviceName, desiredStatus }));
  if (taskArns === undefined || taskArns.length === 0) return [];
  const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns, include: ["TAGS"] }));
  return tasks ?? [];
}

/** The digests that the service's running tasks run, one per task. */
export async function runningDigests(
  ecs: ECSClient,
  service: string,
  cluster?: string,
): Promise<(string | undefined)[]> {
  return (await tasksOf(ecs, service, "RUNNING", cluster)).map((task) => task.containers?.[0]?.imageDigest);
}

/** The settings of a circuit breaker that rolls back. */
export const ROLLING_BACK = { deploymentCircuitBreaker: { enable: true, rollback: true } };
