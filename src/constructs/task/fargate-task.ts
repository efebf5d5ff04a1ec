import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { InvalidInputError, alternatives, quote } from "../../errors";
import { taskNamesOf } from "../../model/names";
import { addressOf } from "../../model/problems";
import type { ParsedTask } from "../../model/task";
import { Account } from "../iam/account";
import { grantExecuteCommand } from "../iam/execute-command";
import { Role } from "../iam/role";
import { Container } from "./container";
import { containerImage, type RunningBuilds } from "./container-image";
import { LogGroup, grantLogWrite, logGroupArn } from "./log-group";
import { TaskDefinition } from "./task-definition";
import { TaskVolumes } from "./task-volumes";

/** A task, and the name that its parts are named after. */
export interface FargateTaskProps {
  /** What runs the task, for the lines of problems. */
  readonly kind: "service" | "job";
  readonly name: string;
  readonly task: ParsedTask;
  /** The builds to keep where the task names none. */
  readonly running: RunningBuilds;
}

/**
 * None of these actions supports resource-level permissions.
 * @see https://docs.aws.amazon.com/xray/latest/devguide/security_iam_id-based-policy-examples.html#xray-permissions-managedpolicies
 */
const WRITE_TRACES = {
  actions: [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
  ],
  resources: ["*"],
};

/** What runs on Fargate: the containers with their images, their roles and their logs. */
export class FargateTask extends Construct {
  readonly taskRole: Role;
  readonly executionRole: Role;
  readonly logGroup: LogGroup;
  /** ARNs of the log groups that the containers write to. */
  readonly logGroupArns: readonly string[];
  readonly taskDefinition: TaskDefinition;
  readonly containers: readonly Container[];
  /** Family of the task definition. */
  readonly family: string;
  readonly volumes: TaskVolumes;

  private readonly context: string;

  constructor(scope: Construct, id: string, { kind, name, task, running }: FargateTaskProps) {
    super(scope, id);
    const account = new Account(this, "account");
    const { names: own, existing, permissionsBoundary } = task;
    const names = taskNamesOf(name, own);
    this.family = names.family;
    this.logGroup = new LogGroup(this, "log-group", {
      name: names.logGroup,
      isNamed: own?.logGroup !== undefined,
      existing: existing?.logGroup,
      retention: task,
      account,
    });
    this.executionRole = new Role(this, "execution-role", {
      name: names.executionRole,
      isNamed: own?.executionRole !== undefined,
      policyName: "start-tasks",
      account,
      settings: task.executionRole,
      permissionsBoundary,
      existing: existing?.executionRole,
    });
    this.taskRole = new Role(this, "task-role", {
      name: names.taskRole,
      isNamed: own?.taskRole !== undefined,
      policyName: "application",
      account,
      settings: task.taskRole,
      permissionsBoundary,
      existing: existing?.taskRole,
    });
    if (task.taskRole?.xray === true) this.taskRole.grant(WRITE_TRACES);
    this.context = `${kind} ${quote(name)}`;
    this.volumes = new TaskVolumes(task, this.taskRole, this.context);
    const start = { secrets: new Construct(this, "secrets"), executionRole: this.executionRole, volumes: this.volumes };
    this.containers = task.containers.map((props, index) => {
      const context = [this.context, ...addressOf(["containers", index], task)].join(": ");
      return new Container(props, containerImage(this, props, task.containers, running), context, start);
    });
    this.containers.forEach(({ image }) => image.grantPull(this.executionRole));
    this.node.addValidation({
      validate: () => this.volumes.unmountedFaults(this.containers.flatMap(({ mountedVolumes }) => mountedVolumes)),
    });
    this.logGroupArns = this.logGroupsOf(task, account);
    this.logGroupArns.forEach((arn) => grantLogWrite(this.executionRole, arn));
    if (task.executeCommand !== undefined && task.executeCommand !== false) {
      grantExecuteCommand(this.taskRole, task.executeCommand, this.logGroupArns);
    }
    this.taskDefinition = new TaskDefinition(this, "task-definition", {
      context: this.context,
      family: names.family,
      size: task,
      containers: this.containers,
      volumes: this.volumes,
      destination: { logGroup: this.logGroup.name, region: account.region },
      executionRole: this.executionRole,
      taskRole: this.taskRole,
    });
  }

  /** What must exist before a task starts; rights may be added until the stack is written. */
  get startsAfter(): readonly ITerraformDependable[] {
    return [...this.logGroup.needed, ...this.executionRole.policies, ...this.taskRole.policies];
  }

  /** @throws InvalidInputError if no container has this name */
  container(name: string): Container {
    const found = this.containers.find((container) => container.name === name);
    if (found) return found;
    const names = this.containers.map((container) => quote(container.name));
    throw new InvalidInputError(`${this.context}: there is no container ${quote(name)}; choose ${alternatives(names)}`);
  }

  private logGroupsOf({ containers }: ParsedTask, account: Account): string[] {
    const arns = containers
      .filter(({ logging }) => logging.driver === "awslogs")
      .map(({ logging: { logGroup } }) =>
        logGroup === undefined ? this.logGroup.arn : logGroupArn(account, logGroup),
      );
    return [...new Set(arns)];
  }
}
