import { serviceStack } from "../model/names";
import type { EnvironmentConfig, ResolvedGroup, ResolvedService, ServiceConfig } from "./types";

/** A service in an environment, and the name of the stack that it shares there. */
export interface PlacedService {
  readonly name: string;
  readonly environment: string;
  /** @default - it has a stack of its own */
  readonly stack?: string;
  readonly resolved: ResolvedService;
}

/** The name of the stack that a service shares in an environment: what the environment says, or the service. */
export function stackOf(service: ServiceConfig, environment: EnvironmentConfig): string | undefined {
  const { environments = {}, stack } = service;
  const override = Object.hasOwn(environments, environment.name) ? environments[environment.name] : undefined;
  return override?.stack ?? stack;
}

/** One entry for each stack, with the services that are in it. */
export function inStacks(placed: readonly PlacedService[]): {
  readonly services: ResolvedService[];
  readonly groups: ResolvedGroup[];
} {
  const groups = new Map<string, PlacedService[]>();
  for (const each of placed) {
    if (each.stack === undefined) continue;
    const key = JSON.stringify([each.stack, each.environment]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return {
    services: placed.filter(({ stack }) => stack === undefined).map(({ resolved }) => resolved),
    groups: [...groups.values()].flatMap(groupOf),
  };
}

function groupOf(services: readonly PlacedService[]): ResolvedGroup[] {
  const [first] = services;
  if (first?.stack === undefined) return [];
  const { service, extend, ...place } = first.resolved;
  const { service: _name, ...tags } = place.tags;
  return [
    {
      ...place,
      stackName: serviceStack(first.stack, first.environment),
      tags,
      services: services.map(({ name, resolved: { service, extend } }) => ({
        name,
        service,
        ...(extend && { extend }),
      })),
    },
  ];
}
