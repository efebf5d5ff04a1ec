"""Entry point: `python3 -m emulator [--port N] [--until-stdin-closes]`, run from the parent folder.

Prints the endpoint on one line as soon as it answers, and nothing else unless something is wrong.
"""

import argparse
import sys
from importlib.metadata import PackageNotFoundError, version

MOTO_VERSION = "5.2.1"


def wrong_moto() -> str | None:
    """Why the installed moto cannot be extended: the extension overrides methods that moto does not promise to keep."""
    try:
        installed = version("moto")
    except PackageNotFoundError:
        return f"the emulator needs moto {MOTO_VERSION}, which is not installed for {sys.executable}"
    if installed != MOTO_VERSION:
        return f"the emulator needs moto {MOTO_VERSION}; {sys.executable} has {installed}"
    return None


def main() -> int:
    """Runs until it is told to stop. Returns 1 if it could not start."""
    arguments = argparse.ArgumentParser(prog="emulator", description="A local AWS on 127.0.0.1")
    arguments.add_argument("--port", type=int, default=0, help="port to listen on (default: any free port)")
    arguments.add_argument(
        "--until-stdin-closes",
        action="store_true",
        help="also stop when standard input closes, which it does however the parent process ends",
    )
    options = arguments.parse_args()

    problem = wrong_moto()
    if problem is None:
        from .server import CannotListen, serve

        try:
            serve(options.port, until_stdin_closes=options.until_stdin_closes)
        except CannotListen as error:
            problem = str(error)
    if problem is not None:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
