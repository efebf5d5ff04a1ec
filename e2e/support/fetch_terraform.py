"""Downloads Terraform: `python3 fetch_terraform.py URL SHA256 FOLDER` puts the program of the archive into the folder.

Uses requests, which moto needs too: it knows proxies, and has certificates where Python has none.
On a failure prints why, in a few words, and leaves the folder as it was.
"""

import hashlib
import io
import os
import sys
import zipfile

import requests

TIMEOUT = 30
"""Seconds without an answer, or without a further byte of it."""


def fetch(url: str, checksum: str, folder: str) -> str | None:
    """Returns why it failed, or None."""
    try:
        response = requests.get(url, timeout=TIMEOUT)
    except requests.RequestException as error:
        return type(error).__name__  # the message is long and full of addresses in memory
    if not response.ok:
        return f"{response.status_code} {response.reason}"
    actual = hashlib.sha256(response.content).hexdigest()
    if actual != checksum:
        return f"its SHA-256 is {actual}, not {checksum}"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        program = archive.extract("terraform", folder)
    os.chmod(program, 0o755)
    return None


if __name__ == "__main__":
    sys.exit(fetch(*sys.argv[1:]))
