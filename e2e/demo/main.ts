import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { forgetAwsSettings } from "../support/environment";
import { Screen } from "./screen";
import { Story } from "./story";

/** The reason why the demo stops before its end. */
class Interruption extends Error {
  constructor(readonly signal: "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGPIPE") {
    super(signal);
  }
}

/** `npm run demo`: the exit code is 0, 1 if a step failed, or the usual one after a signal, such as 130 for Ctrl-C. */
async function main(): Promise<number> {
  forgetAwsSettings();
  const interruption = new AbortController();
  const interrupt = (signal: Interruption["signal"]): void => interruption.abort(new Interruption(signal));
  // The handlers stay in place: npm passes on a Ctrl-C that the terminal has already sent, and the second must not cut
  // short the cleanup after the first.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => interrupt(signal));
  }
  process.stdout.on("error", () => interrupt("SIGPIPE")); // the reader is gone: | head
  try {
    await new Story(new Screen(process.stdout, process.env), interruption.signal).tell();
    return 0;
  } catch (error) {
    await sleep(200); // Ctrl-C also ends the emulator, which may show before our own signal does
    const reason: unknown = interruption.signal.reason;
    if (reason instanceof Interruption) {
      console.error("Stopped; nothing is left behind.");
      return 128 + constants.signals[reason.signal];
    }
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

void main().then((exitCode) => process.exit(exitCode));
