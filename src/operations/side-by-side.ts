/** What must be deployed, and after what. */
interface Named {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/** What Terraform and the AWS provider take for one stack, in bytes, at most; measured with version 5.100.0. */
const MEMORY_OF_A_STACK = 900_000_000;

/** How many stacks fit into memory, at least one. @param available in bytes */
export function stacksThatFit(available: number): number {
  return Math.max(1, Math.floor(available / MEMORY_OF_A_STACK));
}

/** How a stack ended. */
export type Ending<Outcome> =
  | { readonly deployed: Outcome }
  /** Why it did not end as planned, in one line. */
  | { readonly failed: string };

/**
 * Deploys stacks, at most `limit` at a time, each after those that it depends on. A failure stops only the stacks that
 * depend on the one that failed.
 * @returns how each ended, in the order of `stacks`
 */
export async function sideBySide<Stack extends Named, Outcome>(
  stacks: readonly Stack[],
  limit: number,
  deploy: (stack: Stack) => Promise<Ending<Outcome>>,
): Promise<Map<string, Ending<Outcome>>> {
  const endings = new Map<string, Ending<Outcome>>();
  const running = new Map<string, Promise<void>>();
  const chosen = new Set(stacks.map(({ name }) => name));
  const needed = ({ dependencies }: Stack): string[] => dependencies.filter((name) => chosen.has(name));
  const waiting = [...stacks];
  const run = async (stack: Stack): Promise<void> => {
    const failed = needed(stack).find((name) => "failed" in (endings.get(name) ?? {}));
    const ending =
      failed === undefined
        ? // A fault of this command itself must not end it while Terraform works on other stacks.
          deploy(stack).catch((error: unknown) => ({ failed: String(error) }))
        : { failed: `not deployed: it needs ${failed}` };
    endings.set(stack.name, await ending); // not before it is in `running`
    running.delete(stack.name);
  };
  while (waiting.length > 0) {
    const next = waiting.findIndex((stack) => needed(stack).every((name) => endings.has(name)));
    if (next >= 0 && running.size < limit) {
      for (const stack of waiting.splice(next, 1)) running.set(stack.name, run(stack));
    }
    if (next < 0 && running.size === 0) throw new Error("the stacks depend on each other in a circle");
    if (next < 0 || running.size >= limit) await Promise.race(running.values());
  }
  await Promise.all(running.values());
  const place = stacks.map(({ name }) => name);
  return new Map([...endings].sort(([one], [other]) => place.indexOf(one) - place.indexOf(other)));
}
