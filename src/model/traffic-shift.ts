import type { z } from "zod";

import type { ParsedAlarms } from "./alarms";
import { shiftsTraffic, type ParsedStrategy } from "./deployment-strategy";
import { ownerOf } from "./load-balanced-ports";
import type { ParsedLoadBalancers, ParsedLoadBalancing } from "./load-balancing";
import { problem } from "./problems";
import type { ParsedScaling } from "./scaling";
import type { ParsedServiceConnect } from "./service-connect";

interface Shifted {
  readonly loadBalancers: ParsedLoadBalancers;
  readonly deploymentStrategy?: ParsedStrategy | undefined;
  readonly serviceConnect?: ParsedServiceConnect | undefined;
  readonly scaling?: ParsedScaling | undefined;
  readonly alarms?: ParsedAlarms | undefined;
}

/**
 * Checks that load balancers can move the traffic from one target group to another, if they have to.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-implementation.html
 */
export function checkTrafficShift(service: Shifted, context: z.core.$RefinementCtx): void {
  const { deploymentStrategy: strategy, loadBalancers, scaling } = service;
  const isShifting = shiftsTraffic(strategy);
  for (const [name, entry] of Object.entries(loadBalancers)) {
    const fault = isShifting ? faultOf(entry, loadBalancers, strategy.type) : testFault(entry);
    if (fault !== undefined) problem(context, ["loadBalancers", name], fault);
  }
  if (!isShifting) return;
  checkTraffic(service, strategy.type, context);
  for (const [policy, { requestsPerTarget }] of Object.entries(scaling?.targetTracking ?? {})) {
    if (requestsPerTarget === undefined) continue;
    const path = ["scaling", "targetTracking", policy, "requestsPerTarget"];
    problem(
      context,
      path,
      `is for rolling updates, but deploymentStrategy is ${strategy.type}: it counts the requests of one target group, and traffic moves between two; remove it, and scale by cpu`,
    );
  }
}

/**
 * Checks that there is traffic to move in parts. Without any, only all of it can move: ECS then starts the new tasks beside
 * the old ones.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/linear-deployment-implementation.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment-implementation.html
 */
function checkTraffic({ loadBalancers, serviceConnect }: Shifted, type: string, context: z.core.$RefinementCtx): void {
  const senders = { ...loadBalancers, ...serviceConnect?.services };
  if (type === "BLUE_GREEN" || Object.keys(senders).length > 0) return;
  const fault = `type ${type} moves traffic in parts, but the service has neither loadBalancers nor services in serviceConnect`;
  problem(context, ["deploymentStrategy"], `${fault}; give it one of them, or use BLUE_GREEN`);
}

/** A rule or a port for tests, where there is nothing to test. */
function testFault({ testRule, testPort }: ParsedLoadBalancing): string | undefined {
  const property = testRule ? "testRule" : testPort !== undefined ? "testPort" : undefined;
  return property && `${property} needs a deploymentStrategy that moves traffic; give one, or remove it`;
}

function faultOf(entry: ParsedLoadBalancing, all: ParsedLoadBalancers, type: string): string | undefined {
  const { targetGroupArn, testRule, testPort } = entry;
  if (targetGroupArn !== undefined) {
    return `targetGroupArn is for rolling updates, but deploymentStrategy is ${type}, which needs a second target group and a rule; give listener and rule instead, or change type`;
  }
  const isNetwork = (entry.networkLoadBalancer ?? ownerOf(entry, all)?.networkLoadBalancer) !== undefined;
  if (isNetwork && testRule) return "testRule is for an Application Load Balancer; give testPort instead";
  if (!isNetwork && testPort !== undefined) return "testPort is for a Network Load Balancer; give testRule instead";
  return undefined;
}

/**
 * Minutes for which ECS waits at the two stages that move traffic, until a Network Load Balancer follows its settings.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/nlb-resources-for-blue-green.html
 */
export function networkDelayMinutes(loadBalancers: ParsedLoadBalancers): number {
  return Object.values(loadBalancers).some(({ networkLoadBalancer }) => networkLoadBalancer) ? 20 : 0;
}
