import type { z } from "zod";

import { alternatives, quote } from "../errors";
import type { ParsedAlarms } from "./alarms";
import type { ParsedContainer } from "./container";
import { resolveLoadBalancers } from "./load-balanced-ports";
import type { ParsedLoadBalancers } from "./load-balancing";
import { problem } from "./problems";
import type { ParsedScaling } from "./scaling";

interface Balanced {
  readonly containers: readonly ParsedContainer[];
  readonly loadBalancers: ParsedLoadBalancers;
}
interface Watched extends Balanced {
  readonly alarms?: ParsedAlarms | undefined;
  readonly scaling?: ParsedScaling | undefined;
}

/**
 * The names of those load balancers that count requests: Application Load Balancers, and what stands before an existing
 * target group, which is not known here.
 */
export function countingRequests(service: Balanced): string[] {
  const resolved = resolveLoadBalancers(service);
  return resolved.flatMap(({ name, front }) => (front?.kind === "network" ? [] : [name]));
}

/** Policies and alarms that watch requests need a load balancer that counts them. */
export function checkRequestMetrics(service: Watched, context: z.core.$RefinementCtx): void {
  const names = countingRequests(service);
  for (const [policy, { requestsPerTarget }] of Object.entries(service.scaling?.targetTracking ?? {})) {
    const fault = requestsPerTarget && choiceFault(names, requestsPerTarget.loadBalancer);
    const path = ["scaling", "targetTracking", policy, "requestsPerTarget"];
    if (fault !== undefined) problem(context, path, fault);
  }
  for (const alarm of ["target5xx", "latency"] as const) {
    if (service.alarms?.[alarm] === undefined || names.length > 0) continue;
    problem(context, ["alarms", alarm], NONE);
  }
}

const NONE = "no Application Load Balancer counts the requests of the service; add one to loadBalancers";

function choiceFault(names: readonly string[], chosen: string | undefined): string | undefined {
  if (names.length === 0) return NONE;
  const choice = alternatives(names.map(quote));
  if (chosen !== undefined) {
    return names.includes(chosen)
      ? undefined
      : `${quote(chosen)} is no Application Load Balancer of the service; choose ${choice}`;
  }
  return names.length === 1 ? undefined : `several load balancers count requests; give loadBalancer: ${choice}`;
}
