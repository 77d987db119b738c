"""The folder an export writes: checked first, filled aside, put in place in one step."""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wajo_studio import atomic
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_

MANIFEST = "manifest.json"
_RESERVE_BYTES = 20_000_000
"""Room left free on the disk beside what is written; a choice, not a measured fact."""


def check_target(target: Path) -> None:
    """Refuse a target that holds anything but an earlier export.

    Raises:
        InputError: ``target`` is a file, or holds files that no manifest of ours names.
    """
    if target.is_symlink() and not target.exists():
        raise InputError(
            N_("--out: {path} is a link to nothing; choose another folder."), path=target
        )
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(
            N_("--out: {path} is a file; name a folder that is empty or new."), path=target
        )
    try:
        present = {
            path.relative_to(target).as_posix()
            for path in target.rglob("*")
            if path.is_symlink() or not path.is_dir()
        }
    except OSError as error:
        raise disk_error(error, target) from error
    if not present:
        if any(target.iterdir()):
            raise _strange(target, next(target.iterdir()).name)
        return
    strange = sorted(present - _named_by_manifest(target))
    if strange:
        raise _strange(target, strange[0])


def _strange(target: Path, name: str) -> InputError:
    return InputError(
        N_(
            "--out: {path} holds something that no earlier export wrote ({name}); "
            "choose an empty or new folder."
        ),
        path=target,
        name=name,
    )


def _named_by_manifest(target: Path) -> set[str]:
    """The files that the manifest in ``target`` names; empty when there is none of ours."""
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        if manifest["schema"] != 1 or not isinstance(manifest["renditions"], list):
            return set()
        return {str(name) for name in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


@contextmanager
def staged(target: Path, on_scratch: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """Give a scratch folder beside ``target``; at the end of the block it becomes ``target``.

    When the block raises, the scratch folder is removed and ``target`` stays as it was.

    Args:
        target: the export folder, checked by :func:`check_target`.
        on_scratch: told the scratch folder, so that an emergency exit can remove it.

    Raises:
        DiskError: the folder cannot be written.
    """
    target = target.resolve()  # a link stays a link: what it leads to is replaced
    existing = _nearest_existing(target.parent)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".wajo-export-", dir=target.parent))
    except OSError as error:
        _remove_empty_parents(target.parent, existing)
        raise disk_error(error, target) from error
    if on_scratch is not None:
        on_scratch(scratch)
    try:
        scratch.chmod(0o755)
        yield scratch
        _put_in_place(scratch, target)
    except OSError as error:
        raise disk_error(error, target) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        if not target.exists():
            _remove_empty_parents(target.parent, existing)


def _nearest_existing(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _remove_empty_parents(folder: Path, keep: Path) -> None:
    """Remove the empty folders that were made on the way to the target."""
    while folder != keep and keep in folder.parents:
        with contextlib.suppress(OSError):
            folder.rmdir()
        folder = folder.parent


def _put_in_place(scratch: Path, target: Path) -> None:
    if not target.exists():
        atomic.replace(scratch, target)
        return
    check_target(target)  # somebody may have put a file there meanwhile
    old = Path(tempfile.mkdtemp(prefix=".wajo-old-", dir=target.parent)) / "old"
    atomic.replace(target, old)
    try:
        atomic.replace(scratch, target)
    except BaseException:
        os.replace(old, target)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


def require_space(folder: Path, needed_bytes: int) -> None:
    """Check that ``folder``'s disk has room.

    Raises:
        DiskError: it has not; the message names needed and free megabytes.
    """
    from wajo_studio.errors import DiskError
    from wajo_studio.i18n import format_bytes

    with contextlib.suppress(OSError):
        free = shutil.disk_usage(_nearest_existing(folder.absolute())).free
        if free < needed_bytes + _RESERVE_BYTES:
            raise DiskError(
                N_(
                    "Not enough room on the disk: {needed} are needed, {free} are free. "
                    "Free some space or choose another folder."
                ),
                needed=format_bytes(needed_bytes + _RESERVE_BYTES),
                free=format_bytes(free),
            )
