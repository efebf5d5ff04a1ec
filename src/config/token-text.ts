import { InvalidInputError, inContext, quote } from "../errors";
import type { Config } from "./types";

/** How CDKTF writes what it fills in later, within text and for a list. The config has nothing of the kind. */
const TOKEN = /[$#]\{TfToken\[/;

/**
 * Rejects text that CDKTF would take for a value of its own, and fill in or stumble over.
 * @throws InvalidInputError naming the service or environment and the path of the property, never the text
 */
export function rejectTokens({ services, environments, registry }: Config): void {
  inContext("registry", () => rejectIn(registry, ""));
  for (const environment of environments) {
    inContext(`environment ${quote(environment.name)}`, () => rejectIn(environment, ""));
  }
  for (const service of services) {
    inContext(`service ${quote(service.name)}`, () => rejectIn(service, ""));
  }
}

function rejectIn(value: unknown, path: string): void {
  if (typeof value === "string") rejectToken(value, path);
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (Array.isArray(value)) {
      rejectIn(member, `${path}[${key}]`);
    } else {
      rejectToken(key, `the name of a property of ${path}`);
      rejectIn(member, /^\w+$/.test(key) ? `${path}${path && "."}${key}` : `${path}[${quote(key)}]`);
    }
  }
}

function rejectToken(text: string, where: string): void {
  if (!TOKEN.test(text)) return;
  throw new InvalidInputError(
    `${where} holds \${TfToken[ or #{TfToken[, which CDKTF takes for a value of its own; write it otherwise`,
  );
}
