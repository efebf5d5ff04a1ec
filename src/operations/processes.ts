import { spawn, type ChildProcess } from "node:child_process";

/** How a command ended. */
export interface Ended {
  /** `null` if a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command. */
export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** The stack whose state Terraform saves if it is interrupted. @default - none; the command ends at once */
  readonly stack?: string;
  /** Called with each line, while the command runs. @default - nothing is passed on */
  readonly onLine?: (line: string) => void;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs commands, and ends them in order when this process is told to end. Each leads a process group of its own, so that
 * Ctrl-C in the terminal does not reach it twice: Terraform treats a second one as the wish to end at once, without saving
 * its state and releasing its lock. It gets one SIGINT, after which it does both. The signal does not go to the
 * group: from a wrapper that passes it on, Terraform would get it twice.
 * @see https://developer.hashicorp.com/terraform/cli/commands/apply
 */
export class Processes {
  private readonly running = new Map<ChildProcess, string | undefined>();
  private readonly interruption = new AbortController();
  private received?: keyof typeof SIGNALS;

  /** @param say where the line goes that says what is waited for */
  constructor(private readonly say: (line: string) => void) {}

  /** Aborts when this process is told to end. */
  get interrupted(): AbortSignal {
    return this.interruption.signal;
  }

  /** The signal that told this process to end. @default - none did */
  get signal(): NodeJS.Signals | undefined {
    return this.received;
  }

  /** 130 after SIGINT, 143 after SIGTERM, as a shell has it. @default - it was not interrupted */
  get exitCode(): number | undefined {
    return this.received && SIGNALS[this.received];
  }

  /** Does something, during which a signal does not end this process. */
  async whileListening<T>(action: () => Promise<T>): Promise<T> {
    const names = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[];
    names.forEach((name) => process.on(name, this.interrupt));
    try {
      return await action();
    } finally {
      names.forEach((name) => process.off(name, this.interrupt));
    }
  }

  /** Runs a command until it ends, however it ends. If it cannot be started, its exit code is 127, as in a shell. */
  run(command: string, args: readonly string[], { cwd, env, stack, onLine }: RunOptions): Promise<Ended> {
    return new Promise((resolve) => {
      const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
      this.running.set(child, stack);
      const stdout = new Lines(onLine);
      const stderr = new Lines(onLine);
      child.stdout.setEncoding("utf8").on("data", (text: string) => stdout.add(text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.add(text));
      child.once("error", (error) => {
        this.running.delete(child);
        const message = `Error: ${command} cannot be started: ${error.message}\n`;
        resolve({ exitCode: 127, signal: null, stdout: "", stderr: message });
      });
      child.once("close", (exitCode, signal) => {
        this.running.delete(child);
        resolve({ exitCode, signal, stdout: stdout.end(), stderr: stderr.end() });
      });
    });
  }

  private readonly interrupt = (name: keyof typeof SIGNALS): void => {
    const isFirst = this.received === undefined;
    this.received ??= name;
    const names = [...this.running.values()].filter((stack) => stack !== undefined).join(", ");
    if (names !== "") {
      this.say(
        isFirst
          ? `${name}: waiting for Terraform to save its state and to release its lock: ${names}; another ${name} changes nothing`
          : `${name}: still waiting for ${names}`,
      );
    }
    if (!isFirst) return;
    for (const child of this.running.keys()) child.kill("SIGINT");
    this.interruption.abort();
  };
}

/** Text that comes in pieces, passed on in whole lines. */
class Lines {
  private text = "";
  private passedOn = 0;

  constructor(private readonly onLine: (line: string) => void = () => undefined) {}

  add(piece: string): void {
    this.text += piece;
    for (;;) {
      const end = this.text.indexOf("\n", this.passedOn);
      if (end < 0) return;
      this.onLine(this.text.slice(this.passedOn, end));
      this.passedOn = end + 1;
    }
  }

  /** All of it. */
  end(): string {
    if (this.passedOn < this.text.length) this.onLine(this.text.slice(this.passedOn));
    return this.text;
  }
}
