/**
 * The id of a construct that is named by the user. CDKTF would turn "/" into "--", and "a--b" is a valid name too. It
 * treats what every object has, such as "constructor", as a construct that exists already, and leaves "Default" out of
 * addresses. No name ends in ":".
 */
export function constructId(name: string): string {
  const id = name.replaceAll("/", ":");
  return id in {} || id === "Default" ? `${id}:` : id;
}
