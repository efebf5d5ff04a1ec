const ANSI = /\u001b\[[0-9;]*m/g;

/** A line of the frame around an error in a terminal, or what Terraform shows of the configuration. */
const FRAME = /^[╷╵]$|^[│] ?/;
const EXCERPT = /^ {2}on |^ *\d+: | {4}[├│]/;
const ADDRESS = /^ {2}(with .*),$/;
const LONGEST = 400;

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
  const said = rest.slice(0, warning < 0 ? undefined : warning).filter((line) => !EXCERPT.test(line));
  const address = said.map((line) => ADDRESS.exec(line)?.[1]).find((found) => found !== undefined);
  const explanation = said.filter((line) => !ADDRESS.test(line)).join(" ");
  const others = starts.length - 1;
  return [
    shortened(
      [summary.slice("Error: ".length), explanation]
        .map(inOneLine)
        .filter((part) => part !== "")
        .join(": "),
    ),
    address === undefined ? "" : ` ${address}`,
    others > 0 ? ` (and ${others} more)` : "",
  ].join("");
}

const inOneLine = (text: string): string => text.trim().replace(/\s+/g, " ");

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : text;
}
