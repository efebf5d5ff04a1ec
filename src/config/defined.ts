/** What is set of `changes`: spread over something, an `undefined` would take the place of a value. */
export function onlyDefined<T extends object>(changes: T): T {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as T;
}
