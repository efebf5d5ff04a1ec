import { parseArgs } from "node:util";
import { NO_AWS_PROFILE } from "../support/environment";
import { startEmulator } from "./launch";

const DEFAULT_PORT = 5555;

/** `npm run emulator [-- --port N]`: a local AWS until Ctrl-C. */
async function main(): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  const emulator = await startEmulator({ port: portArgument() });
  console.log(`A local AWS answers at ${emulator.endpoint}; Ctrl-C stops it. To use it in another terminal:

unset AWS_PROFILE $(env | grep -o '^AWS_[A-Z0-9_]*')
export ${variables(emulator.endpoint).join(" ")}`);
  await Promise.race([
    interrupted.then(() => emulator.stop()),
    // Ctrl-C in the terminal reaches the emulator too, and may end it first.
    emulator.ended.then(() => Promise.race([interrupted, unexpectedEnd()])),
  ]);
}

/** All that a terminal needs to know about AWS. */
function variables(endpoint: string): string[] {
  const settings = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    ...NO_AWS_PROFILE,
  };
  return Object.entries(settings).map(([name, value]) => `${name}=${value}`);
}

function unexpectedEnd(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("the emulator ended unexpectedly")), 500));
}

function portArgument(): number {
  const { values } = parseArgs({ options: { port: { type: "string", default: String(DEFAULT_PORT) } } });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65535) {
    throw new Error(`--port ${values.port} is not valid; use a number from 1 to 65535`);
  }
  return port;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
