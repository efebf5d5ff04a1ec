import type { z } from "zod";

import { InvalidInputError, masked, quote, visible } from "../errors";

const MAX_LINES = 20;

/**
 * What a user wrote, with its defaults.
 * @param context what it belongs to: `service "shop"`
 * @throws InvalidInputError with a line for each problem: the path as a user would type it, the value, the way out
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown, context: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  return reject(linesOf(result.error.issues, value, context));
}

/** The problems of a value, one line each. */
export function problemsOf(schema: z.ZodType, value: unknown, context: string): string[] {
  const { error } = schema.safeParse(value);
  return error ? linesOf(error.issues, value, context) : [];
}

/** @throws InvalidInputError with the lines: the first 20, and how many more there are */
export function reject(lines: readonly string[]): never {
  const more = lines.length - MAX_LINES;
  throw new InvalidInputError(
    [...lines.slice(0, MAX_LINES).map(visible), ...(more > 0 ? [`… and ${String(more)} more`] : [])].join("\n"),
  );
}

/** Adds a problem with what is at `path` in the value, as a full sentence, which comes after a colon. */
export function problem(context: z.core.$RefinementCtx, path: readonly PropertyKey[], sentence: string): void {
  context.addIssue({ code: "custom", message: sentence, path: [...path], params: { sentence: true } });
}

type Issue = z.core.$ZodIssue;

function linesOf(issues: readonly Issue[], root: unknown, context: string): string[] {
  return issues.flatMap((issue) => {
    const branch = issue.code === "invalid_union" ? branchOf(issue) : undefined;
    if (branch) {
      return linesOf(
        branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
        root,
        context,
      );
    }
    return issue.code === "invalid_key" ? keyLines(issue, root, context) : issueLines(issue, root, context);
  });
}

/** The alternative of a union that the user meant: the only one of this kind, or the only one with these properties. */
function branchOf({ errors }: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  const ofThisKind = errors.filter((issues) =>
    issues.every(({ code, path }) => path.length > 0 || code === "unrecognized_keys"),
  );
  const fitting = ofThisKind.filter((issues) => issues.every(({ code }) => code !== "unrecognized_keys"));
  const [meant, ...others] = ofThisKind.length === 1 ? ofThisKind : fitting;
  return others.length === 0 ? meant : undefined;
}

function issueLines(issue: Issue, root: unknown, context: string): string[] {
  const isSentence =
    issue.code === "unrecognized_keys" || (issue.code === "custom" && issue.params?.["sentence"] === true);
  const address = [context, ...addressOf(issue.path, root)].join(": ");
  return issue.message.split("\n").map((fault) => `${address}${isSentence ? ":" : ""} ${fault}`);
}

/** What follows "=" in a name is not shown: it may be a secret in the wrong place. */
function keyLines(issue: z.core.$ZodIssueInvalidKey, root: unknown, context: string): string[] {
  const address = [context, ...addressOf(issue.path.slice(0, -1), root)].join(": ");
  const key = String(issue.path.at(-1));
  const shown = (message: string): string =>
    message.startsWith(quote(key)) ? quote(masked(key)) + message.slice(quote(key).length) : message;
  return issue.issues.map(({ message }) => `${address}: name ${shown(message)}`);
}

/** A path as a user would type it: `containers[1] "web"`, `portMappings[0]`, `containerPort`. */
export function addressOf(path: readonly PropertyKey[], root: unknown): string[] {
  const parts: string[] = [];
  let value = root;
  for (const key of path) {
    value = (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key];
    if (typeof key === "number") parts.push(`${parts.pop() ?? ""}[${String(key)}]${nameOf(value)}`);
    else parts.push(/^\w+$/.test(String(key)) ? String(key) : quote(masked(String(key))));
  }
  return parts;
}

function nameOf(value: unknown): string {
  if (typeof value !== "object" || value === null || !("name" in value)) return "";
  return typeof value.name === "string" ? ` ${quote(value.name)}` : "";
}
