import type { z } from "zod";

import { quote } from "../errors";
import type { ParsedContainer } from "./container";
import { isToken } from "./leaves";
import { networkListenerFault } from "./load-balancer";
import { ownerOf, resolveLoadBalancers, type Report, type ResolvedLoadBalancing } from "./load-balanced-ports";
import type { ParsedLoadBalancers } from "./load-balancing";
import type { ParsedNetwork } from "./network";
import { problem } from "./problems";

/** The parts of a service that this is about. */
interface Balanced {
  readonly loadBalancers: ParsedLoadBalancers;
  readonly containers: readonly ParsedContainer[];
  readonly network: ParsedNetwork;
  readonly healthCheckGracePeriod?: number | undefined;
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
  checkRepeated(resolved.map(listenerOf), "use the same port of the same load balancer", report);
  checkRepeated(resolved.map(priorityOf), "have the same priority at the same listener", report);
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
    if (owner === undefined) owners.set(claimed, name);
    else report([name], `${quote(owner)} and ${quote(name)} ${fault}; change one`);
  }
}

/** Not even a TCP and a UDP listener may have the same port: that is one listener for `TCP_UDP`. */
function listenerOf({ name, given, front, target }: ResolvedLoadBalancing): Claim {
  if (front?.kind !== "network") return [name, undefined];
  const { listener, networkLoadBalancer } = given;
  const port = listener?.port ?? networkLoadBalancer?.port ?? target.containerPort;
  return [name, `${listener?.loadBalancerOf ?? name} ${String(port)}`];
}

function priorityOf({ name, given: { listener, rule } }: ResolvedLoadBalancing): Claim {
  return [name, rule && `${JSON.stringify(listener)} ${String(rule.priority)}`];
}
