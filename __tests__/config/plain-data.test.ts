import { resolveConfig, type Config } from "../../src/config";
import { config, container, environment, registry, service } from "../support/config";
import { rejection, rejections, uncompiled } from "../support/rejection";

const rejected = (changes: object): string => rejection(() => resolveConfig(config(changes), {}));

const CLASS = "is an object of a class; write plain values: { … }, [ … ], text, numbers, true or false";

function cyclic(): unknown {
  const value: Record<string, unknown> = {};
  return Object.assign(value, { self: value });
}

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inner) => ({ inner }), 1);
}

function fail(): never {
  throw new Error("called");
}

const getter = (name: string, get: () => unknown): object => Object.defineProperty({}, name, { enumerable: true, get });

describe("what is no plain value is rejected, at its path:", () => {
  test.each<[string, unknown, string]>([
    ["a map", new Map([["GREETING", "hello"]]), CLASS],
    ["a date", new Date(0), CLASS],
    ["an instance", new (class Greeting {})(), CLASS],
    ["what inherits its properties", Object.create({ GREETING: "hello" }), CLASS],
    ["a proxy", new Proxy({}, { get: fail }), CLASS],
    ["what contains itself", cyclic(), ": self contains itself; write only what belongs to it"],
    ["a list with a hole", Object.assign([], { 1: "a" }), "has empty entries; remove them"],
    ["an endless list of holes", new Array(2 ** 32 - 1), "has empty entries; remove them"],
    ["a symbol for a name", { [Symbol("a")]: 1 }, "has a symbol for a name; write each name as text"],
    ["a getter that throws", getter("LEVEL", fail), ": LEVEL has a getter that throws; write its value"],
    [
      "what is nested too deeply",
      nested(1000),
      ": inner: inner: inner: inner: inner: inner: inner: inner: inner is nested too deeply; nothing has that many levels",
    ],
  ])("%s", (_, environment, fault) =>
    expect(
      rejected({ services: [service({ containers: [container({ environment: uncompiled(environment) })] })] }),
    ).toBe(`service "shop": containers[0] "web": environment${fault.startsWith(":") ? "" : " "}${fault}`),
  );

  const never = new Date(0);
  test.each<[string, object, string]>([
    ["the registry", { registry: never }, "registry"],
    ["a property of it", { registry: { ...registry(), tags: never } }, "registry: tags"],
    ["all services", { services: new Map() }, "services"],
    ["what is in services by name", { services: { shop: never } }, "services: shop"],
    ["a service", { services: [service(), never] }, "services[1]"],
    ["the name of a service", { services: [{ ...service(), name: never }] }, "services[0]: name"],
    ["all environments", { environments: new Set() }, "environments"],
    ["an environment", { environments: [never] }, "environments[0]"],
    ["a property of it", { environments: [{ ...environment(), tags: never }] }, 'environment "staging": tags'],
  ])("%s", (_, changes, where) => expect(rejected(changes)).toBe(`${where} ${CLASS}`));

  test("a million values, however they are reached", () => {
    const wide = Array.from({ length: 7 }).reduce<unknown>((inner) => Array<unknown>(10).fill(inner), 1);
    expect(rejected({ registry: wide })).toBe("registry has more than 1000000 values; write fewer");
  });

  test("what is endless, after a thousand problems", () => {
    const endless = (): object =>
      Object.defineProperties(
        {},
        {
          a: { enumerable: true, get: endless },
          b: { enumerable: true, get: endless },
        },
      );
    expect(rejections(() => resolveConfig(config({ registry: uncompiled(endless()) }), {})).at(-1)).toBe(
      "… and 981 more",
    );
  });
});

describe("what is written otherwise than as { … } or [ … ], but means the same, is accepted:", () => {
  const web = { GREETING: "hello" };
  class List<T> extends Array<T> {}

  test.each<[string, Partial<Config>]>([
    [
      "a getter",
      { services: [service({ containers: [container({ environment: getter("GREETING", () => "hello") as never })] })] },
    ],
    [
      "an object without a prototype",
      {
        services: [
          service({ containers: [container({ environment: Object.assign(Object.create(null), web) as never })] }),
        ],
      },
    ],
    [
      "an object of another realm",
      { services: [service({ containers: [container({ environment: structuredClone(web) })] })] },
    ],
    [
      "a list of a class of its own",
      { services: List.from([service({ containers: [container({ environment: web })] })]) },
    ],
    [
      "a list with a name",
      { services: Object.assign([service({ containers: [container({ environment: web })] })], { all: true }) },
    ],
    [
      "what is written once and used twice",
      { services: [service({ containers: [container({ environment: web, dockerLabels: web })] })] },
    ],
    [
      "what is frozen",
      { services: Object.freeze([Object.freeze(service({ containers: [container({ environment: web })] }))]) },
    ],
  ])("%s", (_, changes) =>
    expect(resolveConfig(config(changes), {}).services[0]?.service.containers[0]?.environment).toEqual(web),
  );

  test("a getter is read once", () => {
    const get = jest.fn(() => "hello");
    resolveConfig(
      config({ services: [service({ containers: [container({ environment: getter("A", get) as never })] })] }),
      {},
    );
    expect(get).toHaveBeenCalledTimes(1);
  });
});

describe("an entry that is no object, and what should be a list, are rejected by their place:", () => {
  test.each<[object, string]>([
    [{ services: [null] }, "services[0] is not an object; write it as { … }"],
    [{ services: [service(), undefined] }, "services[1] is missing; write it as { … }"],
    [{ environments: ["staging"] }, "environments[0] is not an object; write it as { … }"],
    [{ services: undefined }, "services is missing; write it as [ … ]"],
    [{ services: { shop: service() } }, "services is not a list; write it as [ … ]"],
    [{ environments: null }, "environments is not a list; write it as [ … ]"],
    [{ registry: null }, "registry is not an object; write it as { … }"],
    [{ registry: undefined }, "registry is missing; write it as { … }"],
  ])("%j", (changes, message) => expect(rejected(changes)).toBe(message));
});
