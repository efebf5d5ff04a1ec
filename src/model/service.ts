import { type z } from "zod";

import { quote } from "../errors";
import { alarms } from "./alarms";
import { cluster } from "./arn";
import { DEPLOYMENT, checkDeployment } from "./deployment";
import { list, object, wholeNumber, wholeNumberOr } from "./leaves";
import { ROUTER_PORT } from "./log-router";
import { loadBalancers } from "./load-balancing";
import { checkLoadBalancers } from "./load-balancing-checks";
import { checkNames, fargateName, serviceNames } from "./names";
import { ingressRule, network, portsOf, sourceOf } from "./network";
import { problem } from "./problems";
import { checkRequestMetrics } from "./request-metrics";
import { scaling } from "./scaling";
import { checkServiceConnect, serviceConnect } from "./service-connect";
import { checkServiceDiscovery, serviceDiscovery } from "./service-discovery";
import { TASK, checkTask } from "./task";
import { checkCount } from "./task-count";
import { checkTrafficShift } from "./traffic-shift";

/** Properties of a service, besides its name and where it runs. */
export const SERVICE = {
  ...TASK,
  /**
   * Number of tasks to run: 0 to 5000. `"keep"` if others set it, such as auto scaling, a schedule or a person: the
   * service is created with one task, and no deploy changes the number again, unless the
   * service is replaced. With `scaling`, it is the same as to leave it out.
   * @default - 1, or with `scaling` its `minCapacity` at first
   */
  desiredCount: wholeNumberOr("keep", 0, 5000).optional(),
  /** Lets AWS set the number of tasks: by load, by a metric of your own, or at certain times. @default - none */
  scaling: scaling.optional(),
  /** Alarms that notify SNS topics. @default - none */
  alarms: alarms.optional(),
  ...DEPLOYMENT,
  /** Through which services in a namespace reach each other by name: `{ namespace: "shop", services: { http: {} } }`. @default - none */
  serviceConnect: serviceConnect.optional(),
  /** Names in DNS for the tasks, by AWS Cloud Map: `{ namespaceId: "ns-0123456789abcdef" }`. @default - none */
  serviceDiscovery: serviceDiscovery.optional(),
  /**
   * Who may reach the tasks. Only if the service has a security group of its own, that is, with a `vpc`.
   * @default []
   */
  ingress: list(ingressRule).default([]),
  /** Names of one's own. Changing one replaces what has it. @default - names made from that of the service */
  names: serviceNames.optional(),
  /**
   * Where requests to the service come from, at most 5, by a name of your choice: at most 32 lower-case letters, digits and
   * single `-`, beginning with a letter. The service's own security group lets the load balancers in.
   * @default {}
   */
  loadBalancers: loadBalancers.default({}),
  /**
   * Seconds after the start of a task in which ECS ignores that a load balancer finds it unhealthy: 0 to 2147483647. Needs
   * `loadBalancers`.
   * @default - 0
   */
  healthCheckGracePeriod: wholeNumber(0, 2_147_483_647).optional(),
};

/** Properties that others have, and what to do with them. */
export const NOT_OF_A_SERVICE = { schedule: "only a job has; write it into jobs" };

/**
 * A service on Fargate, for `PinnedFargateService`. In code, a reference to another resource can be used for an ARN, an
 * id, a CIDR block, the repository or tag of an image, and any text: an environment variable, a label, an argument of a
 * command.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 */
export const fargateService = object(
  {
    /**
     * Names the service and everything that belongs to it: 1 to 236 letters, digits, `_` or `-`, not beginning with `sg-`.
     * In the names of roles, which IAM limits to 64 characters, what is too long is replaced by a hash.
     */
    name: fargateName,
    /** Cluster that the service runs in: its name or its ARN. A reference must be to the ARN. */
    cluster,
    /** Where tasks get their network interfaces. */
    network,
    ...SERVICE,
  },
  NOT_OF_A_SERVICE,
).superRefine((service, context) => {
  checkTask(service, context);
  checkIngress(service, context);
  checkCount(service, context);
  checkDeployment(service, context);
  checkServiceConnect(service, context);
  checkServiceDiscovery(service.serviceDiscovery, service.containers, context);
  checkNames(service, context);
  checkLoadBalancers(service, context);
  checkTrafficShift(service, context);
  checkRequestMetrics(service, context);
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
  const routerPort = ingress.findIndex(({ port, toPort = port }) => port <= ROUTER_PORT && ROUTER_PORT <= toPort);
  if (routerPort >= 0 && containers.some(({ firelensConfiguration }) => firelensConfiguration)) {
    const fault = `port ${String(ROUTER_PORT)} is that of the log router, which only the task may reach; remove the rule`;
    problem(context, ["ingress", routerPort], fault);
  }
  const rules = ingress.map((rule) => `port ${portsOf(rule)}/${rule.protocol} from ${quote(sourceOf(rule))}`);
  const repeated = rules.findIndex((rule, index) => rules.indexOf(rule) !== index);
  if (repeated >= 0) problem(context, ["ingress", repeated], `${rules[repeated] ?? ""} is listed twice; remove one`);
}
