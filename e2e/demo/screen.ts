const INDENT = "      ";

/** Where the demo is printed: a terminal gets bold and dim text and a count of seconds, a file gets plain lines. */
export class Screen {
  private readonly styled: boolean;

  /** @see https://no-color.org */
  constructor(
    private readonly stream: NodeJS.WriteStream,
    env: NodeJS.ProcessEnv,
  ) {
    this.styled = stream.isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb";
  }

  /** A line that begins at the margin. */
  heading(text: string): void {
    this.write(`${this.bold(text)}\n`);
  }

  /** Lines below a heading. */
  lines(...lines: string[]): void {
    for (const line of lines) this.write(`${line === "" ? "" : INDENT}${line}\n`);
  }

  /** Shows `$ command` while it runs, and, on a terminal, for how long. */
  async command<T>(command: string, work: Promise<T>): Promise<T> {
    const waiting = this.wait(`$ ${command}`);
    return work.finally(() => waiting.end());
  }

  /** Shows what the demo is waiting for, until `end` is called. */
  wait(what: string): { end(): void } {
    const line = INDENT + what;
    if (!this.stream.isTTY) {
      this.write(`${line}\n`);
      return { end: () => undefined };
    }
    const start = Date.now();
    // A line that only grows can be overwritten without an escape code.
    const show = (): void => this.write(`\r${this.dim(`${line}  ${Math.round((Date.now() - start) / 1000)} s`)}`);
    show();
    const ticker = setInterval(show, 1000);
    return {
      end: () => {
        clearInterval(ticker);
        show();
        this.write("\n");
      },
    };
  }

  private bold(text: string): string {
    return this.styled ? `\x1b[1m${text}\x1b[22m` : text;
  }

  private dim(text: string): string {
    return this.styled ? `\x1b[2m${text}\x1b[22m` : text;
  }

  private write(text: string): void {
    this.stream.write(text);
  }
}
