import { types } from "node:util";

import { addressOf, reject } from "../model/problems";
import { contextOf, type Kind } from "./problems";
import { tokenFault } from "./token-text";
import type { Config } from "./types";

/** More than any config has: what is deeper or larger is a mistake, and might never be read to its end. */
const MAX_DEPTH = 12;
const MAX_VALUES = 1_000_000;
const MAX_FAULTS = 1000;

type Path = readonly (string | number)[];

/**
 * A copy of the config in which an object is what it seems to be: lists, objects like `{ … }`, simple values and
 * functions are copied, and getters are read, once. No other code of the config's author runs.
 *
 * @throws InvalidInputError with a line for each value that is none of these, and for each text that CDKTF would treat
 * as a token; a line names the service or environment and the path of the property, never the value
 */
export function plainData(config: Config): Config {
  const registry = new Copy(config.registry);
  const environments = new Copy(config.environments);
  const services = new Copy(config.services);
  const jobs = new Copy(config.jobs ?? []);
  const lines = [
    ...registry.faults.map(({ path, fault }) => line("registry", path, registry.value, fault)),
    ...linesOfList("environment", environments),
    ...linesOfList("service", services),
    ...linesOfList("job", jobs),
  ];
  if (lines.length > 0) reject(lines);
  return {
    services: services.value,
    jobs: jobs.value,
    environments: environments.value,
    registry: registry.value,
  } as Config;
}

function linesOfList(kind: Kind, { value, faults }: Copy): string[] {
  return faults.map(({ path, fault }) => {
    const [index, ...rest] = path;
    if (typeof index !== "number") return line(`${kind}s`, path, value, fault);
    const entry: unknown = Array.isArray(value) ? value[index] : undefined;
    return line(contextOf(kind, entry, index), rest, entry, fault);
  });
}

function line(context: string, path: Path, root: unknown, fault: string): string {
  return `${[context, ...addressOf(path, root)].join(": ")} ${fault}`;
}

/** A copy of a value, and what could not be copied. */
class Copy {
  readonly faults: { readonly path: Path; readonly fault: string }[] = [];
  readonly value: unknown;
  private count = 0;

  constructor(original: unknown) {
    this.value = this.of(original, [], []);
    if (this.count > MAX_VALUES) this.report([], `has more than ${String(MAX_VALUES)} values; write fewer`);
  }

  private report(path: Path, fault: string): void {
    this.faults.push({ path, fault });
  }

  /** @param above the objects that the value is in */
  private of(value: unknown, path: Path, above: readonly object[]): unknown {
    this.count += 1;
    if (this.count > MAX_VALUES || this.faults.length > MAX_FAULTS) return undefined;
    const fault = typeof value === "string" ? tokenFault(value) : objectFault(value, above);
    if (fault !== undefined) {
      this.report(path, fault);
      return undefined;
    }
    if (typeof value !== "object" || value === null) return value;
    const within = [...above, value];
    if (Array.isArray(value)) {
      return Array.from({ length: value.length }, (_, index) => this.member(value, index, path, within));
    }
    return Object.fromEntries(Object.keys(value).map((key) => [key, this.member(value, key, path, within)]));
  }

  private member(owner: object, key: string | number, path: Path, within: readonly object[]): unknown {
    const fault = tokenFault(String(key));
    const memberPath = [...path, fault === undefined ? key : "the name of a property"];
    if (fault !== undefined) this.report(memberPath, fault);
    let value: unknown;
    try {
      value = (owner as Readonly<Record<string | number, unknown>>)[key];
    } catch {
      this.report(memberPath, "has a getter that throws; write its value");
    }
    return this.of(value, memberPath, within);
  }
}

function objectFault(value: unknown, above: readonly object[]): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (above.includes(value)) return "contains itself; write only what belongs to it";
  if (above.length > MAX_DEPTH) return "is nested too deeply; nothing has that many levels";
  if (types.isProxy(value) || !(Array.isArray(value) || isPlain(value))) {
    return "is an object of a class; write plain values: { … }, [ … ], text, numbers, true or false";
  }
  if (Array.isArray(value) && Object.keys(value).length < value.length) return "has empty entries; remove them";
  const hasSymbols = Object.getOwnPropertySymbols(value).length > 0;
  return hasSymbols ? "has a symbol for a name; write each name as text" : undefined;
}

/** Whether an object is one like `{ … }`, and not a `Map`, a `Date` or the like; it may be of another realm. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== "object" || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty");
}
