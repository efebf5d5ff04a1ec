import type { Construct } from "constructs";

import { InvalidInputError, quote } from "../../errors";
import { NO_TAG } from "../../image";
import type { ParsedContainer } from "../../model/container";
import { mountPoints, mountsAt, mountsOf, pathFaults, type Mounted, type Mounts } from "../../model/mount";
import { parse } from "../../model/problems";
import { containerVariables, type Value } from "../../model/text";
import { containerSecrets, type ParsedSecret, type Secret } from "../../model/secrets";
import { containerDefinition } from "./container-definition";
import type { Role } from "../iam/role";
import { withReferences } from "../terraform-json";
import type { ContainerImage } from "./container-image";
import { grantFetch } from "./environment-file";
import type { LogDestination } from "./log-configuration";
import { secretReference } from "./secret";

/** The volumes of the task that a container is in. */
export interface MountableVolumes {
  /**
   * Lets the task mount a volume, and write to it unless it is mounted read-only.
   * @throws InvalidInputError if there is no such volume
   */
  mount(mounted: Mounted, context: string): void;
}

/** What a container is started with. */
export interface ContainerStart {
  /** Where secrets are looked up that are named. */
  readonly secrets: Construct;
  /** May read them. */
  readonly executionRole: Role;
  readonly volumes: MountableVolumes;
}

/** A container of a task, to which code may add what data cannot express. */
export class Container {
  readonly name: string;
  private readonly environment: Record<string, Value>;
  /** What ECS reads each value from. */
  private readonly secrets: Record<string, string>;
  private readonly logSecrets: Readonly<Record<string, string>>;
  private readonly repositoryCredentials: string | undefined;
  private readonly mounts: Mounted[];

  /** @param context what problems of it begin with: `service "shop": containers[0] "web"` */
  constructor(
    private readonly props: ParsedContainer,
    readonly image: ContainerImage,
    private readonly context: string,
    private readonly start: ContainerStart,
  ) {
    this.name = props.name;
    this.environment = { ...props.environment };
    this.secrets = this.references(props.secrets);
    this.logSecrets = this.references(props.logging.secretOptions);
    const { repositoryCredentials, environmentFiles } = props;
    this.repositoryCredentials = repositoryCredentials && this.reference(repositoryCredentials);
    environmentFiles.forEach((file) => grantFetch(file, start.executionRole));
    this.mounts = mountsOf(props);
    this.mounts.forEach((mounted) => start.volumes.mount(mounted, context));
  }

  /**
   * Sets an environment variable, even if it already has a value.
   * @param value text, a reference (the URL of a queue, the host of a database), `{ image: "tag" }` or
   * `{ image: "digest" }`
   * @throws InvalidInputError for a name with "=", or of a secret, or a value that Terraform would change
   */
  addEnvironment(name: string, value: Value): void {
    const context = `${this.context}: environment`;
    const added = parse(containerVariables, { [name]: value }, context);
    if (Object.hasOwn(this.secrets, name)) reject(context, name, "is a secret already; remove one of them");
    Object.assign(this.environment, added);
  }

  /**
   * Sets an environment variable to a value that ECS reads when it starts the container, and allows the execution role
   * to read it: `addSecret("TOKEN", { secretsManager: secret.arn })`.
   * @param secret a secret in Secrets Manager or a parameter in SSM Parameter Store, by its name, its ARN, or a reference
   * to its ARN
   * @throws InvalidInputError for a name with "=", or that has a value already, or for what is no secret
   */
  addSecret(name: string, secret: Secret): void {
    const context = `${this.context}: secrets`;
    const added = parse(containerSecrets, { [name]: secret }, context);
    if (Object.hasOwn(this.secrets, name)) reject(context, name, "is a secret already; remove one of them");
    if (Object.hasOwn(this.environment, name)) reject(context, name, "has a value in environment; remove one of them");
    Object.assign(this.secrets, this.references(added));
  }

  /**
   * Mounts a volume of the task: one of the props, or one that was added with `addVolume`.
   * @param mounts `"/srv/data"`, `{ containerPath: "/srv/data", readOnly: true }`, or a list of these
   * @throws InvalidInputError if there is no such volume, for a path that is not absolute, or one that is taken
   */
  addMountPoint(volume: string, mounts: Mounts): void {
    const context = `${this.context}: mountPoints`;
    const parsed = parse(mountPoints, { [volume]: mounts }, context)[volume] ?? [];
    const added = mountsAt(volume, parsed);
    const [fault] = pathFaults(this.props, [...this.mounts, ...added]);
    if (fault !== undefined) throw new InvalidInputError(`${context}: ${fault}`);
    added.forEach((mounted) => this.start.volumes.mount(mounted, context));
    this.mounts.push(...added);
  }

  /** Names of the volumes that the container mounts. */
  get mountedVolumes(): readonly string[] {
    return this.mounts.map(({ sourceVolume }) => sourceVolume);
  }

  /** The container definition; to be called when the stack is written, since variables may be added until then. */
  definition(destination: LogDestination): Readonly<Record<string, unknown>> {
    const props = withReferences({ ...this.props, environment: this.environment, mounts: this.mounts });
    const { environment, dockerLabels } = props;
    return containerDefinition(
      {
        ...props,
        environment: this.texts(environment),
        secrets: this.secrets,
        logSecrets: this.logSecrets,
        repositoryCredentials: this.repositoryCredentials,
        dockerLabels: this.texts(dockerLabels),
      },
      this.image,
      destination,
    );
  }

  private references(secrets: ParsedContainer["secrets"]): Record<string, string> {
    return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, this.reference(secret)]));
  }

  private reference(secret: ParsedSecret): string {
    return secretReference(this.start.secrets, secret, this.start.executionRole);
  }

  /** The values, with the parts of the image filled in. */
  private texts(values: Readonly<Record<string, Value>>): Record<string, string> {
    const { tag = NO_TAG, digest } = this.image;
    const entries = Object.entries(values).map(([name, value]): [string, string] => {
      if (typeof value === "string") return [name, value];
      return [name, value.image === "tag" ? tag : digest];
    });
    return Object.fromEntries(entries);
  }
}

function reject(context: string, name: string, fault: string): never {
  throw new InvalidInputError(`${context}: ${quote(name)} ${fault}`);
}
