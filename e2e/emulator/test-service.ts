import { BatchDeleteImageCommand, CreateRepositoryCommand } from "@aws-sdk/client-ecr";
import {
  type ContainerDefinition,
  type CreateServiceCommandInput,
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  type Service,
  type ServiceDeployment,
  StopTaskCommand,
  type Task,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import {
  type Clients,
  REGISTRY,
  clients,
  createService,
  describeService,
  register,
  runningDigests,
  tasksOf,
} from "../support/aws";
import { failingManifest, manifest, push } from "../support/images";
import { type Emulator, startEmulator } from "./launch";

/** An emulator that tests share, and its clients. */
export interface SharedEmulator extends Clients {
  readonly endpoint: string;
}

/** An emulator for the tests of the file that calls this; it can be used from the first hook on. */
export function useEmulator(): SharedEmulator {
  const shared = {} as SharedEmulator;
  let emulator: Emulator | undefined;
  beforeAll(async () => {
    emulator = await startEmulator();
    Object.assign(shared, clients(emulator.endpoint), { endpoint: emulator.endpoint });
  });
  afterAll(() => emulator?.stop());
  return shared;
}

/** The service of each test of the file that calls this, with an empty repository for its image. */
export function useTestService(emulator: SharedEmulator): TestService {
  const service = new TestService(emulator);
  beforeEach(() => service.startAnew());
  return service;
}

/** A service with the same name as its family and its repository, which no other test uses. */
class TestService {
  private number = 0;

  constructor(private readonly emulator: SharedEmulator) {}

  async startAnew(): Promise<void> {
    this.number++;
    await this.emulator.ecr.send(new CreateRepositoryCommand({ repositoryName: this.name }));
  }

  get name(): string {
    return `demo-${this.number}`;
  }

  /** The image, without tag and digest. */
  get image(): string {
    return `${REGISTRY}/${this.name}`;
  }

  /** Pushes a manifest and returns its digest. */
  push(imageManifest: string, tag?: string): Promise<string> {
    return push(this.emulator.ecr, this.name, imageManifest, tag);
  }

  async deleteImage(imageDigest: string): Promise<void> {
    await this.emulator.ecr.send(
      new BatchDeleteImageCommand({ repositoryName: this.name, imageIds: [{ imageDigest }] }),
    );
  }

  /** Registers a revision that runs an image, and returns its ARN. */
  register(image: string, container?: Partial<ContainerDefinition>): Promise<string> {
    return register(this.emulator.ecs, this.name, image, container);
  }

  /** Registers a revision that runs a new image, pinned by digest, and returns its ARN. */
  async revision(build: string, imageManifest: string = manifest(build)): Promise<string> {
    return this.register(`${this.image}@${await this.push(imageManifest)}`);
  }

  /** Registers a revision whose tasks stop because they `cannot open /config`, and returns its ARN. */
  badRevision(): Promise<string> {
    return this.revision("bad", failingManifest("bad", "cannot open /config"));
  }

  /** Creates the service. */
  create(taskDefinition: string, options?: Partial<CreateServiceCommandInput>): Promise<Service> {
    return createService(this.emulator.ecs, this.name, taskDefinition, options);
  }

  /** Creates the service with a revision that runs. */
  async createGood(options?: Partial<CreateServiceCommandInput>): Promise<Service> {
    return this.create(await this.revision("good"), options);
  }

  async update(change: Partial<UpdateServiceCommandInput>): Promise<Service | undefined> {
    return (await this.emulator.ecs.send(new UpdateServiceCommand({ service: this.name, ...change }))).service;
  }

  deploy(taskDefinition: string): Promise<Service | undefined> {
    return this.update({ taskDefinition });
  }

  describe(): Promise<Service> {
    return describeService(this.emulator.ecs, this.name);
  }

  /** The service's tasks, oldest first. */
  tasks(desiredStatus?: "RUNNING" | "STOPPED"): Promise<Task[]> {
    return tasksOf(this.emulator.ecs, this.name, desiredStatus);
  }

  /** The digests that the running tasks run, one per task. */
  runningDigests(): Promise<(string | undefined)[]> {
    return runningDigests(this.emulator.ecs, this.name);
  }

  async stopFirstTask(): Promise<void> {
    const [task] = await this.tasks();
    await this.emulator.ecs.send(new StopTaskCommand({ task: task?.taskArn }));
  }

  /** The service's service deployments, newest first. */
  async serviceDeployments(): Promise<ServiceDeployment[]> {
    const { ecs } = this.emulator;
    const listed = await ecs.send(new ListServiceDeploymentsCommand({ service: this.name }));
    const serviceDeploymentArns = (listed.serviceDeployments ?? []).map((brief) => brief.serviceDeploymentArn ?? "");
    const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }));
    return described.serviceDeployments ?? [];
  }
}
