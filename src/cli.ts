import { totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";

import { variables } from "./config/variables";
import { InvalidInputError } from "./errors";
import { deploy, type Machine } from "./operations/deploy";
import { USAGE, deployOptions } from "./operations/options";
import { Processes } from "./operations/processes";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** @returns what the person enters; nothing if they close the input */
async function ask(question: string, interrupted: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  try {
    const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
    return await Promise.race([terminal.question(question, { signal: interrupted }), closed]);
  } finally {
    terminal.close();
  }
}

/** Outside Linux, what Node calls available leaves out what other programs would give back. */
function availableMemory(): number {
  return process.platform === "linux" && "availableMemory" in process ? process.availableMemory() : totalmem() / 2;
}

function machine(): Machine {
  return {
    env: variables(),
    cdktf: join("node_modules", ".bin", "cdktf"),
    availableMemory: availableMemory(),
    say,
    ask: process.stdin.isTTY && process.stdout.isTTY ? ask : undefined,
    processes: new Processes(say),
  };
}

async function main([verb, ...args]: readonly string[]): Promise<number> {
  if (verb !== "deploy") throw new InvalidInputError("the only command is deploy: npm run deploy -- <stack> …");
  const options = deployOptions(args);
  if (options.help) {
    say(USAGE);
    return 0;
  }
  const noColor = options.noColor || !process.stdout.isTTY || variables()["NO_COLOR"] !== undefined;
  return deploy({ ...options, noColor }, machine());
}

// A terminal or a pipe that is gone must not end the command before Terraform has saved its state.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

main(process.argv.slice(2)).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    if (!(error instanceof InvalidInputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
