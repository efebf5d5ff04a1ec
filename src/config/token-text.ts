import { quote } from "../errors";
import { addressOf } from "../model/problems";
import type { Config } from "./types";

/** How CDKTF marks what it fills in later, in text and for lists. The config contains no tokens. */
const TOKEN = /[$#]\{TfToken\[/;
const FAULT = "has ${TfToken[ or #{TfToken[, which CDKTF treats as a token; rephrase it";

/**
 * A line for each text that CDKTF would treat as a token, and replace or fail on. It names the service or environment
 * and the path of the property, never the text.
 */
export function tokenTexts({ services, environments, registry }: Config): string[] {
  return [
    ...within(registry, "registry"),
    ...environments.flatMap((environment) => within(environment, `environment ${quote(environment.name)}`)),
    ...services.flatMap((service) => within(service, `service ${quote(service.name)}`)),
  ];
}

function within(root: unknown, context: string): string[] {
  return pathsOfTokens(root, []).map((path) => `${[context, ...addressOf(path, root)].join(": ")} ${FAULT}`);
}

function pathsOfTokens(value: unknown, path: readonly PropertyKey[]): PropertyKey[][] {
  if (typeof value === "string") return TOKEN.test(value) ? [[...path]] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (TOKEN.test(key)) return [[...path, "the name of a property"]];
    return pathsOfTokens(member, [...path, Array.isArray(value) ? Number(key) : key]);
  });
}
