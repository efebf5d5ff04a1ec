const ANSI = /\u001b\[[0-9;]*m/g;

/** A line of the frame around an error in a terminal, or what Terraform shows of the configuration. */
const FRAME = /^[╷╵]$|^[│] ?/;
const EXCERPT = /^ {2}on |^ *\d+: | {4}[├│]/;
const ADDRESS = /^ {2}(with .*),$/;
/** It begins with the failed HTTP request, and goes on after what matters. */
const LOCK = /^Error acquiring the state lock: .* ID: (\S+) .* Who: (\S+) .* Created: (\S+ \d+:\d+:\d+).*/;
/** In characters. What says where a service ended takes about 450. */
const LONGEST = 600;

/**
 * What Terraform said went wrong, in one line: the first error with its explanation and address, and how many more there are.
 * @param text what it wrote to standard error, with or without colours
 * @returns `undefined` if it named no error
 */
export function causeOf(text: string): string | undefined {
  const lines = text
    .replace(ANSI, "")
    .split("\n")
    .map((line) => line.replace(FRAME, ""));
  const starts = lines.flatMap((line, index) => (line.startsWith("Error: ") ? index : []));
  const [first, second = lines.length] = starts;
  if (first === undefined) return undefined;
  const [summary = "", ...rest] = lines.slice(first, second);
  const warning = rest.findIndex((line) => line.startsWith("Warning: "));
  const about = rest.slice(0, warning < 0 ? undefined : warning).filter((line) => !EXCERPT.test(line));
  const address = about.map((line) => ADDRESS.exec(line)?.[1]).find((found) => found !== undefined);
  const explanation = about.filter((line) => !ADDRESS.test(line)).join(" ");
  const others = starts.length - 1;
  const said = [summary.slice("Error: ".length), explanation].map(inOneLine).filter((part) => part !== "");
  return [
    shortened(said.join(": ").replace(LOCK, "Error acquiring the state lock: $2 has held lock $1 since $3 UTC")),
    address === undefined ? "" : ` ${address}`,
    others > 0 ? ` (and ${others} more)` : "",
  ].join("");
}

const inOneLine = (text: string): string => text.trim().replace(/\s+/g, " ");

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : text;
}
