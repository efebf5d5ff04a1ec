import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findPython, PROBE, repositoryRoot } from "./python";

/** Directories of fake programs, so that every case is the same on every machine. */
let directory: string;
let bin: string;
let emulatorFolder: string;
let stderr: jest.SpyInstance;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "emulator-python-"));
  bin = join(directory, "bin");
  emulatorFolder = join(directory, ".emulator");
  mkdirSync(bin);
  stderr = jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  stderr.mockRestore();
  rmSync(directory, { recursive: true, force: true });
});

function program(path: string, text: string): string {
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

/** A Python that has moto: it prints its own path when probed. */
const WITH_MOTO = '#!/bin/sh\n[ "$1" = -c ] && echo "$0"\n';
const WITHOUT_MOTO = "#!/bin/sh\nexit 3\n";
const TOO_OLD = "#!/bin/sh\nexit 2\n";

/** A Python without moto that can make a virtual environment, in which `pip install` does what the test says. */
function pythonWithVenv(pip: string): string {
  return `#!/bin/sh
if [ "$1" = -c ]; then exit 3; fi
/bin/mkdir -p "$3/bin"
/bin/cat > "$3/bin/python" <<'END'
#!/bin/sh
here=\${0%/*}
if [ "$1" = -c ]; then [ -e "$here/moto" ] || exit 3; echo "$0"; exit; fi
${pip}
END
/bin/chmod +x "$3/bin/python"
`;
}
const INSTALLS = pythonWithVenv(': > "$here/moto"');

const find = (): string => findPython(bin, emulatorFolder);
const venvPython = (): string => join(emulatorFolder, "venv", "bin", "python");

describe("findPython", () => {
  test("uses python3 if it has moto", () => {
    const python3 = program(join(bin, "python3"), WITH_MOTO);
    expect(find()).toBe(python3);
  });

  test("uses python if python3 has no moto", () => {
    program(join(bin, "python3"), WITHOUT_MOTO);
    const python = program(join(bin, "python"), WITH_MOTO);
    expect(find()).toBe(python);
  });

  test("uses the interpreter of a moto_server on the PATH, even behind a link", () => {
    program(join(bin, "python3"), WITHOUT_MOTO);
    const elsewhere = program(join(directory, "python3.12"), WITH_MOTO);
    const script = program(join(directory, "moto_server"), `#!${elsewhere}\nimport moto\n`);
    symlinkSync(script, join(bin, "moto_server"));
    expect(find()).toBe(elsewhere);
  });

  test("uses the interpreter of a moto_server whose first line would be too long", () => {
    const elsewhere = program(join(directory, "python"), WITH_MOTO);
    program(join(bin, "moto_server"), `#!/bin/sh\n'''exec' "${elsewhere}" "$0" "$@"\n' '''\nimport moto\n`);
    expect(find()).toBe(elsewhere);
  });

  test("passes over a moto_server that is a shell script, as a version manager's is", () => {
    program(join(bin, "python3"), INSTALLS);
    program(join(bin, "moto_server"), '#!/usr/bin/env bash\nexec "manager" exec moto_server "$@"\n');
    expect(find()).toBe(venvPython());
  });

  test("installs moto into a virtual environment if there is none", () => {
    program(join(bin, "python3"), INSTALLS);
    expect(find()).toBe(venvPython());
    expect(existsSync(venvPython())).toBe(true);
  });

  test("uses the virtual environment that it made before", () => {
    program(join(bin, "python3"), INSTALLS);
    find();
    program(join(bin, "python3"), WITHOUT_MOTO);
    expect(find()).toBe(venvPython());
  });

  test("does not use what an interrupted installation left behind, and removes it", () => {
    const ended = spawnSync(process.execPath, ["--version"]).pid;
    const partial = join(emulatorFolder, `partial-${ended}`, "bin");
    mkdirSync(partial, { recursive: true });
    program(join(partial, "python"), WITH_MOTO);
    program(join(bin, "python3"), INSTALLS);
    expect(find()).toBe(venvPython());
    expect(readdirSync(emulatorFolder)).toEqual(["venv"]);
  });

  test("replaces a virtual environment that has another moto", () => {
    mkdirSync(join(emulatorFolder, "venv", "bin"), { recursive: true });
    program(venvPython(), WITHOUT_MOTO);
    program(join(bin, "python3"), INSTALLS);
    expect(find()).toBe(venvPython());
    expect(readdirSync(join(emulatorFolder, "venv", "bin")).sort()).toEqual(["moto", "python"]);
  });

  const THEN = "moto 5.2.1 is then fetched automatically";

  test("says what to do when there is no Python", () => {
    expect(find).toThrow(new Error(`the emulator needs Python 3.10 or newer; install it; ${THEN}`));
  });

  test.each([
    ["apt-get", "sudo apt-get install python3 python3-venv"],
    ["dnf", "sudo dnf install python3.11"],
    ["apk", "sudo apk add python3"],
    ["pacman", "sudo pacman -S python"],
    ["zypper", "sudo zypper install python311"],
    ["brew", "brew install python"],
  ])("says how %s installs Python", (manager, command) => {
    program(join(bin, manager), WITHOUT_MOTO);
    expect(find).toThrow(new Error(`the emulator needs Python 3.10 or newer; install it: ${command}; ${THEN}`));
  });

  test("prefers the system's own package manager", () => {
    for (const manager of ["brew", "apt-get"]) program(join(bin, manager), WITHOUT_MOTO);
    expect(find).toThrow("apt-get install");
  });

  test("does not try to install moto for a Python that is too old, and names it", () => {
    const python3 = program(join(bin, "python3"), TOO_OLD);
    program(join(bin, "brew"), WITHOUT_MOTO);
    expect(find).toThrow(
      new Error(
        `the emulator needs Python 3.10 or newer, which ${python3} is not; install it: brew install python; ${THEN}`,
      ),
    );
    expect(existsSync(emulatorFolder)).toBe(false);
  });

  test("does not take for a Python what only has its name", () => {
    program(join(bin, "python3"), '#!/bin/sh\necho "xcode-select: note: No developer tools were found" >&2\nexit 1\n');
    expect(find).toThrow(/^the emulator needs Python 3.10 or newer; install it; /);
  });

  test.each(["python", "python3.13", "python3.10"])("uses %s if python3 is too old", (name) => {
    program(join(bin, "python3"), TOO_OLD);
    program(join(bin, name), INSTALLS);
    expect(find()).toBe(venvPython());
  });

  test("says what to do when pip cannot install, in one line, and leaves nothing behind", () => {
    program(
      join(bin, "python3"),
      pythonWithVenv('echo "retrying" >&2; echo "ERROR: no matching distribution" >&2; exit 1'),
    );
    expect(find).toThrow(
      new Error(
        "pip could not install moto 5.2.1 (ERROR: no matching distribution): " +
          "connect to a Python package index, or put a python3 with moto[server]==5.2.1 on the PATH",
      ),
    );
    expect(readdirSync(emulatorFolder)).toEqual([]);
  });

  test("says what to do when python3 cannot make a virtual environment", () => {
    program(join(bin, "python3"), '#!/bin/sh\n[ "$1" = -c ] && exit 3\necho "No module named venv" >&2\nexit 1\n');
    expect(find).toThrow(
      new Error("python3 could not make a virtual environment (No module named venv): install python3-venv"),
    );
  });

  test("says so when what pip installed does not work", () => {
    program(join(bin, "python3"), pythonWithVenv("exit 0"));
    expect(find).toThrow(/^pip installed moto into \S+, but it does not work/);
  });
});

test("repositoryRoot finds the folder with package.json from the sources and from the compiled files", () => {
  const root = repositoryRoot(__dirname);
  expect(root).toBe(join(__dirname, "..", ".."));
  expect(repositoryRoot(join(root, "build", "e2e", "emulator"))).toBe(root);
});

test("a Python that is too old says so when probed", () => {
  const python = findPython();
  const asOld = PROBE.replace("import sys", "import sys; sys.version_info = (3, 9, 18)");
  const status = (probe: string): number | null => spawnSync(python, ["-c", probe]).status;
  expect([status(PROBE), status(asOld)]).toEqual([0, 2]);
});

describe("python3 -m emulator", () => {
  const run = (env: Record<string, string>, ...args: string[]) =>
    spawnSync(findPython(), ["-B", "-m", "emulator", ...args], {
      cwd: join(repositoryRoot(), "e2e"),
      encoding: "utf8",
      env: { ...process.env, ...env },
    });

  test("refuses another version of moto, in one line", () => {
    const metadata = join(directory, "moto-5.3.0.dist-info");
    mkdirSync(metadata);
    writeFileSync(join(metadata, "METADATA"), "Metadata-Version: 2.1\nName: moto\nVersion: 5.3.0\n");
    const python = findPython();
    const { status, stderr: problem } = run({ PYTHONPATH: [directory].join(delimiter) });
    expect(status).toBe(1);
    expect(problem).toBe(`the emulator needs moto 5.2.1; ${python} has 5.3.0\n`);
  });

  test("refuses an invalid port, in one line", () => {
    const { status, stderr: problem } = run({}, "--port", "70000");
    expect(status).toBe(1);
    expect(problem).toMatch(/^cannot listen on 127\.0\.0\.1:70000: .*\n$/);
  });
});
