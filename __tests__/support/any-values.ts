import fc from "fast-check";

/** Text that a person may write, up to what Terraform, JSON and JavaScript each read in their own way. */
export const wildText = fc.oneof(
  fc.constantFrom("", "-", " a", "a\n", "${x}", "%{if", "$${", '"\\', "__proto__", "constructor", "e\u0301", "\ud800"),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("a", "é", "${").map((text) => text.repeat(300)),
);

export const wildNumber = fc.oneof(fc.constantFrom(0, -1, 0.5, NaN, Infinity, -0, 1e21), fc.double(), fc.integer());

/** One wild value to many plausible ones: else hardly a config would get past its first check. */
export function mostly<T>(plausible: fc.Arbitrary<T>, wild: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: plausible, weight: 80 }, { arbitrary: wild, weight: 1 });
}

export const oneOf = <T extends string>(...texts: T[]): fc.Arbitrary<T> =>
  mostly(fc.constantFrom(...texts), wildText as fc.Arbitrary<T>);
export const number = (...numbers: number[]): fc.Arbitrary<number> => mostly(fc.constantFrom(...numbers), wildNumber);

/** Any of the properties may be absent. */
export function optional<T extends object>(properties: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record(properties, { requiredKeys: [] });
}

export const texts = fc.dictionary(
  oneOf("GREETING", "a.b", "Name", "valueOf"),
  mostly(fc.string({ minLength: 1 }), wildText),
  {
    maxKeys: 3,
  },
);
