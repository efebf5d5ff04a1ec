const ANSI = /\u001b\[[0-9;]*m/g;

/** A line of the frame around an error in a terminal, or what Terraform shows of the configuration. */
const FRAME = /^[╷╵]$|^[│] ?/;
const EXCERPT = /^ {2}(with|on) |^ *\d+: | {4}[├│]/;
const LONGEST = 400;

/**
 * What Terraform said went wrong, in one line: the first error with its explanation, and how many more there are.
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
  const explanation = rest.slice(0, warning < 0 ? undefined : warning).filter((line) => !EXCERPT.test(line));
  return oneLine([summary.slice("Error: ".length), ...explanation], starts.length - 1);
}

function oneLine(lines: readonly string[], others: number): string {
  const [summary = "", ...explanation] = lines.map((line) => line.trim()).filter((line) => line !== "");
  const text = [summary, explanation.join(" ")]
    .filter((part) => part !== "")
    .join(": ")
    .replace(/\s+/g, " ");
  const characters = Array.from(text);
  const short = characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : text;
  return others > 0 ? `${short} (and ${others} more)` : short;
}
