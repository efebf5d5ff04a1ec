import { writeOutputs, type Outputs } from "./outputs";
import { servicesIn, type ServiceInOutputs } from "./services";
import type { Ending } from "./side-by-side";

/**
 * Says how each stack ended, in a line for each of its services, and writes the outputs of those that ended as planned.
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
    if ("failed" in ending) say(`${name}: FAILED: ${ending.failed}`);
    else for (const line of whatRuns(ending.deployed)) say([name, "deployed", ...line].join(": "));
  }
  if (outputsFile !== undefined) writeOutputs(outputsFile, deployed);
}

/** `demo:1.10@sha256:… in demo-staging:19` for each service of the stack, or one line with nothing more to say. */
function whatRuns(outputs: Outputs): string[][] {
  const services = servicesIn(outputs);
  return services.length === 0 ? [[]] : services.map(whatServiceRuns);
}

function whatServiceRuns({ running, revision }: ServiceInOutputs): string[] {
  if (running.length === 0 || revision === undefined) return [];
  return [`${running.join(", ")} in ${revision.slice(revision.lastIndexOf("/") + 1)}`];
}
