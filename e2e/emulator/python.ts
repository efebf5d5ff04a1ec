import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { makeWholeFolder } from "./whole-folder";

const MOTO = "5.2.1";
/** What the emulator imports, with versions; the file is next to this one in the repository. */
const REQUIREMENTS = join("e2e", "emulator", "requirements.txt");

/** Prints the interpreter's own path if it could run the emulator: the right moto, with what its server needs. */
const PROBE = `
import sys
from importlib.metadata import version
from importlib.util import find_spec
if version("moto") != "${MOTO}" or not all(map(find_spec, ("boto3", "flask", "flask_cors", "werkzeug"))):
    sys.exit(1)
print(sys.executable)
`;

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
  const interpreters = ["python3", "python"].flatMap((name) => inDirectories(name, directories).slice(0, 1));
  const behindMoto = inDirectories("moto_server", directories).flatMap(interpreterOf);
  for (const candidate of [...interpreters, ...behindMoto, venvPython(join(folder, "venv"))]) {
    const found = probe(candidate);
    if (found) return found;
  }
  const [python3] = interpreters;
  if (python3 === undefined) {
    throw new Error(
      `the emulator needs Python: install python3 (3.10 or newer); moto ${MOTO} is then fetched automatically`,
    );
  }
  return install(python3, folder);
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

function probe(python: string): string | undefined {
  const { status, stdout } = spawnSync(python, ["-c", PROBE], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout.trim() : undefined;
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
    if (!probe(venvPython(partial))) {
      throw new Error(`pip installed moto into ${folder}, but it does not work: put moto[server]==${MOTO} on the PATH`);
    }
  };
  makeWholeFolder(venv, makeVenv, () => probe(venvPython(venv)) !== undefined);
  return venvPython(venv);
}

function run(command: string, args: string[], problem: string, remedy: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (status === 0) return;
  const lastWords = `${stdout}\n${stderr}`.trim().split("\n").at(-1) ?? "";
  throw new Error(`${problem} (${lastWords.trim()}): ${remedy}`);
}
