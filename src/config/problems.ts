import { z } from "zod";

import { alternatives, quote } from "../errors";
import { environmentConfig } from "../model/config";
import { list } from "../model/leaves";
import type { StackProps } from "../model/place";
import { addressOf, problemsOf } from "../model/problems";
import { registryConfig } from "../model/registry";
import { jobConfig, serviceConfig, type Config } from "./types";

/** What is wrong with a service, an environment or the registry on its own. */
export function shapeProblems({ services, jobs = [], environments, registry }: Config): string[] {
  return [
    ...problemsOf(registryConfig, registry, "registry"),
    ...problemsOfEach("environment", environments, environmentConfig),
    ...problemsOfEach("service", services, serviceConfig),
    ...problemsOfEach("job", jobs, jobConfig),
  ];
}

function problemsOfEach(kind: Kind, entries: readonly unknown[], schema: z.ZodType): string[] {
  const noList = problemsOf(list(z.unknown()), entries, `${kind}s`);
  if (noList.length > 0) return noList;
  return entries.flatMap((entry, index) => problemsOf(schema, entry, contextOf(kind, entry, index)));
}

/** What the config lists. */
export type Kind = "environment" | "service" | "job";

/** What a line about a service or an environment begins with: `service "shop"`, or `services[0]` if it has no name. */
export function contextOf(kind: Kind, entry: unknown, index: number): string {
  const { name } = (entry ?? {}) as { readonly name?: unknown };
  return typeof name === "string" ? `${kind} ${quote(name)}` : `${kind}s[${String(index)}]`;
}

/** Names that refer to nothing, or to two things. */
export function nameProblems({ services, jobs = [], environments }: Config): string[] {
  const known = environments.map(({ name }) => name);
  return [
    ...repeatedNames("environment", environments),
    ...repeatedNames("service", services),
    ...repeatedNames("job", jobs),
    ...services.flatMap((service) => referenceProblems(`service ${quote(service.name)}`, service, known)),
    ...jobs.flatMap((job) => referenceProblems(`job ${quote(job.name)}`, job, known)),
    ...jobs.flatMap(({ name, service }) =>
      unknown("service", service === undefined ? [] : [service], namesOf(services)).map(
        (line) => `job ${quote(name)}: service: ${line}`,
      ),
    ),
  ];
}

function repeatedNames(kind: Kind, entries: readonly Named[]): string[] {
  return repeated(namesOf(entries)).map((name) => `two ${kind}s are named ${quote(name)}; give each a name of its own`);
}

interface Named {
  readonly name: string;
}

function namesOf(entries: readonly Named[]): string[] {
  return entries.map(({ name }) => name);
}

/** What a service and a job say of environments. */
interface Referring {
  readonly only?: readonly string[];
  readonly environments?: Readonly<Record<string, { readonly containers?: object }>>;
  readonly containers: readonly Named[];
}

/** Names of environments and containers that a service or a job mentions. */
function referenceProblems(context: string, entry: Referring, known: readonly string[]): string[] {
  const { only = [], environments: overrides = {}, containers } = entry;
  return [
    ...unknown("environment", only, known).map((line) => `${context}: only: ${line}`),
    ...unknown("environment", Object.keys(overrides), known).map((line) => `${context}: environments: ${line}`),
    ...Object.entries(overrides).flatMap(([environment, override]) =>
      unknown("container", Object.keys(override.containers ?? {}), namesOf(containers)).map(
        (line) => `${context}: ${addressOf(["environments", environment, "containers"], {}).join(": ")}: ${line}`,
      ),
    ),
  ];
}

function unknown(what: string, names: readonly string[], known: readonly string[]): string[] {
  const wayOut = known.length > 0 ? `choose ${alternatives(known.map(quote))}` : `write one into ${what}s`;
  return names.filter((name) => !known.includes(name)).map((name) => `there is no ${what} ${quote(name)}; ${wayOut}`);
}

/** Two stacks with the same name: `a` in `b-c` and `a-b` in `c`, or a service named `cluster`. */
export function stackNameProblems(stacks: readonly StackProps[]): string[] {
  return repeated(stacks.map(({ stackName }) => stackName)).map(
    (name) => `two stacks would be named ${quote(name)}; rename a service, its stack, a job or an environment`,
  );
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
