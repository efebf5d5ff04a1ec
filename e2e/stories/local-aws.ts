import { CloudWatchLogsClient, DescribeLogGroupsCommand, type LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  type ECRClient,
} from "@aws-sdk/client-ecr";
import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  StopTaskCommand,
  type ContainerDefinition,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";

import { S3Client } from "@aws-sdk/client-s3";

import type { Config } from "../../src/config";
import { startEmulator, type Emulator } from "../emulator/launch";
import { takeSeenActions, takeSeenCalls, type SeenCalls } from "../emulator/seen-actions";
import { clientConfiguration, clients, tasksOf } from "../support/aws";
import { Project } from "../support/project";
import { providerMirror } from "../support/provider-mirror";

/** The local AWS of one test file: empty at first, shared by the tests of the file, which tell a story in order. */
export class LocalAws {
  private emulator?: Emulator;
  private readonly projects: Project[] = [];

  async start(): Promise<void> {
    this.emulator = await startEmulator();
  }

  async stop(): Promise<void> {
    this.projects.forEach((project) => project.remove());
    await this.emulator?.stop();
  }

  get endpoint(): string {
    if (!this.emulator) throw new Error("the local AWS is not started");
    return this.emulator.endpoint;
  }

  get ecr(): ECRClient {
    return clients(this.endpoint).ecr;
  }

  get ecs(): ECSClient {
    return clients(this.endpoint).ecs;
  }

  get s3(): S3Client {
    return new S3Client({ ...clientConfiguration(this.endpoint), forcePathStyle: true });
  }

  /**
   * The app with its state in a new folder.
   * @param config @default - what the repository ships
   * @param extension file in build/ with the `extend` of the services @default - none
   * @param endpoint what Terraform takes for AWS @default - the local AWS
   */
  project(config?: Config, extension?: string, endpoint = this.endpoint): Project {
    const project = new Project(endpoint, providerMirror(), config, undefined, extension);
    this.projects.push(project);
    return project;
  }

  /** The IAM actions that are requested while something is done: `ecs:CreateService`. */
  async actionsOf(something: () => Promise<unknown>): Promise<string[]> {
    await takeSeenActions(this.endpoint);
    await something();
    return takeSeenActions(this.endpoint);
  }

  /** The same, with how often each is requested: `{ "ecr:DescribeImages": 1 }`. */
  async callsOf(something: () => Promise<unknown>): Promise<SeenCalls> {
    await takeSeenCalls(this.endpoint);
    await something();
    return takeSeenCalls(this.endpoint);
  }

  /** For stories that are not about the registry stack. */
  async createRepository(name: string): Promise<void> {
    await this.ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
  }

  /** The digest that a tag points at. */
  async digestOfTag(repositoryName: string, imageTag: string): Promise<string | undefined> {
    const { imageDetails = [] } = await this.ecr.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }),
    );
    return imageDetails[0]?.imageDigest;
  }

  /** Deletes an image, as in a cleanup. */
  async deleteImage(repositoryName: string, imageDigest: string): Promise<void> {
    await this.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }));
  }

  /** Stops a task of the service, which then starts another. */
  async restartTask(service: string): Promise<void> {
    const [task] = await tasksOf(this.ecs, service);
    await this.ecs.send(new StopTaskCommand({ task: task?.taskArn }));
  }

  async taskDefinition(taskDefinition: string): Promise<TaskDefinition | undefined> {
    return (await this.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition;
  }

  /** The containers of a task definition. */
  async containers(taskDefinition: string): Promise<ContainerDefinition[]> {
    return (await this.taskDefinition(taskDefinition))?.containerDefinitions ?? [];
  }

  /** The container of a task definition that has only one, and the status of the revision. */
  async revision(taskDefinition: string): Promise<{ container: ContainerDefinition; status: string | undefined }> {
    const found = await this.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    const [container, ...others] = found.taskDefinition?.containerDefinitions ?? [];
    if (!container || others.length > 0) throw new Error(`${taskDefinition} has not just one container`);
    return { container, status: found.taskDefinition?.status };
  }

  /** What a deploy of a service would leave behind. */
  async inventory(): Promise<{ services: string[]; revisions: string[]; logGroups: string[] }> {
    const { serviceArns = [] } = await this.ecs.send(new ListServicesCommand({}));
    const { taskDefinitionArns = [] } = await this.ecs.send(new ListTaskDefinitionsCommand({}));
    const logGroups = await this.logGroups();
    return {
      services: serviceArns.map(lastPart),
      revisions: taskDefinitionArns.map(lastPart),
      logGroups: logGroups.map(({ logGroupName = "" }) => logGroupName),
    };
  }

  async logGroups(): Promise<LogGroup[]> {
    const logs = new CloudWatchLogsClient(clientConfiguration(this.endpoint));
    return (await logs.send(new DescribeLogGroupsCommand({}))).logGroups ?? [];
  }
}

/** A local AWS for the tests of the file that calls this. */
export function useLocalAws(): LocalAws {
  const aws = new LocalAws();
  beforeAll(() => aws.start());
  afterAll(() => aws.stop());
  return aws;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
