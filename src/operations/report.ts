import { imagesIn, writeOutputs, type Outputs } from "./outputs";
import type { Ending } from "./side-by-side";

/**
 * Says how each stack ended, in a line, and writes the outputs of those that ended as planned.
 * @param outputsFile @default - they are not written
 * @throws InvalidInputError, after the lines, if the file cannot be written
 */
export function report(
  endings: ReadonlyMap<string, Ending<Outputs>>,
  say: (line: string) => void,
  outputsFile?: string,
): void {
  const deployed = new Map(
    [...endings].flatMap(([name, ending]) => ("deployed" in ending ? [[name, ending.deployed]] : [])),
  );
  say("");
  for (const [name, ending] of endings) {
    say(
      `${name}: ${"failed" in ending ? `FAILED: ${ending.failed}` : ["deployed", ...whatRuns(ending.deployed)].join(": ")}`,
    );
  }
  if (outputsFile !== undefined) writeOutputs(outputsFile, deployed);
}

/** `demo:1.10@sha256:… in demo-staging:19`, if it is the stack of a service. */
function whatRuns(outputs: Outputs): string[] {
  const images = imagesIn(outputs["images"]);
  const revision = outputs["task_definition_arn"];
  if (images.length === 0 || typeof revision !== "string") return [];
  return [`${images.join(", ")} in ${revision.slice(revision.lastIndexOf("/") + 1)}`];
}
