#!/usr/bin/env python3
"""Write the exact version of every package we use into ``pyproject.toml``.

    uv run tools/pin.py                 keep what is pinned, pin what is new
    uv run tools/pin.py --upgrade       take the newest version of everything
    uv run tools/pin.py --upgrade NAME  take the newest version of NAME
    uv run tools/pin.py --check         change nothing; exit 1 when the pins are not right

The pins stand in ``[tool.uv]`` as ``constraint-dependencies`` (the program and the tools that
test it) and ``build-constraint-dependencies`` (what builds its wheel). A lock file would hold
the same versions and also the address each file came from, which differs between offices.

One version of a package serves every Python and platform (``--fork-strategy fewest``), so that
what was tested on one machine runs on all. Wheels must exist for all of ``PYTHONS`` and
``PLATFORMS``: the PCs we write for have no compiler.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import tomlkit

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {
    "x86_64-pc-windows-msvc": "Windows",
    "x86_64-manylinux_2_34": "Linux with glibc 2.34 or newer (Debian 12, Ubuntu 22.04)",
    "aarch64-apple-darwin": "macOS 15 or newer on Apple processors",
}
MACOS = "15.0"
# glibc 2.34: PySide6 6.11.3; macOS 15: PlutoPrint 0.23.0 (tags of their wheels, 2026-11-24).
BUILD_EXTRAS = ("editables",)
# What hatchling asks for beyond build-system.requires when it builds an editable install.
TABLES = ("constraint-dependencies", "build-constraint-dependencies")


class PinError(Exception):
    """The pins could not be made, or are not right."""


def main() -> int:
    """Run the tool; 0 when the pins were written or, with ``--check``, are right."""
    parser = argparse.ArgumentParser(description="Write exact versions into pyproject.toml.")
    parser.add_argument("--check", action="store_true", help="change nothing; 1 if not right")
    parser.add_argument("--upgrade", nargs="*", metavar="NAME", help="renew all pins, or NAME's")
    given = parser.parse_args()
    before = PROJECT.read_text(encoding="utf-8")
    try:
        after = pinned(before, given.upgrade)
        if given.check and after != before:
            raise PinError("The pins are not complete. Run: uv run tools/pin.py")
        check_wheels(after)
    except PinError as error:
        print(error, file=sys.stderr)
        return 1
    if after != before:
        PROJECT.write_text(after, encoding="utf-8")
    changes = "nothing new" if after == before else "pyproject.toml written"
    print(f"{len(pins_of(after, TABLES[0]))} packages pinned, {changes}")
    return 0


def pinned(project: str, upgrade: list[str] | None = None) -> str:
    """The text of ``pyproject.toml`` with complete pins.

    Args:
        project: the text with the pins so far.
        upgrade: ``None`` keeps them, an empty list renews all, names renew these.

    Raises:
        PinError: the requirements contradict each other, or no registry can be reached.
    """
    flags = ["--universal", "--fork-strategy", "fewest", "--python-version", PYTHONS[0]]
    if upgrade is not None:
        flags += [f"--upgrade-package={name}" for name in upgrade] or ["--upgrade"]
    builders = [*_plain(project)["build-system"]["requires"], *BUILD_EXTRAS]
    sources = {
        TABLES[0]: ("pyproject.toml", _without_pins(project), ["--group", "dev", "--all-extras"]),
        TABLES[1]: ("build.in", "\n".join(builders), []),
    }
    document = tomlkit.parse(project)
    for table, (name, text, more) in sources.items():
        pins = tomlkit.array().multiline(True)
        pins.extend(_compile(name, text, pins_of(project, table), [*more, *flags]))
        document["tool"]["uv"][table] = pins
    return tomlkit.dumps(document)


def check_wheels(project: str) -> None:
    """Make sure that each Python on each platform gets a wheel of every pinned package.

    Raises:
        PinError: names the platforms that lack one, with the resolver's own words.
    """
    pins = pins_of(project, TABLES[0])
    known = {pin.partition(" ;")[0] for pin in pins}
    bare = _without_pins(project)

    def problem(target: tuple[str, str]) -> str:
        python, platform = target
        where = f"Python {python} on {PLATFORMS[platform]}"
        flags = ["--group=dev", "--all-extras", "--only-binary=:all:", "--constraints=pins.txt"]
        flags += ["--python-version", python, "--python-platform", platform]
        try:
            chosen = _compile("pyproject.toml", bare, pins, flags)
        except PinError as error:
            return f"{where}: {error}"
        unknown = sorted(set(chosen) - known)
        return f"{where}: not pinned: {', '.join(unknown)}" if unknown else ""

    with ThreadPoolExecutor(max_workers=4) as pool:
        problems = [text for text in pool.map(problem, product(PYTHONS, PLATFORMS)) if text]
    if problems:
        raise PinError("\n".join(problems))


def pins_of(project: str, table: str) -> list[str]:
    """The pins of one of ``TABLES`` in the text of a ``pyproject.toml``; empty without it."""
    return [str(pin) for pin in _plain(project)["tool"]["uv"].get(table, [])]


def _plain(project: str) -> dict[str, Any]:
    return dict(tomlkit.parse(project).unwrap())


def _without_pins(project: str) -> str:
    document = tomlkit.parse(project)
    for table in TABLES:
        document["tool"]["uv"].pop(table, None)
    return tomlkit.dumps(document)


def _compile(name: str, text: str, pins: list[str], flags: list[str]) -> list[str]:
    """Resolve the requirements in ``text`` (a file called ``name``), preferring ``pins``."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        raise PinError("uv is not installed: pip install uv")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_text(text, encoding="utf-8")
        output = Path(folder, "pins.txt")
        output.write_text("\n".join(pins), encoding="utf-8")
        command = [uv, "pip", "compile", name, "--output-file", output.name, "--quiet"]
        command += ["--no-annotate", "--no-header", "--python", sys.executable, *flags]
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": MACOS},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PinError(done.stderr.strip())
        return [line for line in output.read_text(encoding="utf-8").splitlines() if line]


if __name__ == "__main__":
    sys.exit(main())
