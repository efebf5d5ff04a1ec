import type { z } from "zod";

import { alternatives, quote } from "../errors";
import { oneOf, record } from "./leaves";
import { problem } from "./problems";
import type { RestartPolicy } from "./restart-policy";
import { text } from "./text";

/**
 * What a container waits for before it starts, by the name of another container of the task. Containers stop in the
 * reverse order.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
export const dependsOn = record(text, oneOf("START", "COMPLETE", "SUCCESS", "HEALTHY"));
type Condition = z.output<typeof dependsOn>[string];

/** What the order in which containers start depends on. */
interface Startable {
  readonly name: string;
  readonly essential: boolean;
  readonly healthCheck?: object | undefined;
  readonly restartPolicy?: RestartPolicy | undefined;
  readonly dependsOn: Readonly<Record<string, Condition>>;
  readonly volumesFrom: Readonly<Record<string, unknown>>;
}

/** A container can only wait for another one of the task, and for what can happen to it. */
export function checkDependencies(containers: readonly Startable[], context: z.core.$RefinementCtx): void {
  for (const [index, container] of containers.entries()) {
    for (const property of ["dependsOn", "volumesFrom"] as const) {
      for (const name of Object.keys(container[property])) {
        const fault = nameFault(name, container.name, containers);
        if (fault !== undefined) problem(context, ["containers", index, property], fault);
      }
    }
    for (const [name, condition] of Object.entries(container.dependsOn)) {
      const other = containers.find((candidate) => candidate.name === name && candidate !== container);
      const fault = other && conditionFault(other, condition);
      if (fault !== undefined) problem(context, ["containers", index, "dependsOn"], fault);
    }
  }
  const cycle = cycleOf(containers);
  if (cycle) {
    const path = cycle.map(quote).join(" → ");
    problem(context, [], `containers wait for each other: ${path}; remove one of these from dependsOn or volumesFrom`);
  }
}

function nameFault(name: string, own: string, containers: readonly Startable[]): string | undefined {
  if (name === own) return `${quote(name)} is the container itself; name another one`;
  if (containers.some((container) => container.name === name)) return undefined;
  const others = containers.filter((container) => container.name !== own).map((container) => quote(container.name));
  const wayOut = others.length > 0 ? `choose ${alternatives(others)}` : "the task has no other one";
  return `there is no container ${quote(name)}; ${wayOut}`;
}

/**
 * Why a container never gets there. ECS refuses to register COMPLETE and SUCCESS of an essential container; with the
 * others, the task never runs.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
 */
function conditionFault(
  { name, essential, healthCheck, restartPolicy }: Startable,
  condition: Condition,
): string | undefined {
  if (condition === "HEALTHY") {
    return healthCheck
      ? undefined
      : `${quote(name)} has no healthCheck, so it never is HEALTHY; give it one (ECS ignores that of the image), or wait for START`;
  }
  if (condition === "START") return undefined;
  if (essential) {
    return `${quote(name)} is essential, so the task stops when it exits; set its essential to false, or wait for START or HEALTHY instead of ${condition}`;
  }
  const restarts = restartPolicy?.enabled === true && !restartPolicy.ignoredExitCodes?.includes(0);
  return restarts
    ? `${quote(name)} is restarted when it exits, so it may never reach ${condition}; add 0 to ignoredExitCodes of its restartPolicy`
    : undefined;
}

/** Names of containers that wait for each other, from one back to itself. */
function cycleOf(containers: readonly Startable[]): string[] | undefined {
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    const container = containers.find((candidate) => candidate.name === name);
    if (!container || finished.has(name)) return undefined;
    for (const other of [...Object.keys(container.dependsOn), ...Object.keys(container.volumesFrom)]) {
      const cycle = other === name ? undefined : visit(other, [...path, name]);
      if (cycle) return cycle;
    }
    finished.add(name);
    return undefined;
  };
  for (const { name } of containers) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}
