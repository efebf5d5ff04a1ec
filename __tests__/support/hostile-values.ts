/** Any of the config's secrets: values of variables, labels and commands have this in them. */
export const SECRET = "hunter2";

/** A cell of a class, with the members of what it stands for. */
class Instance {
  constructor(members: object) {
    Object.assign(this, members);
  }
}

const members = (old: unknown): object => (typeof old === "object" && old !== null ? { ...old } : { old });

/** `{ self: … }`, with the members of what it stands for. */
function cyclic(old: unknown): object {
  const value: Record<string, unknown> = { ...members(old) };
  value["self"] = value;
  return value;
}

function nested(depth: number, form: (inner: unknown) => unknown): unknown {
  return Array.from({ length: depth }).reduce<unknown>(form, "leaf");
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function fail(): never {
  throw new Error(SECRET);
}

const TRAPS: readonly (keyof ProxyHandler<object>)[] = ["get", "has", "ownKeys", "getPrototypeOf"];

/** Has a fresh object for each read, each with ten more, without end. */
function endless(): object {
  const value = {};
  for (let index = 0; index < 10; index += 1) {
    Object.defineProperty(value, `more${String(index)}`, { enumerable: true, get: endless });
  }
  return value;
}

/** What may stand anywhere in a config all the same, instead of an old value. */
export const HOSTILE: Readonly<Record<string, (old: unknown) => unknown>> = {
  nothing: () => undefined,
  null: () => null,
  NaN: () => NaN,
  infinity: () => -Infinity,
  "minus zero": () => -0,
  fraction: () => 0.5,
  "huge number": () => 1e21,
  "big integer": () => 256n,
  true: () => true,
  "empty text": () => "",
  "long text": () => "a".repeat(1_000_000),
  "long text of dashes": () => `a${"-".repeat(100_000)}!`,
  "control characters": () => "a\n\r\u001b[31m\u0000\u2028",
  "right-to-left text": () => "a\u202eb\u2066c\u200f\u061c\ufeff",
  "half a surrogate pair": () => "a\ud83d",
  token: () => "${TfToken[TOKEN.1]}",
  "map token": () => "String Map Token Value",
  constructor: () => "constructor",
  __proto__: () => "__proto__",
  symbol: () => Symbol("a\nb"),
  function: () => () => undefined,
  "function that throws": () => fail,
  "async function": () => () => Promise.resolve(),
  class: () => Instance,
  "empty list": () => [],
  "empty object": () => ({}),
  list: (old) => [old],
  object: (old) => ({ a: old }),
  Map: (old) => new Map(Object.entries(members(old))),
  Set: (old) => new Set([old]),
  Date: () => new Date(0),
  "invalid date": () => new Date(NaN),
  RegExp: () => /a/g,
  Error: () => new Error("a"),
  Promise: () => Promise.resolve(),
  "boxed text": () => Object("a") as unknown,
  bytes: () => new Uint8Array(2),
  instance: (old) => new Instance(members(old)),
  inherited: (old) => Object.create(members(old)) as unknown,
  "without prototype": (old) => Object.assign(Object.create(null) as object, members(old)),
  frozen: (old) => Object.freeze(Array.isArray(old) ? [...(old as unknown[])] : members(old)),
  cyclic,
  "list that contains itself": (old) => {
    const value = [old];
    value.push(value);
    return value;
  },
  "list with a hole": (old) => Object.assign([], { 1: old }),
  "list of holes": () => new Array<unknown>(2 ** 32 - 1),
  "list with a name": (old) => Object.assign([old], { name: "a" }),
  proxy: (old) => new Proxy(members(old), {}),
  "proxy of a list": (old) => new Proxy([old], {}),
  "proxy that throws": () => new Proxy({}, Object.fromEntries(TRAPS.map((trap) => [trap, fail]))),
  "revoked proxy": revoked,
  "getter that throws": (old) => Object.defineProperty(members(old), "name", { enumerable: true, get: fail }),
  "list with a getter that throws": () => Object.defineProperty([], 0, { enumerable: true, get: fail }),
  getters: (old) => Object.defineProperty(members(old), "value", { enumerable: true, get: () => old }),
  endless,
  "deep object": () => nested(10_000, (inner) => ({ inner })),
  "deep list": () => nested(10_000, (inner) => [inner]),
  "wide and deep": () => nested(12, (inner) => Array<unknown>(10).fill(inner)),
  "own __proto__": (old) =>
    Object.defineProperty(members(old), "__proto__", { enumerable: true, value: { cpu: 256, old } }),
  "method toJSON": (old) => ({ ...members(old), toJSON: () => undefined }),
  "method resolve": () => ({ resolve: () => SECRET, creationStack: [], toString: fail }),
  "method toString": (old) => ({ ...members(old), toString: fail, valueOf: fail }),
  "symbol for a name": (old) => ({ ...members(old), [Symbol("a")]: 1 }),
  "name of a prototype": (old) => ({ ...members(old), constructor: "a", toString: "b", hasOwnProperty: "c" }),
  "name that is not seen": (old) => ({ ...members(old), "a\u202e\n": "a" }),
  "unknown name": (old) => ({ ...members(old), [`PASSWORD=${SECRET}`]: "a" }),
};
