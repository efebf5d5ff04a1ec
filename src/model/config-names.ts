import type { z } from "zod";

import type { Rule } from "../image";
import { literal } from "./leaves";
import { problem } from "./problems";

/**
 * These names become part of the names of stacks, roles and variables, which allow less than ECS does. Files of Terraform
 * are named after the stack, with up to 19 characters more: the two longest names and a "-" stay well below 236.
 */
const LONGEST_SERVICE = 128;
const LONGEST_ENVIRONMENT = 63;

const NAME = /^[a-z](-?[a-z0-9])*$/;

function nameRule(maximum: number): Rule {
  return {
    accepts: (name) => name.length <= maximum && NAME.test(name),
    hint: `use at most ${String(maximum)} lower-case letters, digits and single "-", beginning with a letter`,
  };
}

/** The name of a service. */
export const serviceName = literal(nameRule(LONGEST_SERVICE));

/** What the value of a variable replaces in the name of an environment. */
const PLACEHOLDER = "*";

const ENVIRONMENT = nameRule(LONGEST_ENVIRONMENT);

/** The name of an environment, or the form of names that a variable completes: `pr-*`. */
export const environmentName = literal({
  accepts: (name) => ENVIRONMENT.accepts(withValue(name, "1")),
  hint: ENVIRONMENT.hint,
});

/** The name of a variable of the shell. */
export const variableName = literal({
  accepts: (name) => /^[A-Z][A-Z0-9_]{0,127}$/.test(name),
  hint: 'use upper-case letters, digits and "_", like "PR_NUMBER"',
});

/** An environment may take its name from a variable. */
interface Named {
  readonly name: string;
  readonly fromVariable?: string;
}

/** Either there is a variable and a place for its value, or neither. */
export function checkVariable({ name, fromVariable }: Named, context: z.core.$RefinementCtx): void {
  const hasPlace = name.includes(PLACEHOLDER);
  if (hasPlace && fromVariable === undefined) {
    problem(context, [], `name "${name}" has a "*"; say which variable replaces it: fromVariable: "PR_NUMBER"`);
  } else if (!hasPlace && fromVariable !== undefined) {
    problem(context, [], `fromVariable has no place in name "${name}"; write a "*" where its value goes: "pr-*"`);
  }
}

/** The name with a value in its place. A second `*` stays, which no name may have. */
export function withValue(name: string, value: string): string {
  return name.replace(PLACEHOLDER, () => value);
}

/** What is wrong with a value that completes a name, in words that follow the value. */
export function valueFault(name: string, value: string): string | undefined {
  if (ENVIRONMENT.accepts(withValue(name, value))) return undefined;
  const room = LONGEST_ENVIRONMENT - name.length + PLACEHOLDER.length;
  return `is not valid; use at most ${String(room)} lower-case letters, digits and single "-"`;
}
