"""What the repository itself promises: pins, sizes, no addresses of package hosts, one command."""

import os
import re
import subprocess
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
LIMIT_BYTES = 1_000_000
# Written with blanks, so that this file does not name what it looks for.
_HOSTS = [
    name.replace(" ", ".")
    for name in (
        "pypi org",
        "pythonhosted org",
        "anaconda org",
        "npmjs org",
        "crates io",
        "deb debian org",
        "archive ubuntu com",
    )
]
_FOLDERS = ["/" + name + "/" for name in ("work", "root", "farm")]
PACKAGE_HOSTS = re.compile("|".join(map(re.escape, _HOSTS)), re.IGNORECASE)
MACHINE_PATHS = re.compile(r"(?<![\w.:/])(?:" + "|".join(map(re.escape, _FOLDERS)) + ")")


@cache
def _tracked() -> tuple[Path, ...]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


@cache
def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def _pins() -> dict[str, str]:
    """Version by package name, of the pins that hold for this Python and platform."""
    lines = map(Requirement, _project()["tool"]["uv"]["constraint-dependencies"])
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in lines
        if pin.marker is None or pin.marker.evaluate()
    }


def _files_with(pattern: re.Pattern[str]) -> list[str]:
    """Tracked text files in which the pattern occurs, with the first line that holds it."""
    found = []
    for path in _tracked():
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
                break
    return found


def _closure() -> set[str]:
    """Every package our requirements lead to, as installed, on this Python and platform."""
    project = _project()
    todo = [
        *map(Requirement, project["project"]["dependencies"]),
        *map(Requirement, project["dependency-groups"]["dev"]),
    ]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        wanted = todo.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        for line in requires(wanted.name) or []:
            needed = Requirement(line)
            extras = [*wanted.extras, ""]
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                todo.append(needed)
    return {name for name, _extras in seen}


def test_no_lock_file_is_tracked() -> None:
    assert [path.name for path in _tracked() if path.suffix == ".lock"] == []


def test_no_file_names_a_package_host() -> None:
    assert _files_with(PACKAGE_HOSTS) == []


def test_the_searches_find_what_they_look_for() -> None:
    assert PACKAGE_HOSTS.search(f"https://{_HOSTS[0]}/simple")
    assert MACHINE_PATHS.search(f'open("{_FOLDERS[0]}main")')
    assert not MACHINE_PATHS.search(f"https://example.org{_FOLDERS[0]}x.html")


def test_no_file_names_a_place_on_one_machine() -> None:
    assert _files_with(MACHINE_PATHS) == []


def test_no_tracked_file_is_over_1_mb() -> None:
    big = {path.name: path.stat().st_size for path in _tracked()}
    assert {name: size for name, size in big.items() if size > LIMIT_BYTES} == {}


def test_pins_are_exact_and_sorted() -> None:
    uv = _project()["tool"]["uv"]
    for table in ("constraint-dependencies", "build-constraint-dependencies"):
        pins = [Requirement(line) for line in uv[table]]
        assert all(re.fullmatch(r"==[^,*]+", str(pin.specifier)) for pin in pins)
        assert [pin.name for pin in pins] == sorted(pin.name for pin in pins)


def test_pins_cover_everything_we_need() -> None:
    assert sorted(_closure() - set(_pins())) == []


def test_what_is_installed_is_what_is_pinned() -> None:
    different = {}
    for name, pinned in _pins().items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "missing"
        if installed == "missing" or Version(installed) != Version(pinned):
            different[name] = (pinned, installed)
    assert different == {}


def test_requirements_admit_the_pins() -> None:
    """Plain pip, which knows no pins, may choose the versions we tested."""
    for line in _project()["project"]["dependencies"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(_pins()[canonicalize_name(requirement.name)])


def test_ci_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^pip install uv && uv run .*$", readme, re.MULTILINE)
    assert len(commands) == 2, "README gives two commands: one for the main job, one for the tests"
    assert commands[0] == "pip install uv && uv run main.py demo"
    assert commands[1].startswith("pip install uv && uv run pytest")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert commands[1] in [line.strip() for line in script]


@pytest.mark.skipif(os.name == "nt", reason="execute permission and bash are for Linux and macOS")
def test_ci_script_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
