import type { App } from "cdktf";

import { reject } from "../model/problems";

/**
 * Writes the JSON of every stack of the app. Makes no network call; the same input gives the same bytes.
 * @throws InvalidInputError for problems that show only in whole stacks; nothing is written then
 */
export function synthesize(app: App): void {
  const problems = new Set(app.node.findAll().flatMap(({ node }) => node.validate()));
  if (problems.size > 0) reject([...problems]);
  app.synth();
}
