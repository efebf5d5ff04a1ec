import { quote } from "../errors";

/** What is wrong with a service in an environment, in words that follow the names of both. */
export interface Fault {
  readonly environment: string;
  readonly text: string;
}

/** A line for each fault of a service. One that it has in all of its environments is said once. */
export function linesOf(service: string, environments: readonly string[], faults: readonly Fault[]): string[] {
  return [...new Set(faults.map(({ text }) => text))].flatMap((text) => {
    const found = environments.filter((name) =>
      faults.some((fault) => fault.environment === name && fault.text === text),
    );
    if (found.length > 1 && found.length === environments.length) return `service ${quote(service)}${text}`;
    return found.map((name) => `service ${quote(service)} in ${quote(name)}${text}`);
  });
}
