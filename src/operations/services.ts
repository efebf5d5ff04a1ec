import { imagesIn, type Outputs } from "./outputs";

/** What the outputs of a stack say about one of its services. */
export interface ServiceInOutputs {
  /** What tells it from the other services of the stack. @default - the stack has only this one */
  readonly name?: string;
  readonly planned: readonly string[];
  readonly running: readonly string[];
  /** ARN of the revision that it runs. */
  readonly revision?: string;
}

/** The output of each service that says which images were planned. In a stack of several, a name precedes it: `shop_…`. */
const PLANNED = /^(?:(.+)_)?planned_images$/;

/** Whether an output says which images were planned. */
export const isPlannedImages = (output: string): boolean => PLANNED.test(output);

/** The services in the outputs of a stack; none if it is not a stack of services. */
export function servicesIn(outputs: Outputs): ServiceInOutputs[] {
  return Object.entries(outputs).flatMap(([output, planned]): ServiceInOutputs[] => {
    const [match, name] = PLANNED.exec(output) ?? [];
    if (match === undefined) return [];
    const prefix = name === undefined ? "" : `${name}_`;
    const revision = outputs[`${prefix}task_definition_arn`];
    return [
      {
        name,
        planned: imagesIn(planned),
        running: imagesIn(outputs[`${prefix}images`]),
        revision: typeof revision === "string" ? revision : undefined,
      },
    ];
  });
}
