import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { makeWholeFolder } from "./whole-folder";

const MOTO = "5.2.1";
/** What the emulator imports, with versions; the file is next to this one in the repository. */
const REQUIREMENTS = join("e2e", "emulator", "requirements.txt");

/** How `PROBE` ends. Whatever ends another way is no Python, such as the stub that macOS has in its place. */
const Probed = { withMoto: 0, tooOld: 2, withoutMoto: 3 } as const;

/** Prints the interpreter's own path if it could run the emulator: the right moto, with what its server needs. */
export const PROBE = `
import sys
if sys.version_info < (3, 10):
    sys.exit(${Probed.tooOld})
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
try:
    found = version("moto") == "${MOTO}" and all(map(find_spec, ("boto3", "flask", "flask_cors", "werkzeug")))
except PackageNotFoundError:
    found = False
if not found:
    sys.exit(${Probed.withoutMoto})
print(sys.executable)
`;

/** Names of a Python, the most common ones first; where `python3` is too old, others have been installed beside it. */
const NAMES = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];

/** How a package manager installs a Python that is new enough, with what makes virtual environments. */
const INSTALL_PYTHON: readonly (readonly [manager: string, command: string])[] = [
  ["apt-get", "sudo apt-get install python3 python3-venv"],
  ["dnf", "sudo dnf install python3.11"],
  ["apk", "sudo apk add python3"],
  ["pacman", "sudo pacman -S python"],
  ["zypper", "sudo zypper install python311"],
  ["brew", "brew install python"],
];

/** The folder with package.json, whether called from the sources or from the compiled files. */
export function repositoryRoot(from: string = __dirname): string {
  if (existsSync(join(from, "package.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error(`no folder above ${__dirname} has a package.json`);
  return repositoryRoot(parent);
}

/**
 * Finds a Python that can run the emulator: on the PATH, behind `moto_server` on the PATH, or in a virtual
 * environment of our own, which is created if there is none.
 * @param path directories to search, as in the environment variable @default process.env.PATH
 * @param folder where the virtual environment is kept @default - `.emulator/`, ignored by git, in the repository
 * @throws Error with one line that says what is missing and what to do
 */
export function findPython(
  path: string = process.env["PATH"] ?? "",
  folder: string = join(repositoryRoot(), ".emulator"),
): string {
  const directories = path.split(delimiter).filter((directory) => directory !== "");
  const interpreters = NAMES.flatMap((name) => inDirectories(name, directories).slice(0, 1));
  const behindMoto = inDirectories("moto_server", directories).flatMap(interpreterOf);
  let [usable, tooOld]: (string | undefined)[] = [];
  for (const candidate of [...interpreters, ...behindMoto]) {
    const { status, executable } = probe(candidate);
    if (status === Probed.withMoto) return executable;
    if (status === Probed.withoutMoto) usable ??= candidate;
    if (status === Probed.tooOld) tooOld ??= candidate;
  }
  const own = venvPython(join(folder, "venv"));
  if (hasMoto(own)) return own;
  if (usable === undefined) throw new Error(pythonMissing(directories, tooOld));
  return install(usable, folder);
}

function pythonMissing(directories: string[], tooOld?: string): string {
  const [, command] = INSTALL_PYTHON.find(([manager]) => inDirectories(manager, directories).length > 0) ?? [];
  const but = tooOld === undefined ? "" : `, which ${tooOld} is not`;
  const how = command === undefined ? "" : `: ${command}`;
  return `the emulator needs Python 3.10 or newer${but}; install it${how}; moto ${MOTO} is then fetched automatically`;
}

function inDirectories(name: string, directories: string[]): string[] {
  return directories.map((directory) => join(directory, name)).filter((file) => existsSync(file));
}

/**
 * The interpreter that a script starts, read from its first lines. None for a pyenv shim, which is a shell script: it
 * would start what the `python3` shim starts.
 */
function interpreterOf(script: string): string[] {
  const text = readFileSync(realpathSync(script), "latin1").slice(0, 1000);
  const match = /^#!\s*(\S*python[\d.]*)\s*$/m.exec(text) ?? /^'''exec' "?([^"\n]*python[\d.]*)"?/m.exec(text);
  return match?.[1] === undefined ? [] : [match[1]];
}

function probe(python: string): { status: number | null; executable: string } {
  const { error, status, stdout } = spawnSync(python, ["-c", PROBE], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return error ? { status: null, executable: "" } : { status, executable: stdout.trim() };
}

function hasMoto(python: string): boolean {
  return probe(python).status === Probed.withMoto;
}

function venvPython(venv: string): string {
  return join(venv, "bin", "python");
}

function install(python3: string, folder: string): string {
  const venv = join(folder, "venv");
  const makeVenv = (partial: string): void => {
    process.stderr.write(`installing moto ${MOTO} into ${folder} (once)\n`);
    run(python3, ["-m", "venv", partial], "python3 could not make a virtual environment", "install python3-venv");
    run(
      venvPython(partial),
      ["-m", "pip", "install", "--disable-pip-version-check", "--requirement", join(repositoryRoot(), REQUIREMENTS)],
      `pip could not install moto ${MOTO}`,
      `connect to a Python package index, or put a python3 with moto[server]==${MOTO} on the PATH`,
    );
    if (!hasMoto(venvPython(partial))) {
      throw new Error(`pip installed moto into ${folder}, but it does not work: put moto[server]==${MOTO} on the PATH`);
    }
  };
  makeWholeFolder(venv, makeVenv, () => hasMoto(venvPython(venv)));
  return venvPython(venv);
}

function run(command: string, args: string[], problem: string, remedy: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (status === 0) return;
  const lastWords = `${stdout}\n${stderr}`.trim().split("\n").at(-1) ?? "";
  throw new Error(`${problem} (${lastWords.trim()}): ${remedy}`);
}
