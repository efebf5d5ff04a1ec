import { parseArgs } from "node:util";

import { InvalidInputError, alternatives, quote } from "../errors";

/** What `npm run deploy` is called with. */
export interface DeployOptions {
  /** Names of stacks, or patterns with `*`. */
  readonly stacks: readonly string[];
  /** Whether nobody is asked before anything is changed. */
  readonly autoApprove: boolean;
  /** Where the outputs are written as JSON. @default - nowhere */
  readonly outputsFile?: string;
  /** How many stacks are deployed side by side. @default - as many as memory allows */
  readonly parallelism?: number;
  /** Folder of what `cdktf` synthesizes. */
  readonly output: string;
  /** Command that synthesizes. @default - that of cdktf.json */
  readonly app?: string;
  readonly noColor: boolean;
  readonly help: boolean;
}

const OPTIONS = {
  "auto-approve": { type: "boolean", default: false },
  "outputs-file": { type: "string" },
  parallelism: { type: "string" },
  output: { type: "string", default: "cdktf.out" },
  app: { type: "string" },
  "no-color": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export const USAGE = `npm run deploy -- <stack> … [option] …

Deploys stacks, named or by a pattern ('*-staging'), and proves that each ended as planned. Exits with 0 only if all did.

  --auto-approve       ask nobody; needed without a terminal
  --outputs-file FILE  write the outputs of the stacks that ended well, as JSON
  --parallelism N      deploy at most N stacks side by side (default: as many as fit into memory)
  --output DIR         folder to synthesize to (default: cdktf.out)
  --app COMMAND        what synthesizes (default: app of cdktf.json)
  --no-color           no colours`;

/** @throws InvalidInputError with one line for an option that does not exist or lacks its value */
export function deployOptions(args: readonly string[]): DeployOptions {
  const { values, positionals } = parse(args);
  return {
    stacks: positionals,
    autoApprove: values["auto-approve"],
    outputsFile: values["outputs-file"],
    parallelism: values.parallelism === undefined ? undefined : parallelism(values.parallelism),
    output: values.output,
    app: values.app,
    noColor: values["no-color"],
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(OPTIONS, token.name) ? OPTIONS[token.name as keyof typeof OPTIONS] : undefined;
    const known = alternatives(Object.keys(OPTIONS).map((name) => `--${name}`));
    if (!option) throw new InvalidInputError(`there is no option ${quote(token.rawName)}; choose ${known}`);
    // A value that begins with "-" is the next option, unless it is joined by "=".
    const value = token.inlineValue === false && token.value.startsWith("-") ? "" : token.value;
    if (option.type === "string" && (value ?? "") === "") reject(token.rawName, "needs a value");
    if (option.type === "boolean" && token.value !== undefined) reject(token.rawName, "takes no value");
  }
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

function reject(option: string, fault: string): never {
  throw new InvalidInputError(`option ${option} ${fault}; see npm run deploy -- --help`);
}

function parallelism(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidInputError(`--parallelism ${quote(text)} is not valid; use a whole number from 1 to 9999`);
}
