import { abbreviate } from "./abbreviate";

/** The resources that a plan changes, the line with its counts, and the two attributes that the demo is about. */
const SHOWN = [/^ *(~|[-+]|-\/\+|\+\/-) resource "/, /^ *~ (image|task_definition) += /, /^Plan: /];

/** What matters in a plan as Terraform prints it, in lines that fit a screen. */
export function planExcerpt(plan: string): string[] {
  return plan
    .split("\n")
    .filter((line) => SHOWN.some((pattern) => pattern.test(line)))
    .map((line) => abbreviate(line.replace(/^ {10,}/, "      ").replace(/ += /, " = ")));
}
