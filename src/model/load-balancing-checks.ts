import type { z } from "zod";

import { quote } from "../errors";
import type { ParsedContainer } from "./container";
import { shiftsTraffic, type ParsedStrategy } from "./deployment-strategy";
import { isToken } from "./leaves";
import { networkListenerFault } from "./load-balancer";
import { ownerOf, resolveLoadBalancers, type Report, type ResolvedLoadBalancing } from "./load-balanced-ports";
import type { ParsedLoadBalancers } from "./load-balancing";
import { LAST_PRIORITY } from "./listener-rule";
import type { ParsedNetwork } from "./network";
import { problem } from "./problems";

/** The parts of a service that this is about. */
interface Balanced {
  readonly loadBalancers: ParsedLoadBalancers;
  readonly containers: readonly ParsedContainer[];
  readonly network: ParsedNetwork;
  readonly healthCheckGracePeriod?: number | undefined;
  readonly deploymentStrategy?: ParsedStrategy | undefined;
}

/** Checks what only the service as a whole can show. */
export function checkLoadBalancers(service: Balanced, context: z.core.$RefinementCtx): void {
  const { loadBalancers, healthCheckGracePeriod } = service;
  if (healthCheckGracePeriod !== undefined && Object.keys(loadBalancers).length === 0) {
    problem(context, [], "healthCheckGracePeriod needs a load balancer; give loadBalancers, or remove it");
  }
  const report: Report = (path, sentence) => {
    problem(context, ["loadBalancers", ...path], sentence);
  };
  for (const name of Object.keys(loadBalancers)) {
    checkShared(name, loadBalancers, report);
    checkSubnets(name, service, report);
  }
  const resolved = resolveLoadBalancers(service, report);
  checkRepeated(resolved.flatMap(portsOf), "use the same port of the same load balancer", report);
  const isShifting = shiftsTraffic(service.deploymentStrategy);
  const priorities = resolved.flatMap((each) => prioritiesOf(each, isShifting));
  checkRepeated(priorities, "have the same priority at the same listener", report);
}

/** A load balancer can be shared if another entry makes it. */
function checkShared(name: string, all: ParsedLoadBalancers, report: Report): void {
  const { listener, rule } = all[name] ?? {};
  if (listener?.loadBalancerOf === undefined) return;
  const owner = ownerOf({ listener }, all);
  const { protocol, port, certificateArn, sslPolicy } = listener;
  if (owner?.applicationLoadBalancer) {
    if (rule === undefined) report([name], "rule is missing; say which requests go to this port");
    const foreign = Object.entries({ protocol, port, certificateArn, sslPolicy });
    for (const [property] of foreign.filter(([, value]) => value !== undefined)) {
      report([name, "listener"], `${property} is for a Network Load Balancer; remove it`);
    }
  } else if (owner?.networkLoadBalancer) {
    if (rule !== undefined) report([name], "rule is not for a Network Load Balancer; remove it");
    const fault = networkListenerFault(listener);
    if (fault !== undefined) report([name, "listener"], fault);
  } else {
    const others = Object.keys(all).filter(
      (other) => all[other]?.applicationLoadBalancer ?? all[other]?.networkLoadBalancer,
    );
    const hint = others.length > 0 ? `choose ${others.map(quote).join(" or ")}` : "none does";
    report([name, "listener"], `loadBalancerOf ${quote(listener.loadBalancerOf)} makes no load balancer; ${hint}`);
  }
}

/** Tasks without public addresses are in private subnets, where nobody reaches an internet-facing load balancer. */
function checkSubnets(name: string, { loadBalancers, network }: Balanced, report: Report): void {
  for (const form of ["applicationLoadBalancer", "networkLoadBalancer"] as const) {
    const own = loadBalancers[name]?.[form];
    if (own === undefined || own.subnets !== undefined || own.subnetTags !== undefined) continue;
    if (own.scheme === "internet-facing" && !network.assignPublicIp) {
      report(
        [name, form],
        "it needs public subnets, but the tasks have no public addresses and so are in private ones; give subnetTags or subnets",
      );
    }
    const { subnets = [] } = network;
    if (form === "applicationLoadBalancer" && subnets.length === 1 && !isToken(subnets[0])) {
      report([name, form], "it needs at least 2 subnets, but the network has 1; give subnetTags or subnets");
    }
  }
}

/** What only one entry may have, with the name of the entry. */
type Claim = readonly [name: string, claimed: string | undefined];

function checkRepeated(claims: readonly Claim[], fault: string, report: Report): void {
  const owners = new Map<string, string>();
  for (const [name, claimed] of claims) {
    if (claimed === undefined) continue;
    const owner = owners.get(claimed);
    const both = owner === name ? "what is tested and what is not" : `${quote(owner ?? "")} and ${quote(name)}`;
    if (owner === undefined) owners.set(claimed, name);
    else report([name], `${both} ${fault}; change one`);
  }
}

/** Not even a TCP and a UDP listener may have the same port: that is one listener for `TCP_UDP`. */
function portsOf({ name, given, front, target }: ResolvedLoadBalancing): Claim[] {
  if (front?.kind !== "network") return [];
  const { listener, networkLoadBalancer, testPort } = given;
  const port = listener?.port ?? networkLoadBalancer?.port ?? target.containerPort;
  const ports = [port, ...(testPort === undefined ? [] : [testPort])];
  return ports.map((each): Claim => [name, `${listener?.loadBalancerOf ?? name} ${String(each)}`]);
}

/** Where traffic moves, the listener of a load balancer of the service's own has a rule for everything. */
function prioritiesOf({ name, given }: ResolvedLoadBalancing, isShifting: boolean): Claim[] {
  const { listener = { loadBalancerOf: name }, rule, testRule, applicationLoadBalancer } = given;
  const last = applicationLoadBalancer && isShifting ? LAST_PRIORITY : undefined;
  const priorities = [rule?.priority ?? last, testRule?.priority].filter((each) => each !== undefined);
  return priorities.map((priority): Claim => [name, `${JSON.stringify(listener)} ${String(priority)}`]);
}
