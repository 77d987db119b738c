#!/usr/bin/env python3
"""Refuse what must never be committed: ``check_files.py FILE…`` (the pre-commit hook's part)."""

import re
import sys
import tomllib
from pathlib import Path

LIMIT_BYTES = 1_000_000
SECRET = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")


def problem(path: Path) -> str:
    """What is wrong with a file, in one sentence; empty when nothing is."""
    content = path.read_bytes()
    if len(content) > LIMIT_BYTES:
        return f"{path} is over 1 MB"
    if SECRET.search(content):
        return f"{path} holds a private key"
    if path.suffix == ".toml":
        try:
            tomllib.loads(content.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            return f"{path} is no TOML: {error}"
    return ""


if __name__ == "__main__":
    found = [text for name in sys.argv[1:] if (text := problem(Path(name)))]
    print("\n".join(found))
    sys.exit(1 if found else 0)
