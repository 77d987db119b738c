#!/usr/bin/env python3
"""The menu of tasks: ``uv run tools/task.py TASK [more arguments for the last command]``."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = "pytest -n auto --dist loadfile"

# What a task does, and its commands. .ci/run and the pre-commit hook call the same names.
TASKS = {
    "fmt": ("format the code and mend what can be mended", ["ruff check --fix", "ruff format"]),
    "lint": ("ruff's rules and format, nothing changed", ["ruff check", "ruff format --check"]),
    "types": ("mypy, strict", ["mypy"]),
    "imports": ("the layers: who may import whom", ["lint-imports"]),
    "pins": ("exact versions are complete, wheels exist", ["python tools/pin.py --check"]),
    "test": ("all tests; add paths or -k to run some", [TESTS]),
    "golden": ("compare pictures; --update-golden takes the new ones", ["pytest tests/golden"]),
    "i18n": (
        "new texts into the catalogue, then compile",
        ["python tools/i18n.py extract", "python tools/i18n.py compile"],
    ),
    "pin": ("pin what is new; --upgrade renews all", ["python tools/pin.py"]),
}
CHECK = ("lint", "types", "imports", "pins", "test")


def main(arguments: list[str]) -> int:
    """Run a task; 0 when all of its commands succeeded, 2 for a name that is no task."""
    if not arguments or arguments[0] not in (*TASKS, "check"):
        for name, (what, _commands) in TASKS.items():
            print(f"{name:8} {what}")
        print(f"{'check':8} {', '.join(CHECK)}: all that must hold before a change lands")
        return 0 if arguments in ([], ["--help"]) else 2
    name, more = arguments[0], arguments[1:]
    if name != "check":
        return 0 if _run(name, more) else 1
    failed = [task for task in CHECK if not _run(task, [])]
    print("Failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


def _run(task: str, more: list[str]) -> bool:
    *first, last = (command.split() for command in TASKS[task][1])
    for command in (*first, [*last, *more]):
        print("==", *command, flush=True)
        program = sys.executable if command[0] == "python" else command[0]
        if subprocess.run([program, *command[1:]], cwd=ROOT, check=False).returncode:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
