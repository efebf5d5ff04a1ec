import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import type { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Fn, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

import { isToken } from "../../model/leaves";
import type { LoadBalancedPort, ResolvedLoadBalancing } from "../../model/load-balanced-ports";
import type { ServiceNetwork } from "../network/service-network";
import { EVERYTHING } from "../../model/listener-rule";
import { ListenerRule, TestRule } from "./listener-rule";
import { ListenerLookup, LoadBalancerLookup, TargetGroupLookup } from "./lookups";
import { ApplicationLoadBalancer, NetworkLoadBalancer } from "./own-load-balancer";
import { TargetGroup } from "./target-group";
import type { TrafficShift } from "./traffic-shift";

/** A port of the tasks that gets requests from a load balancer. */
export interface ServiceTarget {
  /** ARN of the target group. */
  readonly arn: string;
  /** `targetgroup/NAME/ID`, the dimension `TargetGroup` of its metrics. */
  readonly arnSuffix: string;
  /** `app/NAME/ID` or `net/NAME/ID`, the dimension `LoadBalancer` of its metrics. */
  readonly loadBalancerArnSuffix: string;
  /** The target group, if it is the service's own. */
  readonly targetGroup?: TargetGroup;
  /** The other target group, if the `deploymentStrategy` moves traffic. Either may be the one that has the tasks. */
  readonly alternateTargetGroup?: TargetGroup;
  /** The rule of the listener, if requests come by one. */
  readonly rule?: ListenerRule;
  /** The rule for tests. `undefined` without `testRule`. */
  readonly testRule?: TestRule;
  /** The listener for tests. `undefined` without `testPort`. */
  readonly testListener?: LbListener;
  /** The listener, if it is the service's own. */
  readonly listener?: LbListener;
  /** The load balancer, if this entry makes one. */
  readonly loadBalancer?: ApplicationLoadBalancer | NetworkLoadBalancer;
}

/** The same, with what the other parts of the service need. */
export interface LoadBalancedTarget extends ServiceTarget {
  /** Name of the entry. */
  readonly name: string;
  readonly port: LoadBalancedPort;
  /** What must exist before a task starts. */
  readonly needed: readonly ITerraformDependable[];
  readonly senders: Senders;
  /** Port of the health checks: a number, or `traffic-port`. It may be known to Terraform alone. */
  readonly healthCheckPort: string;
  /** By what ECS moves the traffic, if it does. */
  readonly shift?: TrafficShift;
}

/** Security groups that may reach the tasks. */
export type Senders =
  /** Known when the plan is made, but not here. */
  | { readonly kind: "looked up"; readonly ids: string[] }
  /** Written by the user; one may be a reference. */
  | { readonly kind: "given"; readonly ids: readonly string[] }
  /** The group of the load balancer that the entry with this name makes. */
  | { readonly kind: "own"; readonly owner: string; readonly id: string };

/** An entry of a service's load balancers. */
export interface TargetProps {
  /** Name of the service. */
  readonly service: string;
  readonly network: ServiceNetwork;
  readonly resolved: ResolvedLoadBalancing;
  /** The entry whose load balancer this one shares. */
  readonly owner?: LoadBalancedTarget | undefined;
  /** Whether ECS moves the traffic from one target group to another. */
  readonly isShifting: boolean;
}

/** Makes what one entry needs. */
export function loadBalancedTarget(scope: Construct, props: TargetProps): LoadBalancedTarget {
  const { applicationLoadBalancer, networkLoadBalancer, targetGroupArn } = props.resolved.given;
  if (applicationLoadBalancer) return behindOwnApplication(scope, props, applicationLoadBalancer);
  if (networkLoadBalancer) return behindOwnNetwork(scope, props, networkLoadBalancer);
  if (targetGroupArn !== undefined) return inExistingTargetGroup(scope, props, targetGroupArn);
  return props.owner ? behindShared(scope, props, props.owner) : behindExistingListener(scope, props);
}

type Given = ResolvedLoadBalancing["given"];

/** A target group of the service's own, the other one if traffic moves, and what is the same for all of these. */
function ownTargetGroup(scope: Construct, { service, network, resolved, isShifting }: TargetProps) {
  const { name, target: port, targetGroup: settings } = resolved;
  if (settings === undefined) throw new Error(`${name} has no target group`);
  const add = (id: string) => new TargetGroup(scope, id, { service, vpcId: network.vpcId, settings });
  const targetGroup = add("target-group");
  const { arn, arnSuffix } = targetGroup;
  const alternate = isShifting && { alternateTargetGroup: add("alternate-target-group") };
  return { name, port, targetGroup, ...alternate, arn, arnSuffix, healthCheckPort: String(settings.healthCheck.port) };
}
type OwnTargetGroup = Readonly<ReturnType<typeof ownTargetGroup>> & Pick<ServiceTarget, "alternateTargetGroup">;

function behindExistingListener(scope: Construct, props: TargetProps): LoadBalancedTarget {
  const { listener = {}, rule, testRule, securityGroups } = props.resolved.given;
  const target = ownTargetGroup(scope, props);
  const found = findListener(scope, listener, securityGroups, props.network.vpcId);
  const rules = rulesFor(scope, found.arn, target, { rule, testRule });
  return { ...target, ...rules, loadBalancerArnSuffix: found.suffix, senders: found.senders };
}

function findListener(
  scope: Construct,
  { arn, loadBalancer: by = {}, port = 0 }: NonNullable<Given["listener"]>,
  securityGroups: Given["securityGroups"],
  vpcId: string,
): { arn: string; suffix: string; senders: Senders } {
  if (arn !== undefined && securityGroups !== undefined) {
    return {
      arn,
      suffix: suffixOf(arn, "listener/(app/[^/]+/[^/]+)/"),
      senders: { kind: "given", ids: securityGroups },
    };
  }
  if (arn !== undefined) {
    const listener = new ListenerLookup(scope, "lookup", { arn });
    const loadBalancer = new LoadBalancerLookup(scope, "load-balancer", { arn: listener.loadBalancerArn, vpcId });
    return { arn: listener.arn, suffix: loadBalancer.arnSuffix, senders: sendersOf(loadBalancer, securityGroups) };
  }
  const loadBalancer = new LoadBalancerLookup(scope, "load-balancer", { ...by, vpcId });
  const listener = new ListenerLookup(scope, "lookup", { loadBalancer, port });
  return { arn: listener.arn, suffix: loadBalancer.arnSuffix, senders: sendersOf(loadBalancer, securityGroups) };
}

function inExistingTargetGroup(scope: Construct, { resolved, network }: TargetProps, arn: string): LoadBalancedTarget {
  const { name, target: port, given } = resolved;
  const { securityGroups } = given;
  const common = { name, port, needed: [], arn, arnSuffix: suffixOf(arn, "(targetgroup/.+)$") };
  const lookUp = () => {
    const found = new TargetGroupLookup(scope, "target-group", arn);
    const first = Fn.element(found.loadBalancerArns, 0) as string;
    return {
      found,
      loadBalancer: new LoadBalancerLookup(scope, "load-balancer", { arn: first, vpcId: network.vpcId }),
    };
  };
  if (securityGroups !== undefined) {
    let lookedUp: ReturnType<typeof lookUp> | undefined;
    return {
      ...common,
      senders: { kind: "given", ids: securityGroups },
      healthCheckPort: "traffic-port",
      /** The target group may be made in the same stack, so it is looked up only for whom needs this. */
      get loadBalancerArnSuffix() {
        lookedUp ??= lookUp();
        return lookedUp.loadBalancer.arnSuffix;
      },
    };
  }
  const { found, loadBalancer } = lookUp();
  return {
    ...common,
    senders: sendersOf(loadBalancer, undefined),
    healthCheckPort: found.healthCheck.get(0).port,
    loadBalancerArnSuffix: loadBalancer.arnSuffix,
  };
}

function behindOwnApplication(
  scope: Construct,
  props: TargetProps,
  given: NonNullable<Given["applicationLoadBalancer"]>,
): LoadBalancedTarget {
  const { service, network, resolved } = props;
  const target = ownTargetGroup(scope, props);
  const { name: entry, arn: targetGroupArn } = target;
  const own = new ApplicationLoadBalancer(scope, "load-balancer", { service, entry, network, given, targetGroupArn });
  const common = { ...target, ...made(own, resolved.name), listener: own.listener, loadBalancer: own };
  if (!props.isShifting) return { ...common, needed: own.needed };
  // ECS moves traffic by a rule, and Terraform does not know the ARN of the default one.
  const { testRule } = resolved.given;
  const rules = rulesFor(scope, own.listener.arn, target, { rule: EVERYTHING, testRule });
  return { ...common, ...rules, needed: [...own.needed, ...rules.needed] };
}

function behindOwnNetwork(
  scope: Construct,
  props: TargetProps,
  given: NonNullable<Given["networkLoadBalancer"]>,
): LoadBalancedTarget {
  const { service, network, resolved } = props;
  const target = ownTargetGroup(scope, props);
  const own = new NetworkLoadBalancer(scope, "load-balancer", { service, entry: target.name, network, given });
  const listeners = networkListeners(scope, own, resolved, target);
  return { ...target, ...made(own, resolved.name), ...listeners, loadBalancer: own };
}

function behindShared(scope: Construct, props: TargetProps, owner: LoadBalancedTarget): LoadBalancedTarget {
  const { resolved } = props;
  const { loadBalancer: own } = owner;
  const target = ownTargetGroup(scope, props);
  if (own instanceof NetworkLoadBalancer) {
    return { ...target, ...made(own, owner.name), ...networkListeners(scope, own, resolved, target) };
  }
  if (own === undefined) throw new Error(`${owner.name} makes no load balancer`);
  return { ...target, ...made(own, owner.name), ...rulesFor(scope, own.listener.arn, target, resolved.given) };
}

/** What is the same for all that are behind a load balancer that the entry `owner` makes. */
function made({ resource, securityGroup }: ApplicationLoadBalancer | NetworkLoadBalancer, owner: string) {
  const senders: Senders = { kind: "own", owner, id: securityGroup.id };
  return { senders, loadBalancerArnSuffix: resource.arnSuffix };
}

function networkListeners(
  scope: Construct,
  own: NetworkLoadBalancer,
  { given, target, front }: ResolvedLoadBalancing,
  { targetGroup, alternateTargetGroup }: OwnTargetGroup,
) {
  if (front?.kind !== "network") throw new Error("not behind a Network Load Balancer");
  const { port = target.containerPort, certificateArn, sslPolicy } = given.networkLoadBalancer ?? given.listener ?? {};
  const common = { protocol: front.protocol, certificateArn, sslPolicy };
  if (alternateTargetGroup === undefined) {
    const listener = own.addListener(scope, "listener", { ...common, port, targetGroup });
    return { listener, needed: [listener] };
  }
  const shifted = { ...common, isShifted: true };
  const listener = own.addListener(scope, "listener", { ...shifted, port, targetGroup });
  const { testPort } = given;
  const testListener =
    testPort === undefined
      ? undefined
      : own.addListener(scope, "test-listener", { ...shifted, port: testPort, targetGroup: alternateTargetGroup });
  return {
    listener,
    ...shiftedBy(alternateTargetGroup, listener, testListener),
    ...(testListener && { testListener }),
  };
}

function rulesFor(
  scope: Construct,
  listenerArn: string,
  { targetGroup, alternateTargetGroup: alternate }: OwnTargetGroup,
  { rule, testRule: test }: Pick<Given, "rule" | "testRule">,
) {
  if (rule === undefined) throw new Error("no rule");
  const made = new ListenerRule(scope, "rule", { listenerArn, targetGroup, alternate, rule });
  if (alternate === undefined) return { rule: made, needed: [made] };
  const testRule = test && new TestRule(scope, "test-rule", { listenerArn, targetGroup: alternate, rule: test });
  return { rule: made, ...shiftedBy(alternate, made, testRule), ...(testRule && { testRule }) };
}

type Shifting = LbListenerRule | LbListener;

/** What the service needs to know and to wait for, so that ECS can move its traffic. */
function shiftedBy(alternate: TargetGroup, production: Shifting, test: Shifting | undefined) {
  const shift: TrafficShift = {
    alternateTargetGroupArn: alternate.arn,
    productionListenerRule: production.arn,
    ...(test && { testListenerRule: test.arn }),
  };
  return { shift, needed: [production, ...(test ? [test] : [])] };
}

function sendersOf({ securityGroups: ids }: LoadBalancerLookup, given: Given["securityGroups"]): Senders {
  return given === undefined ? { kind: "looked up", ids } : { kind: "given", ids: given };
}

/** A part of an ARN, which may be known to Terraform alone. */
function suffixOf(arn: string, expression: string): string {
  if (isToken(arn)) return Fn.element(Fn.regex(expression, arn), 0) as string;
  return new RegExp(expression).exec(arn)?.[1] ?? "";
}
