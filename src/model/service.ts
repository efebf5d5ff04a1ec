import { type z } from "zod";

import { quote } from "../errors";
import { cluster } from "./arn";
import { checkExecuteCommand, executeCommand } from "./execute-command";
import { flag, list, literal, object, oneOf, pattern, wholeNumber, wholeNumberOr } from "./leaves";
import { ROUTER_PORT } from "./log-router";
import { checkNames, serviceNames } from "./names";
import { ingressRule, network, sourceOf } from "./network";
import { problem } from "./problems";
import { TASK, checkTask } from "./task";

/** A time as Terraform writes it. @see https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts */
const duration = literal(
  pattern(
    /^(?=.*[1-9])(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$/,
    'use hours, minutes and seconds above 0, like "30m", "90s" or "1h30m"',
  ),
);

/** How long Terraform waits for ECS. */
export const timeouts = object({
  /** The first deploy. @default "20m" */
  create: duration.optional(),
  /** Every later deploy. @default "20m" */
  update: duration.optional(),
  /** The destruction of the service. @default "20m" */
  delete: duration.optional(),
});

/** Properties of a service, besides its name and where it runs. */
export const SERVICE = {
  ...TASK,
  /**
   * Number of tasks to run: 0 to 5000. `"keep"` if others set it, such as auto scaling, a schedule or a person: the
   * service is created with one task, and no deploy changes the number again, unless the
   * service is replaced.
   * @default 1
   */
  desiredCount: wholeNumberOr("keep", 0, 5000).default(1),
  /** Percentage of `desiredCount` that stays up during a deployment: 0 to 100. @default 100 */
  minimumHealthyPercent: wholeNumber(0, 100).default(100),
  /**
   * Percentage of `desiredCount` that may run during a deployment: 100 to 200. There must be room to start a task or to
   * stop one.
   * @default 200
   */
  maximumPercent: wholeNumber(100, 200).default(200),
  /**
   * Whether ECS moves tasks to spread them over availability zones. `"ENABLED"` needs a `maximumPercent` above 100.
   * @default "ENABLED"
   */
  availabilityZoneRebalancing: oneOf("ENABLED", "DISABLED").default("ENABLED"),
  /**
   * Whether a deploy waits until the tasks run. If false, a deploy succeeds even when ECS rolls it back afterwards.
   * @default true
   */
  waitForSteadyState: flag.default(true),
  /**
   * How long a deploy waits until the tasks run, in hours, minutes and seconds: `"30m"`, `"90s"`, `"1h30m"`. One that
   * takes longer fails, although ECS goes on with it. Keep them below the time limit of the CI job.
   * @default - 20 minutes
   * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/ecs_service#timeouts
   */
  timeouts: timeouts.optional(),
  /**
   * Whether people may run commands in the containers, with `aws ecs execute-command`. If the cluster logs or encrypts the
   * sessions, an object says how, so that the task role gets the permissions: see
   * [how sessions are logged](#execute-command-sessions). In the config, `true` takes that from the cluster of the
   * environment. Not together with `readonlyRootFilesystem`.
   * @default false
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  executeCommand: executeCommand.optional(),
  /**
   * Who may reach the tasks. Only if the service has a security group of its own, that is, with a `vpc`.
   * @default []
   */
  ingress: list(ingressRule).default([]),
  /** Names of one's own. Changing one replaces what has it. @default - names made from that of the service */
  names: serviceNames.optional(),
};

/**
 * A service on Fargate, for `PinnedFargateService`. In code, a reference to another resource can be used for an ARN, an
 * id, a CIDR block, the repository or tag of an image, and any text: an environment variable, a label, an argument of a
 * command.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 */
export const fargateService = object({
  /**
   * Names the service and everything that belongs to it: 1 to 236 letters, digits, `_` or `-`, not beginning with `sg-`.
   * In the names of roles, which IAM limits to 64 characters, what is too long is replaced by a hash.
   */
  name: literal(
    pattern(
      /^(?!sg-)[A-Za-z0-9_-]{1,236}$/,
      'use 1 to 236 letters, digits, "_" or "-", not beginning with "sg-", which EC2 reserves for ids',
    ),
  ),
  /** Cluster that the service runs in: its name or its ARN. A reference must be to the ARN. */
  cluster,
  /** Where tasks get their network interfaces. */
  network,
  ...SERVICE,
}).superRefine((service, context) => {
  checkTask(service, context);
  checkIngress(service, context);
  checkDeployment(service, context);
  checkExecuteCommand(service, context);
  checkNames(service, context);
});
export interface PinnedFargateServiceProps extends z.input<typeof fargateService> {}
export type ParsedService = z.output<typeof fargateService>;

function checkIngress({ ingress, containers, network: { vpc } }: ParsedService, context: z.core.$RefinementCtx): void {
  if (ingress.length > 0 && vpc === undefined) {
    problem(
      context,
      ["ingress"],
      "the network names existing security groups, so the service has none of its own; add the rules to those, or move ingress to the environments whose network has a vpc: environments: { staging: { ingress: [ … ] } }",
    );
  }
  const routerPort = ingress.findIndex(({ port }) => port === ROUTER_PORT);
  if (routerPort >= 0 && containers.some(({ firelensConfiguration }) => firelensConfiguration)) {
    const fault = `port ${String(ROUTER_PORT)} is that of the log router, which only the task may reach; remove the rule`;
    problem(context, ["ingress", routerPort], fault);
  }
  const rules = ingress.map((rule) => `port ${String(rule.port)}/${rule.protocol} from ${quote(sourceOf(rule))}`);
  const repeated = rules.findIndex((rule, index) => rules.indexOf(rule) !== index);
  if (repeated >= 0) problem(context, ["ingress", repeated], `${rules[repeated] ?? ""} is listed twice; remove one`);
}

/**
 * A deployment must be able to start a task or to stop one. ECS rounds the number of tasks that stay up to a whole
 * number upwards, and the number that may run downwards.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
function checkDeployment(service: ParsedService, context: z.core.$RefinementCtx): void {
  const { desiredCount, minimumHealthyPercent, maximumPercent, availabilityZoneRebalancing } = service;
  const percents = `minimumHealthyPercent ${String(minimumHealthyPercent)} and maximumPercent ${String(maximumPercent)}`;
  const tasks = desiredCount === "keep" ? 0 : desiredCount; // nobody knows how many there are when it is deployed
  const staysUp = Math.ceil((tasks * minimumHealthyPercent) / 100);
  const mayRun = Math.floor((tasks * maximumPercent) / 100);
  if (minimumHealthyPercent === maximumPercent) {
    problem(context, [], `${percents} leave no room to deploy; lower the first or raise the second`);
  } else if (maximumPercent === 100 && availabilityZoneRebalancing === "ENABLED") {
    problem(
      context,
      [],
      'maximumPercent 100 leaves no room for availabilityZoneRebalancing; raise it, or set "DISABLED"',
    );
  } else if (tasks > 0 && staysUp >= mayRun) {
    problem(
      context,
      [],
      `${percents} leave no room to deploy with desiredCount ${String(tasks)} (at least ${String(staysUp)} stay up, at most ${String(mayRun)} run); lower the first or raise the second`,
    );
  }
}
