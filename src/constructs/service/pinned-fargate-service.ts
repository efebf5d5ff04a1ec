import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

import { infrastructureRoleName } from "../../model/names";
import { parse } from "../../model/problems";
import { countingRequests } from "../../model/request-metrics";
import { fargateService, type ParsedService, type PinnedFargateServiceProps } from "../../model/service";
import type { ParsedServiceDiscovery } from "../../model/service-discovery";
import { ServiceAlarms, type WatchedTargetGroup } from "../alarms/service-alarms";
import type { ServiceDimensions } from "../cloudwatch/service-metrics";
import { ecsTrustPolicy } from "../iam/policy";
import { Role } from "../iam/role";
import { LoadBalancing } from "../load-balancing/load-balancing";
import type { ServiceTarget } from "../load-balancing/targets";
import { TRAFFIC_SHIFT_POLICY } from "../load-balancing/traffic-shift";
import { ScalingTarget } from "../scaling/scaling-target";
import { grantLogWrite } from "../task/log-group";
import { PinnedFargateTask } from "../task/pinned-fargate-task";
import { FargateService } from "./fargate-service";
import { ManagedEbsVolume, ebsVolumeOf } from "./managed-ebs-volume";
import { ServiceDiscovery } from "./service-discovery";

/**
 * An ECS service on Fargate whose images are all pinned, with its log group, its roles and its network. It works in any
 * `TerraformStack` with an AWS provider. Each part has its Terraform resource in `resource`, for `addOverride`.
 *
 * ```ts
 * const service = new PinnedFargateService(this, "web", { name: "web", cluster: "default", … });
 * service.container("web").addEnvironment("QUEUE_URL", queue.url);
 * service.taskRole.allow({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
 * ```
 *
 * @throws InvalidInputError with a line for each problem of the props
 */
export class PinnedFargateService extends PinnedFargateTask {
  readonly service: FargateService;
  /** The EBS volume of each task, with its role. `undefined` if `volumes` has none. */
  readonly ebsVolume?: ManagedEbsVolume;
  /** Where the tasks are registered in AWS Cloud Map. `undefined` if the service has no `serviceDiscovery`. */
  readonly discovery: ServiceDiscovery | undefined;
  /** What sets the number of tasks. `undefined` without `scaling`. */
  readonly scalingTarget: ScalingTarget | undefined;
  /** `undefined` without `alarms`. */
  readonly alarms: ServiceAlarms | undefined;

  private readonly name: string;
  private readonly permissionsBoundary: string | undefined;
  private readonly balancing: LoadBalancing;
  private readonly needed: ITerraformDependable[] = [];
  private ownInfrastructureRole?: Role;

  constructor(scope: Construct, id: string, props: PinnedFargateServiceProps) {
    const service = parse(fargateService, props, `PinnedFargateService "${id}"`);
    const { name, names, cluster, network, ingress } = service;
    const keepsBuildOf = { service: names?.service ?? name };
    const groupName = names?.securityGroup;
    super(scope, id, { kind: "service", name, task: service, cluster, network, ingress, groupName, keepsBuildOf });
    this.name = name;
    this.permissionsBoundary = service.permissionsBoundary;
    this.ebsVolume = this.addEbsVolume(service);
    if (service.serviceConnect?.logging === true) grantLogWrite(this.executionRole, this.logGroup.arn);
    this.discovery = service.serviceDiscovery && this.register(service, service.serviceDiscovery);
    this.balancing = new LoadBalancing(this, "load-balancers", { service, network: this.network });
    this.service = new FargateService(this, "service", {
      service,
      clusterArn: this.cluster.arn,
      taskDefinition: this.taskDefinition,
      network: this.network,
      volumeConfiguration: this.ebsVolume?.configuration,
      loadBalancers: this.balancing.registrations(() => this.shiftTraffic()),
      discovery: this.discovery,
      logDestination: { logGroup: this.logGroup.name, region: this.taskRole.account.region },
      infrastructureRole: () => this.infrastructureRole,
      startsAfter: () => [
        ...this.task.startsAfter,
        ...(this.ownInfrastructureRole?.policies ?? []),
        ...(this.ebsVolume?.role.policies ?? []),
        ...(this.securityGroup?.rules ?? []),
        ...this.balancing.needed,
        ...this.needed,
      ],
    });
    this.scalingTarget = this.addScaling(service);
    this.alarms = this.addAlarms(service);
  }

  /**
   * The role under which ECS manages things for the service: it calls functions, moves traffic, issues certificates. It is
   * made when it is asked for.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
   */
  get infrastructureRole(): Role {
    this.ownInfrastructureRole ??= new Role(this, "infrastructure-role", {
      name: infrastructureRoleName(this.name),
      policyName: "infrastructure",
      account: this.taskRole.account,
      trustPolicy: ecsTrustPolicy(),
      permissionsBoundary: this.permissionsBoundary,
    });
    return this.ownInfrastructureRole;
  }

  /**
   * Where requests come from, by the names in `loadBalancers`, with what auto scaling and alarms need:
   * `service.targetGroups.get("public").arnSuffix`.
   */
  get targetGroups(): ReadonlyMap<string, ServiceTarget> {
    return this.balancing.targets;
  }

  /**
   * An entry of `loadBalancers`: its target group, and the rule, the listener and the load balancer if it has its own.
   * @throws InvalidInputError if no entry has this name
   */
  loadBalancer(name: string): ServiceTarget {
    return this.balancing.target(name);
  }

  /** No task starts before these exist: a listener, a route, a policy of your own. */
  startAfter(...needed: ITerraformDependable[]): void {
    this.needed.push(...needed);
  }

  private addEbsVolume({ name, volumes, permissionsBoundary }: ParsedService): ManagedEbsVolume | undefined {
    const ebs = ebsVolumeOf(volumes);
    const { account } = this.taskRole;
    return ebs && new ManagedEbsVolume(this, "ebs-volume", { name, ...ebs, account, permissionsBoundary });
  }

  /** Lets ECS move the traffic, and returns the ARN of the role under which it does. */
  private shiftTraffic(): string {
    this.infrastructureRole.attach(this.taskRole.account.managedPolicy(TRAFFIC_SHIFT_POLICY));
    return this.infrastructureRole.arn;
  }

  private register({ name, containers }: ParsedService, discovery: ParsedServiceDiscovery): ServiceDiscovery {
    return new ServiceDiscovery(this, "discovery", { name, discovery, containers });
  }

  private addScaling(service: ParsedService): ScalingTarget | undefined {
    const { name, scaling } = service;
    if (!scaling) return undefined;
    const [only = ""] = countingRequests(service);
    return new ScalingTarget(this, "scaling", {
      name,
      scaling,
      service: this.dimensions,
      resource: this.service.resource,
      resourceLabel: (loadBalancer = only) => {
        const { arnSuffix, loadBalancerArnSuffix } = this.loadBalancer(loadBalancer);
        return `${loadBalancerArnSuffix}/${arnSuffix}`;
      },
    });
  }

  private addAlarms(service: ParsedService): ServiceAlarms | undefined {
    const { name, alarms } = service;
    if (!alarms) return undefined;
    return new ServiceAlarms(this, "alarms", {
      name,
      alarms,
      service: this.dimensions,
      serviceArn: this.service.resource.id,
      targetGroups: new Map(countingRequests(service).flatMap((each) => watched(each, this.loadBalancer(each)))),
    });
  }

  /** What CloudWatch knows the service by. */
  private get dimensions(): ServiceDimensions {
    return { clusterName: this.cluster.name, serviceName: this.service.name };
  }
}

/** A target group, and the other one if traffic moves between two. No other entry has a name with a dot. */
function watched(name: string, target: ServiceTarget): [string, WatchedTargetGroup][] {
  const { alternateTargetGroup: alternate } = target;
  if (alternate === undefined) return [[name, target]];
  const { loadBalancerArnSuffix } = target; // which may look it up
  return [
    [name, target],
    [`${name}.alternate`, { arnSuffix: alternate.arnSuffix, loadBalancerArnSuffix }],
  ];
}
