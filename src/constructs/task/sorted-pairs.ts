/** Sorted by name, as the provider does; it would show any other order as a change. */
export function sortedPairs(values: Readonly<Record<string, string>>): [string, string][] {
  return Object.keys(values)
    .sort()
    .map((name) => [name, values[name] ?? ""]);
}
