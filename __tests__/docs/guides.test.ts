import { guideFiles, guides, VARIABLES, type Guide } from "../support/guides";
import { stacksOf } from "../support/shipped-stacks";

let found: readonly Guide[];

beforeAll(async () => (found = await guides()));

test.each(guideFiles())("%s can be deployed as it is shown", (name) => {
  const { config } = found.find((guide) => guide.name === name) ?? { config: undefined };
  if (!config) throw new Error("it shows nothing");

  const stacks = stacksOf(config, VARIABLES);

  expect(config.services).not.toEqual([]);
  expect(stacks.size).toBeGreaterThan(1); // besides the registry
});
