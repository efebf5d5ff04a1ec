import { isToken } from "../model/leaves";

/** How CDKTF marks what it fills in later, in text and for lists and maps. The config contains no tokens. */
const TOKEN = /[$#&]\{TfToken\[/;

/** What CDKTF writes as the value of a map that it fills in later. */
const MAP_VALUES = ["String Map Token Value", "Any Map Token Value"];

/** How it writes a number that it fills in later, even in the middle of a text: -1.8881545897087503e+289. */
const NUMBER = /-[0-9.]+e\+[0-9]+/g;

/** What is wrong with a text that CDKTF would treat as a token, and replace or fail on. Never shows the text. */
export function tokenFault(text: string): string | undefined {
  const [marker] = TOKEN.exec(text) ?? [];
  if (marker !== undefined) return `has ${marker}, which CDKTF treats as a token; rephrase it`;
  if ([...text.matchAll(NUMBER)].some(([number]) => isToken(Number(number)))) {
    return "has a number that CDKTF treats as a token; write it in another way";
  }
  return MAP_VALUES.includes(text) ? "is what CDKTF treats as a token; rephrase it" : undefined;
}
