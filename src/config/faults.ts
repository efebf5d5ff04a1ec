import { quote } from "../errors";

/** What is wrong with a service in an environment, in words that follow the names of both. */
export interface Fault {
  readonly environment: string;
  readonly text: string;
}

/**
 * A line for each fault of a service or a job. One that it has in all of its environments is said once.
 * @param owner `service "shop"`
 */
export function linesOf(owner: string, environments: readonly string[], faults: readonly Fault[]): string[] {
  return [...new Set(faults.map(({ text }) => text))].flatMap((text) => {
    const found = environments.filter((name) =>
      faults.some((fault) => fault.environment === name && fault.text === text),
    );
    if (found.length > 1 && found.length === environments.length) return `${owner}${text}`;
    return found.map((name) => `${owner} in ${quote(name)}${text}`);
  });
}
