import { sideBySide, stacksThatFit, type Ending } from "../../src/operations/side-by-side";

test.each([
  [0, 1],
  [800_000_000, 1],
  [2_000_000_000, 2],
  [9_000_000_000, 10],
])("%d bytes are enough for %d stacks", (bytes, stacks) => {
  expect(stacksThatFit(bytes)).toBe(stacks);
});

const stack = (name: string, ...dependencies: string[]) => ({ name, dependencies });

/** What began and ended, in order, when each stack takes a turn of the event loop. */
async function deployed(stacks: ReturnType<typeof stack>[], limit: number, failing: string[] = []) {
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const endings = await sideBySide(stacks, limit, async ({ name }): Promise<Ending<string>> => {
    log.push(`+${name}`);
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running -= 1;
    log.push(`-${name}`);
    return failing.includes(name) ? { failed: "broken" } : { deployed: name };
  });
  return { log, most, endings: Object.fromEntries(endings) };
}

test("deploys no more than the limit at a time, and all of them", async () => {
  const { most, endings } = await deployed(
    ["a", "b", "c", "d", "e"].map((name) => stack(name)),
    2,
  );

  expect(most).toBe(2);
  expect(Object.keys(endings).sort()).toEqual(["a", "b", "c", "d", "e"]);
});

test("deploys a stack after those that it depends on; one that is not being deployed does not count", async () => {
  const { log } = await deployed([stack("app", "network"), stack("network", "elsewhere"), stack("other")], 3);

  expect(log.indexOf("-network")).toBeLessThan(log.indexOf("+app"));
});

test("tells how each ended in the order in which they were given", async () => {
  const { endings } = await deployed([stack("app", "network"), stack("network")], 2);

  expect(Object.keys(endings)).toEqual(["app", "network"]);
});

test("goes on after a failure, but not with what depends on it", async () => {
  const stacks = [stack("network"), stack("app", "network"), stack("page", "app"), stack("other")];

  const { endings, log } = await deployed(stacks, 1, ["network"]);

  expect(endings).toEqual({
    network: { failed: "broken" },
    app: { failed: "not deployed: it needs network" },
    page: { failed: "not deployed: it needs app" },
    other: { deployed: "other" },
  });
  expect(log).not.toContain("+app");
});

test("does not wait for ever for stacks that depend on each other", async () => {
  await expect(deployed([stack("a", "b"), stack("b", "a")], 1)).rejects.toThrow("depend on each other");
});

test("lets the other stacks end when one meets a fault of the program itself", async () => {
  const endings = await sideBySide([stack("a"), stack("b")], 2, async ({ name }): Promise<Ending<string>> => {
    await Promise.resolve();
    if (name === "a") throw new Error("a fault");
    return { deployed: name };
  });

  expect(Object.fromEntries(endings)).toEqual({ a: { failed: "Error: a fault" }, b: { deployed: "b" } });
});
