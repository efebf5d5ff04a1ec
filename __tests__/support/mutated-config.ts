import fc from "fast-check";

import type { Config } from "../../src/config";
import { everything } from "./everything";
import { HOSTILE, SECRET } from "./hostile-values";
import { shippedConfig } from "./shipped-config";

type Path = readonly (string | number)[];

/** A valid config with a secret wherever one may stand; changing it is an error. */
function withSecrets(config: Config): Config {
  return frozen(mapped(config, [])) as Config;

  function mapped(value: unknown, path: Path): unknown {
    if (typeof value === "string" && path.some((key) => SECRET_PLACES.has(key)) && path.at(-1) !== "image") {
      return value === "CMD-SHELL" ? value : `${value} ${SECRET}`;
    }
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([key, member]): [string, unknown] => [
      key,
      mapped(member, [...path, key]),
    ]);
    return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
  }
}

const SECRET_PLACES: ReadonlySet<string | number> = new Set(["environment", "command", "entryPoint", "dockerLabels"]);

function frozen(value: unknown): unknown {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const BASES = { shipped: withSecrets(shippedConfig), everything: withSecrets(everything) };
type Base = keyof typeof BASES;

/** Path of everything in a value, and of an `extend` that no service of it has. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const members = Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    pathsIn(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? [...members, ["services", 0, "extend"]] : [path, ...members];
}

const PLACES: Readonly<Record<Base, readonly Path[]>> = {
  shipped: pathsIn(BASES.shipped),
  everything: pathsIn(BASES.everything),
};

/** A change of a valid config. */
interface Mutation {
  readonly at: Path;
  readonly becomes: string;
}

/** The config with something else in these places; what is within something else is changed first. */
export function mutated({ base, mutations }: MutatedConfig): Config {
  const inside = [...mutations].sort((a, b) => b.at.length - a.at.length);
  return inside.reduce<unknown>((config, { at, becomes }) => changed(config, at, becomes), BASES[base]) as Config;
}

function changed(value: unknown, [key, ...rest]: Path, becomes: string): unknown {
  if (key === undefined) return HOSTILE[becomes]?.(value);
  const members = value as Readonly<Record<string | number, unknown>>;
  const member = changed(members[key], rest, becomes);
  return Array.isArray(value) ? value.with(Number(key), member) : { ...members, [key]: member };
}

/** A valid config and a few changes of it, described, so that a failure can be read. */
export interface MutatedConfig {
  readonly base: Base;
  readonly mutations: readonly Mutation[];
}

/** @param values what the changed places may become, by name */
export function anyMutatedConfig(...values: readonly (keyof typeof HOSTILE)[]): fc.Arbitrary<MutatedConfig> {
  return fc.constantFrom<Base[]>("shipped", "everything").chain((base) => {
    const mutation = fc.record({ at: fc.constantFrom(...PLACES[base]), becomes: fc.constantFrom(...values) });
    const mutations = fc.uniqueArray(mutation, { minLength: 1, maxLength: 3, selector: ({ at }) => at.join(": ") });
    return fc.record({ base: fc.constant(base), mutations });
  });
}
