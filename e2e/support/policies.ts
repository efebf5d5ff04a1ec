import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../emulator/python";

const FOLDER = join(repositoryRoot(), "docs", "policies");

/**
 * It works even if a policy denies it.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
const NEEDS_NO_PERMISSION = "sts:GetCallerIdentity";

export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/** The names of all policies in docs/policies, sorted. */
export function policies(): string[] {
  return readdirSync(FOLDER)
    .map((file) => file.replace(/\.json$/, ""))
    .sort();
}

export function policyText(policy: string): string {
  return readFileSync(join(FOLDER, `${policy}.json`), "utf8");
}

export function statements(policy: string): Statement[] {
  return (JSON.parse(policyText(policy)) as { Statement: Statement[] }).Statement;
}

export function allowedActions(policy: string): string[] {
  return statements(policy).flatMap(({ Action }) => Action);
}

/** Each action that a policy allows, with each resource that it allows it on. */
export function permissions(policy: string): string[] {
  return statements(policy).flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => [Resource].flat().map((resource) => `${action} on ${resource}`)),
  );
}

/** What was requested, but is allowed by none of the policies. */
export function refusedActions(requested: Iterable<string>, ...policies: readonly string[]): string[] {
  const allowed = new Set([NEEDS_NO_PERMISSION, ...policies.flatMap(allowedActions)]);
  return [...new Set(requested)].filter((action) => !allowed.has(action)).sort();
}

/** What a policy allows, but was not requested. */
export function unusedActions(requested: Iterable<string>, policy: string): string[] {
  const seen = new Set(requested);
  return [...new Set(allowedActions(policy).filter((action) => !seen.has(action)))].sort();
}
