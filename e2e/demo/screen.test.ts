import { Screen } from "./screen";

/** What is written to a stream, as one text. */
function stream(isTTY: boolean) {
  const written: string[] = [];
  const made = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { made, text: () => written.join("") };
}

function show(isTTY: boolean, env: NodeJS.ProcessEnv): string {
  const { made, text } = stream(isTTY);
  const screen = new Screen(made, env);
  screen.heading("Title");
  screen.lines("", "line");
  screen.wait("$ command").end();
  return text();
}

describe("Screen", () => {
  test("writes plain lines if there is no terminal", () => {
    expect(show(false, {})).toBe("Title\n\n      line\n      $ command\n");
  });

  test("writes bold and dim text, and the seconds, to a terminal", () => {
    const dim = "\r\x1b[2m      $ command  0 s\x1b[22m";
    expect(show(true, {})).toBe(`\x1b[1mTitle\x1b[22m\n\n      line\n${dim}${dim}\n`);
  });

  test.each([{ NO_COLOR: "1" }, { TERM: "dumb" }])("has no escape codes with %j, but shows the seconds", (env) => {
    const plain = "\r      $ command  0 s";
    expect(show(true, env)).toBe(`Title\n\n      line\n${plain}${plain}\n`);
  });

  test("an empty NO_COLOR does not count", () => {
    expect(show(true, { NO_COLOR: "" })).toContain("\x1b[1m");
  });

  test("counts the seconds of a command, and ends its line when it fails", async () => {
    jest.useFakeTimers();
    const { made, text } = stream(true);
    const failed = new Screen(made, { NO_COLOR: "1" }).command(
      "cdktf",
      new Promise((_, reject) => setTimeout(() => reject(new Error("no")), 2100)),
    );
    const rejection = expect(failed).rejects.toThrow("no");
    await jest.advanceTimersByTimeAsync(2100);
    await rejection;
    expect(text().split("\r").slice(1)).toEqual(
      [0, 1, 2].map((s) => `      $ cdktf  ${s} s`).concat("      $ cdktf  2 s\n"),
    );
    jest.useRealTimers();
  });
});
