import { linesOf, type Fault } from "./faults";
import type { Config, EnvironmentConfig, Surroundings } from "./types";

/** What became of a service or a job, with its problems and warnings, a line each. */
export interface Resolved<T> {
  readonly resolved: readonly T[];
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Resolves a service or a job in each of its environments.
 * @param owner what its problems begin with: `service "shop"`
 * @param only the environments that it is deployed to @default - every one
 */
export function inEachEnvironment<T>(
  owner: string,
  only: readonly string[] | undefined,
  { environments, registry }: Config,
  resolve: (surroundings: Omit<Surroundings, "variables">) => T,
): Resolved<T> {
  const own: EnvironmentConfig[] = environments.filter(({ name }) => only?.includes(name) ?? true);
  const faults: Fault[] = [];
  const cautions: Fault[] = [];
  const resolved = own.map((environment) => {
    const { name } = environment;
    const reject = (text: string): number => faults.push({ environment: name, text });
    const warn = (text: string): number => cautions.push({ environment: name, text });
    return resolve({ environment, registry, reject, warn });
  });
  const names = own.map(({ name }) => name);
  const warnings = linesOf(owner, names, cautions).map((line) => `warning: ${line}`);
  return { resolved, problems: linesOf(owner, names, faults), warnings };
}
