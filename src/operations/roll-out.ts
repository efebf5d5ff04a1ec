import type { Outputs } from "./outputs";
import { servicesIn } from "./services";
import { sideBySide, type Ending } from "./side-by-side";
import type { StackInTerraform } from "./terraform";

/**
 * Deploys stacks that are synthesized, and proves that each ended as planned.
 * @param limit how many side by side
 * @param approve asks whether to deploy these stacks, whose plans have been shown @default - nobody is asked
 * @returns how each stack ended, by name; `undefined` if it was not approved
 */
export async function rollOut(
  stacks: readonly StackInTerraform[],
  limit: number,
  approve?: (names: string[]) => Promise<boolean>,
): Promise<ReadonlyMap<string, Ending<Outputs>> | undefined> {
  const faults = new Map<StackInTerraform, string>();
  try {
    // One after another: they install the provider into the same folder, and nobody could read mixed plans.
    for (const stack of stacks) {
      const fault = (await stack.init()) ?? (approve && (await stack.plan()));
      if (fault !== undefined) faults.set(stack, fault);
    }
    const ready = stacks.filter((stack) => !faults.has(stack)).map(({ name }) => name);
    if (approve && ready.length > 0 && !(await approve(ready))) return undefined;
    return await sideBySide(stacks, limit, async (stack) => {
      const fault = faults.get(stack);
      return fault === undefined ? deployOne(stack) : { failed: fault };
    });
  } finally {
    stacks.forEach((stack) => stack.forgetPlan());
  }
}

async function deployOne(stack: StackInTerraform): Promise<Ending<Outputs>> {
  const fault = (await stack.apply()) ?? (await stack.prove());
  if (fault !== undefined) return { failed: fault };
  const ending = await stack.outputs();
  if ("failed" in ending) return ending;
  const other = servicesIn(ending.deployed).find(({ planned, running }) => planned.join() !== running.join());
  if (!other) return ending;
  const service = other.name === undefined ? "the service" : `the service ${other.name}`;
  return {
    failed: `${service} runs ${other.running.join(", ") || "another revision"}, not ${other.planned.join(", ")}`,
  };
}
